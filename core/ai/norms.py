"""How long may a post be on each platform, in its own unit, and how many hashtags do people there put under one?

The one table of lengths: the prompt asks for ``advised``, the checks hold to ``limit``. A platform's own rendering has
the last word where it exists.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from core.platforms.twitter.count import weighted
from core.text.count import Measure, grapheme_length, utf16_length


@dataclass(frozen=True, slots=True)
class Norm:
    """``limit`` is what the platform takes, ``advised`` what a writer aims below; both in the platform's unit."""

    limit: int
    advised: int
    hashtags: int
    caption: int | None = None  # the limit of a text under a picture, where it is another one
    measure: Measure = utf16_length

    def limit_of(self, *, has_media: bool) -> int:
        """The limit for a post with or without a picture."""
        return self.caption if has_media and self.caption is not None else self.limit

    def advised_of(self, *, has_media: bool) -> int:
        """What to stay below when writing; a little under the limit, because models count badly."""
        return min(self.advised, self.limit_of(has_media=has_media) * 19 // 20)


NORMS: Mapping[str, Norm] = MappingProxyType(
    {
        "telegram": Norm(4096, 3800, hashtags=3, caption=1024),
        "twitter": Norm(280, 260, hashtags=2, measure=weighted),
        "discord": Norm(2000, 1800, hashtags=0),
        "vk": Norm(15_895, 3000, hashtags=5),
        "linkedin": Norm(3000, 2000, hashtags=5),
        "instagram": Norm(2200, 1500, hashtags=10),
        "facebook": Norm(63_206, 2000, hashtags=3),
        "threads": Norm(500, 450, hashtags=1),
        "bluesky": Norm(300, 280, hashtags=3, measure=grapheme_length),
        "mastodon": Norm(500, 450, hashtags=4, measure=grapheme_length),
    }
)
MODEST = Norm(500, 450, hashtags=3)  # for a platform nobody has told us about
_ALIASES = {"x": "twitter"}


def norm_of(platform: str) -> Norm:
    """Return the norm of ``platform``, a modest one when there is none."""
    return NORMS.get(_ALIASES.get(platform, platform), MODEST)
