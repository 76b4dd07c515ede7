"""How will a post look on Discord, and would it be taken? Pure; its Markdown is nearly ours, 2000 characters.

Characters are counted in UTF-16 units: Discord counts no more than that, so what fits here fits there.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.platforms import media_rules
from core.platforms.base import Fix, MediaItem, MediaKind, Part, Post, Problem, Rendering, Severity
from core.platforms.discord import embeds
from core.platforms.media_rules import MB, MediaRules
from core.platforms.telegram.entities import shape, tidy
from core.text.count import is_visible, utf16_length
from core.text.markdown import parse, to_markdown
from core.text.rich import RichText
from core.text.split import split

SLUG = "discord"
LIMIT = 2000
# At the beginning of a line these would become a heading, small print or a list; the owner meant the characters.
_BLOCK_MARK = re.compile(r"^(#{1,3} |-# )", re.MULTILINE)
_SUPPRESS_EMBEDS, _SUPPRESS_NOTIFICATIONS = 1 << 2, 1 << 12

MEDIA = MediaRules(
    most=10,
    kinds=frozenset(MediaKind),
    bytes_of={kind: 10 * MB for kind in MediaKind if kind is not MediaKind.IMAGE},
    picture_formats=("JPEG", "PNG", "WEBP", "GIF"),
    picture_bytes=10 * MB,
    picture_side=8000,
    alt_limit=1024,
)


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Render a post as the messages that make it. Never raises for content."""
    problems = media_rules.check(post.media, MEDIA)
    framed = post.options.get("embed")
    limit = embeds.DESCRIPTION if framed else LIMIT
    texts: list[RichText] = []
    for number, given in enumerate(post.thread or (post.text,), start=1):
        rich = tidy(parse(given))
        if not is_visible(rich.text):
            if post.thread:
                problems.append(Problem("empty-part", Severity.BLOCKING, {"part": number}, (Fix.EDIT,)))
            continue
        to_split = post.options.get("split") is True and _length(rich) > limit
        texts += _pieces(rich, limit) if to_split else [rich]
    if not texts and (post.media or framed):
        texts = [RichText("")]
    parts = [
        _part(
            rich, post.media if number == 0 else (), framed if number == 0 else None, post, settings, problems
        )
        for number, rich in enumerate(texts)
    ]
    if not parts or (not texts[0].text and not post.media and not parts[0].payload.get("embeds")):
        problems.append(Problem("empty", Severity.BLOCKING, fixes=(Fix.EDIT,)))
    return Rendering(SLUG, tuple(parts), tuple(problems))


def written(rich: RichText) -> str:
    """Return the text in Discord's Markdown."""
    return _BLOCK_MARK.sub(lambda match: "\\" + match[0], to_markdown(rich))


def _length(rich: RichText) -> int:
    return utf16_length(written(rich))


def _pieces(rich: RichText, limit: int) -> list[RichText]:
    """Cut so that each part fits with its marks: marks take room, so a part that grows too long is cut smaller."""
    room = min(limit, max(limit // 2, limit * utf16_length(rich.text) // max(_length(rich), 1)))
    while room > limit // 4:
        pieces = split(rich, room)
        if all(_length(piece) <= limit for piece in pieces):
            return pieces
        room = room * 4 // 5
    return split(RichText(rich.text), limit)


def _part(
    rich: RichText,
    media: Sequence[MediaItem],
    framed: Any,
    post: Post,
    settings: Mapping[str, Any],
    problems: list[Problem],
) -> Part:
    content = written(rich)
    embed = embeds.read(framed, content, problems) if framed else None
    limit = embeds.DESCRIPTION if embed else LIMIT
    count = utf16_length(content)
    if count > limit:
        over = {"count": count, "limit": limit, "over": count - limit}
        problems.append(Problem("too-long", Severity.BLOCKING, over, (Fix.SPLIT, Fix.SHORTEN, Fix.EDIT)))
    # Nobody is rung up by a text: "@everyone" in an idea or an event stays what it is, words.
    payload: dict[str, Any] = {"content": "" if embed else content, "allowed_mentions": {"parse": []}}
    if embed:
        payload["embeds"] = [embed]
    flags = _flags(post.options, settings)
    if flags:
        payload["flags"] = flags
    shaped = shape(rich)
    text, entities = shaped.text, shaped.entities
    if embed and embed.get("title"):
        text, entities = f"{embed['title']}\n{text}" if text else embed["title"], ()
    return Part("POST /messages", payload, text, count, limit, entities, tuple(media))


def _flags(options: Mapping[str, Any], settings: Mapping[str, Any]) -> int:
    silent = options.get("silent", settings.get("silent")) is True
    plain = options.get("link_preview", settings.get("link_preview")) in {False, "off"}
    return (_SUPPRESS_NOTIFICATIONS if silent else 0) | (_SUPPRESS_EMBEDS if plain else 0)
