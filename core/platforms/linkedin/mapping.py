"""How will a post look on LinkedIn, and would it be taken? Pure; "little text", 3000 characters, one post.

https://learn.microsoft.com/en-us/linkedin/marketing/community-management/shares/little-text-format
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.platforms import media_rules
from core.platforms.base import Fix, MediaKind, Part, Post, Rendering
from core.platforms.media_rules import MB, MediaRules
from core.platforms.text_parts import empty, plain_texts, too_long
from core.text.count import utf16_length

SLUG = "linkedin"
LIMIT = 3000
# With these a text would mean something else, and is cut off or refused. "#" is left: it makes a hashtag.
_RESERVED = re.compile(r"[\\|{}@\[\]()<>*_~]")
_VISIBILITIES = frozenset({"PUBLIC", "CONNECTIONS"})

MEDIA = MediaRules(
    most=20,
    kinds=frozenset({MediaKind.IMAGE, MediaKind.VIDEO}),
    alone=frozenset({MediaKind.VIDEO}),
    bytes_of={MediaKind.VIDEO: 200 * MB},
    picture_formats=("JPEG", "PNG", "GIF"),
    picture_bytes=5 * MB,
    picture_side=6000,
    alt_limit=4086,
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
    visibility = str(post.options.get("visibility", settings.get("visibility", "PUBLIC"))).upper()
    payload = {
        "commentary": escaped(text),
        "visibility": visibility if visibility in _VISIBILITIES else "PUBLIC",
    }
    return Rendering(
        SLUG, (Part("POST /rest/posts", payload, text, count, LIMIT, media=post.media),), tuple(problems)
    )


def escaped(text: str) -> str:
    """Return ``text`` with a backslash before each reserved character."""
    return _RESERVED.sub(lambda match: "\\" + match[0], text)
