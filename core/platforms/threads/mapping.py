"""How will a post look on Threads, and would it be taken? Pure; 500 characters, an emoji counted by its bytes.

Meta's documentation says that emoji count as their UTF-8 bytes; others found them to count less. The stricter reading
is taken: what fits by it fits by the other.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import regex

from core.platforms import media_rules
from core.platforms.base import Fix, MediaItem, MediaKind, Part, Post, Problem, Rendering, Severity
from core.platforms.media_rules import MB, MediaRules
from core.platforms.text_parts import empty, plain_texts, too_long
from core.text.count import utf8_length

SLUG = "threads"
LIMIT, LINKS = 500, 5
_EMOJI = regex.compile(
    r"[\p{Emoji_Presentation}\p{Extended_Pictographic}\ufe0f\u200d\u20e3\U0001F3FB-\U0001F3FF]+"
)
_LINK = regex.compile(r"https?://\S+")

MEDIA = MediaRules(
    most=20,
    kinds=frozenset({MediaKind.IMAGE, MediaKind.VIDEO}),
    bytes_of={MediaKind.VIDEO: 1024 * MB},
    picture_formats=("JPEG", "PNG"),
    picture_bytes=8 * MB,
    picture_side=1440,
    alt_limit=1000,
)


def count(text: str) -> int:
    """Return the length: characters, and of emoji their UTF-8 bytes."""
    return len(_EMOJI.sub("", text)) + sum(utf8_length(found) for found in _EMOJI.findall(text))


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Render a post as the posts that make it, each answering the one before. Never raises for content."""
    problems = media_rules.check(post.media, MEDIA)
    texts = plain_texts(post, problems, limit=LIMIT, measure=count)
    if not texts and post.media:
        texts = [""]
    parts = [_part(text, post.media if number == 0 else (), problems) for number, text in enumerate(texts)]
    if not parts:
        problems.append(empty())
    return Rendering(SLUG, tuple(parts), tuple(problems))


def _part(text: str, media: Sequence[MediaItem], problems: list[Problem]) -> Part:
    length = count(text)
    if length > LIMIT:
        problems.append(too_long(length, LIMIT))
    links = len(set(_LINK.findall(text)))
    if links > LINKS:
        problems.append(
            Problem("too-many-links", Severity.BLOCKING, {"count": links, "limit": LINKS}, (Fix.EDIT,))
        )
    return Part("POST /threads_publish", {"text": text}, text, length, LIMIT, media=tuple(media))
