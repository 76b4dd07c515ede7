"""How will a post look on VK, and would it be taken? Pure; plain text, one long post instead of a thread."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from core.platforms import media_rules
from core.platforms.base import Fix, MediaKind, Part, Post, Problem, Rendering, Severity
from core.platforms.media_rules import MB, MediaRules
from core.platforms.text_parts import empty, plain_texts, too_long
from core.text.count import utf16_length

SLUG = "vk"
COMMUNITY_KEY = "community_key"  # the channel's setting that says: its token is the community's own key
LIMIT = 15_895  # UTF-16 units; longer ones are refused as "message is too long"

MEDIA = MediaRules(
    most=10,
    kinds=frozenset({MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.ANIMATION}),
    bytes_of={MediaKind.VIDEO: 256 * MB, MediaKind.ANIMATION: 200 * MB},
    picture_formats=("JPEG", "PNG"),
    picture_bytes=50 * MB,
    picture_side=7000,
)


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Render a post as one post of the wall; the parts of a thread stand under each other. Never raises for content."""
    problems = media_rules.check(post.media, MEDIA)
    whole = replace(post, options={name: value for name, value in post.options.items() if name != "split"})
    text = "\n\n".join(plain_texts(whole, problems, limit=LIMIT, measure=utf16_length))
    count = utf16_length(text)
    if count > LIMIT:
        problems.append(too_long(count, LIMIT, (Fix.SHORTEN, Fix.EDIT)))
    if post.media and settings.get(COMMUNITY_KEY) is True:
        problems.append(Problem("vk-files", Severity.BLOCKING, fixes=(Fix.EDIT,)))
    if not text and not post.media:
        problems.append(empty())
        return Rendering(SLUG, (), tuple(problems))
    payload: dict[str, Any] = {"message": text}
    if post.options.get("signed", settings.get("signed")) is True:
        payload["signed"] = 1
    return Rendering(
        SLUG, (Part("wall.post", payload, text, count, LIMIT, media=post.media),), tuple(problems)
    )
