"""How will a post look on X, and would it be taken? Pure; 280 weighted characters, plain text."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.platforms import media_rules
from core.platforms.base import MediaItem, MediaKind, Part, Post, Problem, Rendering
from core.platforms.media_rules import MB, MediaRules
from core.platforms.text_parts import empty, plain_texts, too_long
from core.platforms.twitter.count import weighted

SLUG = "twitter"
LIMIT = 280
_LONGEST = 25_000  # for accounts that pay

MEDIA = MediaRules(
    most=4,
    kinds=frozenset({MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.ANIMATION}),
    alone=frozenset({MediaKind.VIDEO, MediaKind.ANIMATION}),
    bytes_of={MediaKind.VIDEO: 512 * MB, MediaKind.ANIMATION: 15 * MB},
    picture_formats=("JPEG", "PNG", "WEBP"),
    picture_bytes=5 * MB,
    picture_side=8192,
    alt_limit=1000,
)


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Render a post as the posts that make it (a thread is a chain of replies). Never raises for content."""
    limit = _limit(settings)
    problems = media_rules.check(post.media, MEDIA)
    texts = plain_texts(post, problems, limit=limit, measure=weighted)
    if not texts and post.media:
        texts = [""]
    parts = [
        _part(text, post.media if number == 0 else (), limit, problems) for number, text in enumerate(texts)
    ]
    if not parts:
        problems.append(empty())
    return Rendering(SLUG, tuple(parts), tuple(problems))


def _limit(settings: Mapping[str, Any]) -> int:
    """280, or what the owner says a paying account may write."""
    own = settings.get("max_characters")
    fine = isinstance(own, int) and not isinstance(own, bool) and LIMIT <= own <= _LONGEST
    return own if fine and isinstance(own, int) else LIMIT


def _part(text: str, media: Sequence[MediaItem], limit: int, problems: list[Problem]) -> Part:
    count = weighted(text)
    if count > limit:
        problems.append(too_long(count, limit))
    return Part("POST /2/tweets", {"text": text}, text, count, limit, media=tuple(media))
