"""How will a post look on Instagram, and would it be taken? Pure; a caption under one to ten files, 30 hashtags."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.platforms import media_rules
from core.platforms.base import Fix, MediaKind, Part, Post, Problem, Rendering, Severity
from core.platforms.media_rules import MB, MediaRules
from core.platforms.text_parts import plain_texts, too_long
from core.text.count import utf16_length

SLUG = "instagram"
LIMIT, HASHTAGS, MENTIONS = 2200, 30, 20
_HASHTAG = re.compile(r"(?<![\w#&])#\w+")
_MENTION = re.compile(r"(?<![\w@.])@\w[\w.]*")

MEDIA = MediaRules(
    most=10,
    kinds=frozenset({MediaKind.IMAGE, MediaKind.VIDEO}),
    bytes_of={MediaKind.VIDEO: 300 * MB},
    picture_formats=("JPEG",),
    picture_bytes=8 * MB,
    picture_side=1440,
    alt_limit=1000,
    needs_media=True,
)


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Render a post as one post with its caption. Never raises for content."""
    problems = media_rules.check(post.media, MEDIA)
    whole = replace(post, options={name: value for name, value in post.options.items() if name != "split"})
    text = "\n\n".join(plain_texts(whole, problems, limit=LIMIT, measure=utf16_length))
    count = utf16_length(text)
    if count > LIMIT:
        problems.append(too_long(count, LIMIT, (Fix.SHORTEN, Fix.EDIT)))
    for code, pattern, limit in (
        ("too-many-hashtags", _HASHTAG, HASHTAGS),
        ("too-many-mentions", _MENTION, MENTIONS),
    ):
        found = len(pattern.findall(text))
        if found > limit:
            problems.append(Problem(code, Severity.BLOCKING, {"count": found, "limit": limit}, (Fix.EDIT,)))
    part = Part("POST /media_publish", {"caption": text}, text, count, LIMIT, media=post.media)
    return Rendering(SLUG, (part,) if post.media else (), tuple(problems))
