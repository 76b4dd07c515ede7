"""What would a platform do? A scripted one that records what is really live, and can fail before or after the effect."""

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from core.errors import AuthExpired
from core.platforms.base import Account, Part, Platform, Post, Problem, Rendering, Sent, Severity, Target

LIMIT = 100  # characters a part may have


class ScriptedCredentials(BaseModel):
    """What the scripted platform wants to log in with."""

    token: str


@dataclass(slots=True)
class WallPost:
    """Something that stands on the account."""

    key: str
    text: str
    sent: Sent
    replies_to: str | None


@dataclass(frozen=True, slots=True)
class Act:
    """How one call goes: ``error`` is raised before the effect or (``after``) when the post already stands."""

    error: Callable[[], BaseException] | None = None
    after: bool = False
    hang: bool = False  # wait for ``Scripted.released`` at that point


@dataclass
class Scripted:
    """One account. Calls without a script succeed; whatever the script does, ``wall`` is the truth."""

    idempotent: bool = False
    can_look: bool = False
    slug: str = "scripted"
    wall: list[WallPost] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)  # keys, one for each publish
    looks: int = 0
    acts: deque[Act] = field(default_factory=deque)
    look_errors: deque[Callable[[], BaseException]] = field(default_factory=deque)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)
    busy: int = 0

    def then(self, *acts: Act) -> None:
        """Script the next calls."""
        self.acts.extend(acts)

    @property
    def texts(self) -> list[str]:
        """Return what stands on the wall, in order."""
        return [post.text for post in self.wall]

    def render(self, post: Post, settings: Mapping[str, Any]) -> Rendering:
        if "explode" in post.options:
            raise ZeroDivisionError
        texts = post.thread or (post.text,)
        parts = tuple(
            Part(method="post", payload={"text": text}, text=text, count=len(text), limit=LIMIT)
            for text in texts
        )
        long = [Problem("too-long", Severity.BLOCKING) for part in parts if part.count > LIMIT]
        return Rendering(self.slug, parts, tuple(long))

    async def publish(self, target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
        assert isinstance(target.credentials, ScriptedCredentials)
        assert len(key) == 64
        assert part.count <= LIMIT
        assert all(sent.post_ids for sent in earlier)
        self.calls.append(key)
        act = self.acts.popleft() if self.acts else Act()
        if not act.after:
            await self._trouble(act)
        known = next((post.sent for post in self.wall if post.key == key), None)
        if self.idempotent and known is not None:
            if act.after:
                await self._trouble(act)
            return known
        number = f"p{len(self.wall) + 1}"
        sent = Sent((number,), f"https://scripted.test/{number}")
        reply = earlier[-1].post_ids[0] if earlier else None
        self.wall.append(WallPost(key, str(part.payload["text"]), sent, reply))
        if act.after:
            await self._trouble(act)
        return sent

    async def _trouble(self, act: Act) -> None:
        if act.hang:
            self.arrived.set()
            await self.released.wait()
        else:
            await asyncio.sleep(0)
        if act.error is not None:
            raise act.error()

    async def look_up(self, target: Target, part: Part, *, key: str, since: datetime) -> Sent | None:
        self.looks += 1
        if self.look_errors:
            raise self.look_errors.popleft()()
        return next((post.sent for post in self.wall if post.key == key), None)

    async def edit(self, target: Target, sent: Sent, part: Part) -> None:
        post = next(post for post in self.wall if post.sent.post_ids == sent.post_ids)
        post.text = str(part.payload["text"])

    async def delete(self, target: Target, sent: Sent) -> None:
        self.wall = [post for post in self.wall if post.sent.post_ids != sent.post_ids]

    async def check(self, target: Target) -> Account:
        assert isinstance(target.credentials, ScriptedCredentials)
        if target.credentials.token == "expired":
            raise AuthExpired("the token has expired")
        return Account("scripted")

    def platform(self) -> Platform:
        """Return the face NEXUS sees."""
        return Platform(
            slug=self.slug,
            title="Scripted",
            credentials=ScriptedCredentials,
            default_api_base="https://scripted.test",
            render=self.render,
            publish=self.publish,
            check=self.check,
            idempotent=self.idempotent,
            edit=self.edit,
            delete=self.delete,
            look_up=self.look_up if self.can_look else None,
        )
