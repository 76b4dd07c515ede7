"""How will a post look on Bluesky, and would it be taken? Pure; 300 graphemes, 3000 bytes, links as facets."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from core.platforms import media_rules
from core.platforms.base import Fix, MediaItem, MediaKind, Part, Post, Problem, Rendering, Severity
from core.platforms.bluesky import facets
from core.platforms.media_rules import MB, MediaRules
from core.text.count import grapheme_length, is_visible, utf8_length
from core.text.markdown import parse
from core.text.normal import normalise, trimmed
from core.text.plain import with_quote_marks
from core.text.rich import RichText, Span, SpanKind
from core.text.split import split
from core.text.telegram_entities import utf16_offsets

SLUG = "bluesky"
GRAPHEMES = 300
BYTES = 3000
_NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")

MEDIA = MediaRules(
    most=4,
    kinds=frozenset({MediaKind.IMAGE, MediaKind.VIDEO}),
    alone=frozenset({MediaKind.VIDEO}),
    bytes_of={MediaKind.VIDEO: 100 * MB},
    picture_formats=("JPEG", "PNG", "WEBP"),
    picture_bytes=1_000_000,
    picture_side=2000,
    alt_limit=2000,
)


def render(post: Post, settings: Mapping[str, Any]) -> Rendering:
    """Render a post as the records that make it. Never raises for content."""
    problems = media_rules.check(post.media, MEDIA)
    texts: list[RichText] = []
    for number, given in enumerate(post.thread or (post.text,), start=1):
        rich = _shaped(given)
        if not is_visible(rich.text):
            if post.thread:
                problems.append(Problem("empty-part", Severity.BLOCKING, {"part": number}, (Fix.EDIT,)))
            continue
        to_split = post.options.get("split") is True and _measure(rich.text) > GRAPHEMES
        texts += split(rich, GRAPHEMES, _measure) if to_split else [rich]
    if not texts and post.media:
        texts = [RichText("")]
    parts = [
        _part(text, post.media if number == 0 else (), settings, problems)
        for number, text in enumerate(texts)
    ]
    if not parts:
        problems.append(Problem("empty", Severity.BLOCKING, fixes=(Fix.EDIT,)))
    return Rendering(SLUG, tuple(parts), tuple(problems))


def _shaped(given: str) -> RichText:
    """Links keep their words; nothing else is formatted there, so only a quotation leaves a mark."""
    rich = with_quote_marks(parse(_NOT_TEXT.sub("", given)))
    start, end = trimmed(rich.text, 0, len(rich.text))
    links = (span for span in rich.spans if span.kind is SpanKind.LINK)
    moved = (Span(max(s.start, start) - start, min(s.end, end) - start, s.kind, s.value) for s in links)
    return normalise(RichText(rich.text[start:end], tuple(span for span in moved if span.start < span.end)))


def _measure(text: str) -> int:
    """Graphemes, or what the bytes amount to when those are the narrower limit."""
    return max(grapheme_length(text), -(-utf8_length(text) * GRAPHEMES // BYTES))


def _part(
    rich: RichText, media: Sequence[MediaItem], settings: Mapping[str, Any], problems: list[Problem]
) -> Part:
    count = _measure(rich.text)
    if count > GRAPHEMES:
        over = {"count": count, "limit": GRAPHEMES, "over": count - GRAPHEMES}
        problems.append(Problem("too-long", Severity.BLOCKING, over, (Fix.SPLIT, Fix.SHORTEN, Fix.EDIT)))
    found = facets.marks(rich)
    offsets = facets.byte_offsets(rich.text)
    payload: dict[str, Any] = {"text": rich.text}
    ready = facets.facets(rich.text, found)
    if ready:
        payload["facets"] = ready
    mentions = [
        {"index": facets.index_of(mark, offsets), "handle": mark.value}
        for mark in found
        if mark.kind == "mention"
    ]
    if mentions:
        payload["mentions"] = mentions
    language = settings.get("language")
    if isinstance(language, str) and language:
        payload["langs"] = [language]
    return Part(
        "app.bsky.feed.post", payload, rich.text, count, GRAPHEMES, _entities(rich, found), tuple(media)
    )


def _entities(rich: RichText, found: Sequence[facets.Mark]) -> tuple[dict[str, Any], ...]:
    """What a reader can tap, for the preview."""
    units = utf16_offsets(rich.text)
    return tuple(
        {
            "type": "text_link",
            "offset": units[mark.start],
            "length": units[mark.end] - units[mark.start],
            "url": mark.value,
        }
        for mark in found
        if mark.kind == "link"
    )
