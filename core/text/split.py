"""Where does a long text become several? Parts of at most N units, cut where a reader would pause."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from core.text.count import Measure, longest_prefix, sentence_ends, utf16_length
from core.text.normal import normalise
from core.text.rich import RichText, Span, SpanKind

# Cutting these in two would break what they mean; other formatting simply goes on in the next part.
_WHOLE = frozenset({SpanKind.CODE, SpanKind.PRE, SpanKind.LINK})
# A pause is taken when it leaves a part at least this full; otherwise the next finer kind of pause is looked for.
_FULL_ENOUGH = 0.5


def split(rich: RichText, limit: int, measure: Measure = utf16_length) -> list[RichText]:
    """Cut ``rich`` into parts that measure at most ``limit`` each; white space at the cuts is dropped.

    Cuts fall between paragraphs, else lines, sentences, words, and only then between characters; code and links are
    kept whole unless one alone is longer than a part. Raises ``ValueError`` when ``limit`` is not positive.
    """
    if limit < 1:
        raise ValueError("a part must have room for at least one unit")
    rich = normalise(rich)
    pauses = _Pauses(rich)
    parts: list[RichText] = []
    start, size = _skip_space(rich.text, 0), len(rich.text.rstrip())
    while start < size:
        window = rich.text[start : min(size, start + 8 * limit + 64)]
        end = start + (longest_prefix(window, limit, measure) or _characters(window, limit, measure))
        end = size if end >= size else pauses.before(start, end)
        parts.append(section(rich, start, end))
        start = _skip_space(rich.text, end)
    return parts


def _characters(text: str, limit: int, measure: Measure) -> int:
    """How much of one character too long for a part fits; at least one code point, so that there is an end."""
    size = 1
    while size < len(text) and measure(text[: size + 1]) <= limit:
        size += 1
    return size


def section(rich: RichText, start: int, end: int) -> RichText:
    """The characters from ``start`` to ``end`` with their formatting, without white space at the end."""
    text = rich.text[start:end].rstrip()
    end = start + len(text)
    spans = (
        Span(max(span.start, start) - start, min(span.end, end) - start, span.kind, span.value)
        for span in rich.spans
        if span.start < end and span.end > start
    )
    return normalise(RichText(text, tuple(spans)))


class _Pauses:
    """Offsets where a text may be cut, by how natural a pause is there."""

    def __init__(self, rich: RichText) -> None:
        text = rich.text
        whole = sorted((span.start, span.end) for span in rich.spans if span.kind in _WHOLE)
        self._whole_starts = [start for start, _ in whole]
        self._whole_ends = _running_maximum([end for _, end in whole])
        lines = [index for index, character in enumerate(text) if character == "\n"]
        paragraphs = [at for at in lines if at + 1 < len(text) and text[at + 1] == "\n"]
        words = [index for index, character in enumerate(text) if character.isspace()]
        self._kinds = [paragraphs, lines, sentence_ends(text), words]

    def before(self, start: int, end: int) -> int:
        """The best cut in ``(start, end]``."""
        enough = start + (end - start) * _FULL_ENOUGH
        for offsets in self._kinds:
            at = self._last_free(offsets, start, end)
            if at is not None and at >= enough:
                return at
        if not self._inside(end):
            return end
        at = self._last_free(self._kinds[-1], start, end)
        begin = self._whole_starts[bisect_left(self._whole_starts, end) - 1]
        return max(at or 0, begin) if max(at or 0, begin) > start else end

    def _last_free(self, offsets: Sequence[int], start: int, end: int) -> int | None:
        index = bisect_right(offsets, end) - 1
        while index >= 0 and offsets[index] > start:
            if not self._inside(offsets[index]):
                return offsets[index]
            index -= 1
        return None

    def _inside(self, at: int) -> bool:
        index = bisect_left(self._whole_starts, at) - 1
        return index >= 0 and at < self._whole_ends[index]


def _running_maximum(numbers: Sequence[int]) -> list[int]:
    reached: list[int] = []
    for number in numbers:
        reached.append(max(number, reached[-1]) if reached else number)
    return reached


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
