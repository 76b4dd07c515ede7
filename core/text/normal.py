"""Which of several spellings of the same formatting is the one we keep? The normal form of a ``RichText``.

The normal form is what Markdown can say and every platform can show:

* quotes and fenced code cover whole lines; fenced code that does not is inline code;
* inline formatting ends where its block ends (a blank line, a quote, fenced code), inline code at the line's end;
* no span begins or ends with white space, touches another of its own kind, or ends inside code;
* italics do not begin or end between two digits, because ``2*3*4`` is arithmetic.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from core.text.rich import RichText, Span, SpanKind

Range = tuple[int, int]

INLINE = (
    SpanKind.BOLD,
    SpanKind.ITALIC,
    SpanKind.UNDERLINE,
    SpanKind.STRIKE,
    SpanKind.SPOILER,
    SpanKind.LINK,
)
_UNFIT_FOR_LANGUAGE = re.compile(r"[\s`]+")


def normalise(rich: RichText) -> RichText:
    """Return the normal form of ``rich``: the same text, tidied spans. Doing it twice changes nothing more."""
    text = rich.text
    if not rich.spans:
        return rich
    given = sorted(_clamped(rich))
    lines = _Lines(text)
    quotes = _quotes(lines, given)
    fences, loose = _fences(lines, quotes, given)
    blocks = list(_blocks(lines, quotes, [lines.covering(fence.start, fence.end) for fence in fences]))
    code = _code(text, lines, blocks, [*loose, *_ranges(given, SpanKind.CODE)])
    spans = [Span(lines.starts[first], lines.end(last), SpanKind.QUOTE) for first, last in quotes]
    spans += fences
    spans += (Span(start, end, SpanKind.CODE) for start, end in code)
    for kind in INLINE:
        spans += _inline(text, kind, given, blocks, code)
    return RichText(text, tuple(sorted(spans)))


def trimmed(text: str, start: int, end: int) -> Range:
    """Move both borders inwards past white space; ``start == end`` when nothing else is between them."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


@dataclass(slots=True)
class _Lines:
    """The lines of a text by number; only ``\\n`` ends a line."""

    text: str
    starts: list[int]

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def at(self, offset: int) -> int:
        return bisect_right(self.starts, offset) - 1

    def end(self, line: int) -> int:
        return self.starts[line + 1] - 1 if line + 1 < len(self.starts) else len(self.text)

    def covering(self, start: int, end: int) -> Range:
        """First and last line that the (not empty) range touches."""
        return self.at(start), self.at(end - 1)

    def blank(self, line: int) -> bool:
        return not self.text[self.starts[line] : self.end(line)].strip()


def _clamped(rich: RichText) -> Iterator[Span]:
    size = len(rich.text)
    for span in rich.spans:
        start, end = max(0, span.start), min(size, span.end)
        if start < end:
            yield Span(start, end, span.kind, span.value)


def _ranges(spans: Iterable[Span], kind: SpanKind) -> list[Range]:
    return [(span.start, span.end) for span in spans if span.kind is kind]


def _merged(ranges: Iterable[Range], gap: int = 0) -> list[Range]:
    merged: list[Range] = []
    for start, end in sorted(ranges):
        if merged and start <= merged[-1][1] + gap:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _quotes(lines: _Lines, spans: Sequence[Span]) -> list[Range]:
    """Line ranges (both ends included) that are quoted."""
    found = []
    for start, end in _ranges(spans, SpanKind.QUOTE):
        start, end = trimmed(lines.text, start, end)
        if start < end:
            found.append(lines.covering(start, end))
    return _merged(found, gap=1)


def _fences(lines: _Lines, quotes: Sequence[Range], spans: Sequence[Span]) -> tuple[list[Span], list[Range]]:
    """Fenced code that covers whole lines, and the ranges of the rest, which is inline code."""
    fences: list[Span] = []
    loose: list[Range] = []
    free_from = 0
    for span in spans:
        if span.kind is not SpanKind.PRE:
            continue
        start, end = span.start, span.end
        while start < end and lines.text[start] == "\n":
            start += 1
        while end > start and lines.text[end - 1] == "\n":
            end -= 1
        if not lines.text[start:end].strip():
            continue
        first, last = lines.covering(start, end)
        outside = lines.text[lines.starts[first] : start] + lines.text[end : lines.end(last)]
        if first < free_from or outside.strip() or _quote_of(quotes, first) != _quote_of(quotes, last):
            loose.append((start, end))
            continue
        language = _UNFIT_FOR_LANGUAGE.sub("", span.value)
        fences.append(Span(lines.starts[first], lines.end(last), SpanKind.PRE, language))
        free_from = last + 1
    return fences, loose


