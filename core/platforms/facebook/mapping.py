"""How will a post look on Facebook, and would it be taken? Pure; plain text, one post."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.platforms import media_rules
from core.platforms.base import Fix, MediaKind, Part, Post, Rendering
from core.platforms.media_rules import MB, MediaRules
from core.platforms.text_parts import empty, plain_texts, too_long
from core.text.count import utf16_length

SLUG = "facebook"
LIMIT = 63_206

MEDIA = MediaRules(
    most=10,
    kinds=frozenset({MediaKind.IMAGE, MediaKind.VIDEO}),
    alone=frozenset({MediaKind.VIDEO}),
    bytes_of={MediaKind.VIDEO: 1024 * MB},
    picture_formats=("JPEG", "PNG"),
    picture_bytes=10 * MB,
    picture_side=4096,
    alt_limit=1000,
)


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Render a post as one post; the parts of a thread stand under each other. Never raises for content."""
    problems = media_rules.check(post.media, MEDIA)
    whole = replace(post, options={name: value for name, value in post.options.items() if name != "split"})
    text = "\n\n".join(plain_texts(whole, problems, limit=LIMIT, measure=utf16_length))
    count = utf16_length(text)
    if count > LIMIT:
        problems.append(too_long(count, LIMIT, (Fix.SHORTEN, Fix.EDIT)))
    if not text and not post.media:
        problems.append(empty())
        return Rendering(SLUG, (), tuple(problems))
    method = "POST /videos" if post.media and post.media[0].kind is MediaKind.VIDEO else "POST /feed"
    part = Part(method, {"message": text}, text, count, LIMIT, media=post.media)
    return Rendering(SLUG, (part,), tuple(problems))
