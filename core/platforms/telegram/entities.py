"""What will Telegram make of a formatted text? Its own trimming, and entities instead of markup.

Entities are made explicitly and ``parse_mode`` is never used: there is then nothing to escape, and the count that is
shown is the count that is checked. They are given the way Telegram itself would store them (nested, never crossing;
nothing inside code), so that the preview can be drawn from them.
"""

import heapq
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from core.text.normal import normalise, trimmed
from core.text.rich import RichText, Span, SpanKind
from core.text.telegram_entities import utf16_offsets

# From the outermost to the innermost, where two cover the same characters.
_RANK = (
    SpanKind.QUOTE, SpanKind.PRE, SpanKind.LINK, SpanKind.SPOILER, SpanKind.BOLD, SpanKind.ITALIC,
    SpanKind.UNDERLINE, SpanKind.STRIKE, SpanKind.CODE,
)  # fmt: skip
_TYPES = {
    SpanKind.QUOTE: "blockquote", SpanKind.PRE: "pre", SpanKind.LINK: "text_link", SpanKind.SPOILER: "spoiler",
    SpanKind.BOLD: "bold", SpanKind.ITALIC: "italic", SpanKind.UNDERLINE: "underline",
    SpanKind.STRIKE: "strikethrough", SpanKind.CODE: "code",
}  # fmt: skip
_REMOVED = re.compile("[\r\u2028-\u202e]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # not text: no encoder takes it
_BECOMES_SPACE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_ADDRESS = re.compile(
    r"(?:(?P<other>(?:tg|ton)://\S+)|(?:https?://(?:[^\s/@?#]+@)?)?(?P<host>[^\s/:?#@]+)(?::\d+)?(?:[/?#]\S*)?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Shaped:
    """A text as Telegram will show it. ``bad_links`` are addresses it would refuse; their text stays, unlinked."""

    text: str
    entities: tuple[dict[str, Any], ...]
    bad_links: tuple[str, ...] = ()


def tidy(rich: RichText) -> RichText:
    """Do what Telegram does to a text on arrival: drop some control characters, trim white space at both ends."""
    text = rich.text
    removed = [match.start() for match in _REMOVED.finditer(text)]
    if removed:
        rich = _without(rich, removed)
    text = encodable(_BECOMES_SPACE.sub(" ", rich.text))
    start, end = trimmed(text, 0, len(text))
    spans = (Span(s.start - start, s.end - start, s.kind, s.value) for s in rich.spans)
    return normalise(RichText(text[start:end], tuple(spans)))


def shape(rich: RichText) -> Shaped:
    """Turn a tidy text into what the Bot API takes."""
    links_ok, bad = [], []
    for span in rich.spans:
        if span.kind is SpanKind.LINK and not is_address(span.value):
            bad.append(span.value)
        else:
            links_ok.append(span)
    units = utf16_offsets(rich.text)
    entities = []
    for span in nested(rich.text, _nothing_in_code(links_ok)):
        entity: dict[str, Any] = {
            "type": _TYPES[span.kind],
            "offset": units[span.start],
            "length": units[span.end] - units[span.start],
        }
        if span.kind is SpanKind.LINK:
            entity["url"] = span.value
        elif span.kind is SpanKind.PRE and span.value:
            entity["language"] = span.value
        entities.append(entity)
    return Shaped(rich.text, tuple(entities), tuple(bad))


def is_address(address: str) -> bool:
    """True for an address Telegram accepts in a link: http, https, tg, ton, or a bare domain."""
    match = _ADDRESS.fullmatch(address)
    if match is None or _LONE_SURROGATE.search(address):
        return False
    return bool(match["other"]) or "." in match["host"].strip(".")


def encodable(text: str) -> str:
    """``text`` without halves of characters, which cannot be sent."""
    return _LONE_SURROGATE.sub("\ufffd", text)


def _without(rich: RichText, removed: list[int]) -> RichText:
    gone = set(removed)
    position, kept = [0], []
    for index, character in enumerate(rich.text):
        if index not in gone:
            kept.append(character)
        position.append(len(kept))
    spans = (Span(position[s.start], position[s.end], s.kind, s.value) for s in rich.spans)
    return RichText("".join(kept), tuple(spans))


def _nothing_in_code(spans: Iterable[Span]) -> list[Span]:
    """Inline formatting cut at code, which holds none; a link or a spoiler over code is worth more than the code."""
    spans = list(spans)
    links, spoilers, code = (
        [span for span in spans if span.kind is kind]
        for kind in (SpanKind.LINK, SpanKind.SPOILER, SpanKind.CODE)
    )
    code = [span for span in code if not _covered(span, links) and not _covered(span, spoilers)]
    result = [s for s in spans if s.kind in {SpanKind.QUOTE, SpanKind.PRE, SpanKind.LINK}] + code
    for span in spans:
        if span.kind in {SpanKind.QUOTE, SpanKind.PRE, SpanKind.LINK, SpanKind.CODE}:
            continue
        start = span.start
        for hole in _overlapping(span, code):
            if start < hole.start:
                result.append(Span(start, hole.start, span.kind))
            start = hole.end
        if start < span.end:
            result.append(Span(start, span.end, span.kind))
    return result


def _overlapping(span: Span, others: list[Span]) -> Iterator[Span]:
    """Those of ``others`` (sorted, apart from each other) that share characters with ``span``."""
    low, high = 0, len(others)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if others[middle].end <= span.start else (low, middle)
    while low < len(others) and others[low].start < span.end:
        yield others[low]
        low += 1


def _covered(span: Span, others: list[Span]) -> bool:
    return any(other.start <= span.start and other.end >= span.end for other in _overlapping(span, others))


def nested(text: str, spans: Iterable[Span]) -> list[Span]:
    """Cut crossing spans so that of any two one holds the other or they are apart; outer ones come first.

    A link is never the one that is cut: two half links look like two links.
    """
    rank = {kind: number for number, kind in enumerate(_RANK)}
    waiting = [(s.start, rank[s.kind], -s.end, s.value) for s in spans]
    heapq.heapify(waiting)
    open_now: list[list[int]] = []  # [start, end, rank]; at most one a kind
    values: dict[int, str] = {}
    done: list[Span] = []

    def emit(start: int, end: int, number: int) -> None:
        start, end = trimmed(text, start, end)
        if start < end:
            done.append(Span(start, end, _RANK[number], values[number]))

    while waiting:
        start, number, minus_end, value = heapq.heappop(waiting)
        end = -minus_end
        for item in [item for item in open_now if item[1] <= start]:
            open_now.remove(item)
            emit(*item)
        crossing = [item for item in open_now if item[1] < end]
        if crossing and _RANK[number] is SpanKind.LINK:
            for item in crossing:
                emit(item[0], start, item[2])
                item[0] = start
        elif crossing:
            first = min(item[1] for item in crossing)
            heapq.heappush(waiting, (first, number, minus_end, value))
            end = first
        values[number] = value
        open_now.append([start, end, number])
    for item in open_now:
        emit(*item)
    return sorted(done, key=lambda s: (s.start, -s.end, rank[s.kind]))
