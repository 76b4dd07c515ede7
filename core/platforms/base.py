"""What is a platform? The face every folder in `core/platforms/` shows, and the neutral things passed through it.

Rendering is pure and shared: the preview on the draft card and the request that is sent are made from the same
``Rendering``. Everything that calls out raises only the errors of ``core.errors.PlatformError``.
"""

import hashlib
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

import aiohttp
from pydantic import BaseModel

from core.clock import Clock
from core.errors import Rejected
from core.media.store import MediaStore
from core.platforms.connecting import Choice, Way
from core.platforms.oauth import OAuth

# How far a platform's clock may be from ours when posts are compared by their time.
CLOCK_SKEW = timedelta(minutes=2)


# The ``error_code`` of a Transient that says: these credentials have ended, new ones are a matter of seconds.
TOKEN_ENDED = "token-expired"  # noqa: S105 - a code


class MediaKind(StrEnum):
    """Kinds of attached files, as in the data model's ``media[].type``."""

    IMAGE = "image"
    VIDEO = "video"
    ANIMATION = "animation"
    AUDIO = "audio"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class MediaItem:
    """One attached file. ``url`` is ``media://<sha256>.<ext>`` (kept by the media store) or http(s)."""

    kind: MediaKind
    url: str
    alt: str = ""
    file_name: str = ""
    size: int | None = None  # bytes


@dataclass(frozen=True, slots=True)
class Post:
    """What is to be published, in neutral form: Markdown texts (see core.text.markdown) and media.

    ``thread`` holds the texts of all parts when there are several; then ``text`` is not used.
    ``options`` are the platform's entries of ``content.adapted`` besides the texts (``formatting``, ``silent``, …).
    """

    text: str
    media: tuple[MediaItem, ...] = ()
    thread: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)


class Severity(StrEnum):
    """How bad a finding about a rendering is."""

    BLOCKING = "blocking"  # the platform would refuse it: cannot be approved
    WARNING = "warning"


class Fix(StrEnum):
    """One-tap repairs a finding may offer."""

    SPLIT = "split"  # into a thread
    SHORTEN = "shorten"  # by AI
    TEXT_BELOW = "text_below"  # the text as a message of its own after the media
    DROP_HASHTAGS = "hashtags"  # fewer of them, or none
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding: ``code`` names the locale text ``problem-<code>``, ``params`` fill it."""

    code: str
    severity: Severity
    params: Mapping[str, str | int] = field(default_factory=dict)
    fixes: tuple[Fix, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One call to the platform: exactly what will be sent.

    ``method`` and ``payload`` are the platform's own (JSON-able); ``text`` and ``entities`` show the same thing to a
    human (entities in Telegram's form, UTF-16 offsets) for the preview. ``count`` and ``limit`` are in the
    platform's own unit.
    """

    method: str
    payload: Mapping[str, Any]
    text: str
    count: int
    limit: int
    entities: tuple[Mapping[str, Any], ...] = ()
    media: tuple[MediaItem, ...] = ()

    @property
    def hash(self) -> str:
        """SHA-256 (hex) over what is sent."""
        media = [(item.kind, item.url, item.alt) for item in self.media]
        canonical = json.dumps(
            [self.method, self.payload, media], sort_keys=True, ensure_ascii=False, default=str
        )
        return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Rendering:
    """A post as one platform will show it."""

    platform: str
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def blocked(self) -> bool:
        """True when the platform would refuse it."""
        return any(problem.severity is Severity.BLOCKING for problem in self.problems)


def _no_address(url: str) -> str:
    raise Rejected("files cannot be fetched from here", error_code="no-public-url")


@dataclass(frozen=True, slots=True)
class Target:
    """A channel ready to be called: opened credentials (the platform's own model), settings and tools.

    ``public_address`` turns a ``media://`` address into one that the platform can fetch for a few hours; it raises
    ``Rejected`` when NEXUS cannot be reached from outside.
    """

    channel_id: uuid.UUID
    credentials: BaseModel
    settings: Mapping[str, Any]
    http: aiohttp.ClientSession
    media: MediaStore
    clock: Clock
    api_base: str
    public_address: Callable[[str], str] = _no_address

    def __repr__(self) -> str:
        return f"Target(channel_id={self.channel_id})"  # never the credentials


@dataclass(frozen=True, slots=True)
class Sent:
    """The platform's answer to one part: every id it gave (an album has several), and the link to the first."""

    post_ids: tuple[str, ...]
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """What a connection check found: who the credentials belong to, and what is missing (``problem`` codes).

    ``settings`` is what the platform says of this account or server and rendering needs (an instance's limits, say);
    it is kept among the channel's settings. ``credentials`` is what must be kept beside the given ones (a session).
    ``checked`` names every right that was looked at, by the code of the problem it would be. ``known_as`` is every
    value by which credentials may name this account, so that the same one is not connected twice.
    """

    name: str
    problems: tuple[Problem, ...] = ()
    url: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    credentials: Mapping[str, Any] = field(default_factory=dict)
    checked: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """True when nothing is missing that publishing needs."""
        return not any(problem.severity is Severity.BLOCKING for problem in self.problems)