def _quote_of(quotes: Sequence[Range], line: int) -> int:
    """Number of the quote this line belongs to; lines between quotes have numbers of their own."""
    index = bisect_right(quotes, (line, 1 << 62)) - 1
    if index >= 0 and line <= quotes[index][1]:
        return 2 * index + 1
    return 2 * index + 2


def _blocks(lines: _Lines, quotes: Sequence[Range], fences: Sequence[Range]) -> Iterator[Range]:
    """Character ranges that inline formatting cannot leave."""
    fenced = {line for first, last in fences for line in range(first, last + 1)}
    begin, quote = -1, -1
    for line in range(len(lines.starts)):
        closed = line in fenced or lines.blank(line)
        here = _quote_of(quotes, line)
        if begin >= 0 and (closed or here != quote):
            yield lines.starts[begin], lines.end(line - 1)
            begin = -1
        if begin < 0 and not closed:
            begin, quote = line, here
    if begin >= 0:
        yield lines.starts[begin], len(lines.text)


def _within(blocks: Sequence[Range], start: int, end: int) -> Iterator[Range]:
    """The parts of a range that lie in blocks."""
    index = max(0, bisect_right(blocks, (start, 1 << 62)) - 1)
    while index < len(blocks) and blocks[index][0] < end:
        low, high = max(start, blocks[index][0]), min(end, blocks[index][1])
        if low < high:
            yield low, high
        index += 1


def _code(text: str, lines: _Lines, blocks: Sequence[Range], ranges: Iterable[Range]) -> list[Range]:
    found = []
    for whole_start, whole_end in _merged(ranges):
        for start, end in _within(blocks, whole_start, whole_end):
            first, last = lines.covering(start, end)
            for line in range(first, last + 1):
                low, high = trimmed(text, max(start, lines.starts[line]), min(end, lines.end(line)))
                if low < high:
                    found.append((low, high))
    return found


def _inline(
    text: str, kind: SpanKind, spans: Sequence[Span], blocks: Sequence[Range], code: Sequence[Range]
) -> Iterator[Span]:
    for start, end, value in _joined(span for span in spans if span.kind is kind):
        for low, high in _within(blocks, start, end):
            low, high = trimmed(text, *_outside_code(code, low, high))
            if low < high and not (kind is SpanKind.ITALIC and _cuts_a_number(text, low, high)):
                yield Span(low, high, kind, value)


def _joined(spans: Iterable[Span]) -> Iterator[tuple[int, int, str]]:
    """Spans of one kind, in order, joined where they meet; where values differ the earlier one keeps its place."""
    start = end = 0
    value: str | None = None
    for span in spans:
        of_span = clean_address(span.value) if span.kind is SpanKind.LINK else ""
        if span.kind is SpanKind.LINK and not of_span:
            continue
        if value == of_span and span.start <= end:
            end = max(end, span.end)
        elif span.end > end:
            if value is not None:
                yield start, end, value
            start, end, value = max(span.start, end), span.end, of_span
    if value is not None:
        yield start, end, value


def clean_address(address: str) -> str:
    """A link's address without the white space that no address can hold."""
    return re.sub(r"\s", "%20", address.strip())


def _outside_code(code: Sequence[Range], start: int, end: int) -> Range:
    """Move borders that lie inside code to the code's edges, away from it."""
    index = bisect_right(code, (start, 1 << 62)) - 1
    if index >= 0 and code[index][0] < start < code[index][1]:
        start = code[index][1]
    index = bisect_right(code, (end, 0)) - 1
    if index >= 0 and code[index][0] < end < code[index][1]:
        end = code[index][0]
    return (start, end) if start < end else (start, start)


def _cuts_a_number(text: str, start: int, end: int) -> bool:
    return any(0 < at < len(text) and text[at - 1].isdigit() and text[at].isdigit() for at in (start, end))
