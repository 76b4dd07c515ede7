"""When may the owner want a post to go out? Now, at a moment, at the best one, in the next free slot, or spread out."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

# Between two platforms of a post that is spread out.
_SPREAD_FROM, _SPREAD_TO = timedelta(hours=2), timedelta(hours=4)
_STEP = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Now:
    """At once, after a window in which the owner may undo it."""

    undo_seconds: int = 10
    mode: ClassVar[str] = "now"


@dataclass(frozen=True, slots=True)
class At:
    """At ``moment`` (aware)."""

    moment: datetime
    mode: ClassVar[str] = "at"


@dataclass(frozen=True, slots=True)
class Optimal:
    """At the first of the ``wished`` moments that is free, else in the next free slot."""

    wished: tuple[datetime, ...] = ()
    mode: ClassVar[str] = "optimal"


@dataclass(frozen=True, slots=True)
class NextFree:
    """At the next free default hour; see ``core.publications.slots.DEFAULT_HOURS``."""

    mode: ClassVar[str] = "slot"


@dataclass(frozen=True, slots=True)
class Distributed:
    """One platform after another, two to four hours apart; the first at ``start``, or in the next free slot.

    ``order`` names the platforms in their turn (``core.analytics.audiences``); those it does not name come last.
    """

    start: datetime | None = None
    order: tuple[str, ...] = ()
    mode: ClassVar[str] = "distributed"

    def turn(self, platform: str) -> tuple[int, str]:
        """Return the key by which platforms are sorted."""
        return (self.order.index(platform) if platform in self.order else len(self.order), platform)


When = Now | At | Optimal | NextFree | Distributed


def pause_between(content_id: uuid.UUID, channel_id: uuid.UUID) -> timedelta:
    """Return how long a channel waits for the one before it: two to four hours, always the same for the same post.

    Round steps of five minutes, different from post to post, so that a week does not look mechanical.
    """
    steps = (_SPREAD_TO - _SPREAD_FROM) // _STEP + 1
    digest = hashlib.sha256(content_id.bytes + channel_id.bytes).digest()
    return _SPREAD_FROM + _STEP * (int.from_bytes(digest[:4], "big") % steps)