class Render(Protocol):
    """Pure rendering; never raises for content, reports it in ``Rendering.problems``."""

    def __call__(self, post: Post, settings: Mapping[str, Any]) -> Rendering: ...


class Publish(Protocol):
    """Send one part. ``key`` is the idempotency key, ``earlier`` what the thread's previous parts returned.

    Raises Transient, RateLimited, AuthExpired, Rejected, Unsupported when nothing was published, and
    OutcomeUnknown whenever the request may have had its effect.
    """

    async def __call__(self, target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent: ...


class Edit(Protocol):
    """Replace what was published as ``sent`` by ``part``. Raises like ``Publish``."""

    async def __call__(self, target: Target, sent: Sent, part: Part) -> None: ...


class Delete(Protocol):
    """Remove what was published as ``sent``; a post that is already gone counts as removed. Raises like ``Publish``."""

    async def __call__(self, target: Target, sent: Sent) -> None: ...


class LookUp(Protocol):
    """Look whether ``part`` is live on the account: its ``Sent``, or None when it certainly is not.

    ``since`` is when the doubtful call began: the same words posted before that are another post. Adapters allow the
    platform's clock ``CLOCK_SKEW``. Raises OutcomeUnknown when the platform cannot tell.
    """

    async def __call__(self, target: Target, part: Part, *, key: str, since: datetime) -> Sent | None: ...


@dataclass(frozen=True, slots=True)
class PostMetrics:
    """What a platform says of one post, in the data model's words. None is "not told", never zero.

    ``engagements`` is what the platform calls so, else the sum of what is told; ``raw`` keeps its own names.
    """

    impressions: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    clicks: int | None = None
    engagements: int | None = None
    raw: Mapping[str, int] = field(default_factory=dict)


class FetchMetrics(Protocol):
    """Ask what has become of a post; ``sent`` holds the ids of its first part. Raises like a call that publishes nothing."""

    async def __call__(self, target: Target, sent: Sent) -> PostMetrics: ...


class FetchManyMetrics(Protocol):
    """Ask about several posts (at most 25) with one call: what is told, by the first id of each; who is missing is gone.

    Raises like a call that publishes nothing.
    """

    async def __call__(self, target: Target, posts: Sequence[Sent]) -> Mapping[str, PostMetrics]: ...


class FetchFollowers(Protocol):
    """Ask how many follow the account. Raises like a call that publishes nothing."""

    async def __call__(self, target: Target) -> int: ...


class MakeInvite(Protocol):
    """Make an invitation link to the channel under a name, so that who comes by it can be told apart.

    Raises like a call that publishes nothing.
    """

    async def __call__(self, target: Target, name: str) -> str: ...


class Refresh(Protocol):
    """Get credentials that last longer: the fields to change. Called under a lock, never twice at once for a channel.

    Raises ``AuthExpired`` when only the owner can help, ``Transient`` for passing trouble, ``OutcomeUnknown`` when a
    token that works once may have been used up.
    """

    async def __call__(self, target: Target) -> Mapping[str, Any]: ...


class ExpiresAt(Protocol):
    """Tell when credentials end: None for never, a moment long past when there is no session yet. Pure."""

    def __call__(self, credentials: BaseModel) -> datetime | None: ...


class Check(Protocol):
    """Prove that the credentials work. Raises AuthExpired, Rejected or Transient when they do not."""

    async def __call__(self, target: Target) -> Account: ...


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform's description and abilities; what it cannot do is None, and said, not faked."""

    slug: str
    title: str
    credentials: type[BaseModel]
    default_api_base: str
    render: Render
    publish: Publish
    check: Check
    idempotent: bool  # repeating a call with the same key cannot publish twice
    edit: Edit | None = None
    delete: Delete | None = None
    look_up: LookUp | None = None
    ways: tuple[Way, ...] = ()  # how a channel is connected in the panel; without any only an import does it
    choices: tuple[Choice, ...] = ()  # settings of a channel that the panel offers
    metrics: FetchMetrics | None = None
    metrics_of_many: FetchManyMetrics | None = None
    followers: FetchFollowers | None = None
    invite: MakeInvite | None = None
    refresh: Refresh | None = None
    expires_at: ExpiresAt | None = None
    lasts_until: ExpiresAt | None = (
        None  # when renewing ends and only the owner can help, where that is not never
    )
    oauth: OAuth | None = None
    renew_ahead: timedelta = timedelta(minutes=5)  # how long before their end credentials are renewed
