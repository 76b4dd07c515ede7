"""A platform that tells the numbers a test gives it, and fails as it is told to."""

import dataclasses
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from core.platforms.base import Platform, PostMetrics, Sent, Target
from tests.fakes.platforms.scripted import Scripted

Trouble = Callable[[], BaseException]


@dataclass
class Numbers:
    """What the account's server would say. ``calls`` are the post ids that were asked about, or "followers"."""

    slug: str = "scripted"
    posts: dict[str, PostMetrics] = field(default_factory=dict)
    followers: int = 100
    calls: list[str] = field(default_factory=list)
    troubles: deque[Trouble | None] = field(default_factory=deque)  # of the next questions, followers too
    tells_posts: bool = True
    tells_followers: bool = True
    tells_many: bool = False  # several posts with one call
    gone: set[str] = field(default_factory=set)  # what such a call leaves out

    def then(self, *troubles: Trouble | None) -> None:
        """Let the next questions fail; None is one that goes well."""
        self.troubles.extend(troubles)

    async def _metrics(self, target: Target, sent: Sent) -> PostMetrics:
        self._ask(sent.post_ids[0])
        return self.posts.get(sent.post_ids[0], PostMetrics(impressions=10, likes=1, engagements=1))

    async def _many(self, target: Target, posts: Sequence[Sent]) -> Mapping[str, PostMetrics]:
        ids = [sent.post_ids[0] for sent in posts]
        self._ask("+".join(ids))
        return {one: PostMetrics(likes=1, engagements=1) for one in ids if one not in self.gone}

    async def _followers(self, target: Target) -> int:
        self._ask("followers")
        return self.followers

    def _ask(self, what: str) -> None:
        self.calls.append(what)
        trouble = self.troubles.popleft() if self.troubles else None
        if trouble is not None:
            raise trouble()

    def platform(self) -> Platform:
        """Return the face NEXUS sees."""
        return dataclasses.replace(
            Scripted(slug=self.slug).platform(),
            metrics=self._metrics if self.tells_posts else None,
            metrics_of_many=self._many if self.tells_many else None,
            followers=self._followers if self.tells_followers else None,
        )

    def platforms(self) -> Mapping[str, Platform]:
        """Return it as a runtime's only platform."""
        return {self.slug: self.platform()}
