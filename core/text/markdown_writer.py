"""How is a formatted text written in Markdown so that reading it back gives the same?"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from core.text.markdown_inline import ESCAPABLE
from core.text.rich import RichText, Span, SpanKind

_MARKS = {
    SpanKind.BOLD: "**",
    SpanKind.ITALIC: "*",
    SpanKind.UNDERLINE: "__",
    SpanKind.STRIKE: "~~",
    SpanKind.SPOILER: "||",
}
_DESCENDING = {kind: -number for number, kind in enumerate(sorted(SpanKind))}
_TICKS = re.compile(r"`+")


def write(rich: RichText) -> str:
    """Write a text whose spans are in normal form."""
    return "\n".join(_Writer(rich).lines())


class _Writer:
    def __init__(self, rich: RichText) -> None:
        self._text = rich.text
        self._fences = {span.start: span for span in rich.spans if span.kind is SpanKind.PRE}
        self._code = {span.start: span for span in rich.spans if span.kind is SpanKind.CODE}
        self._quotes = [span for span in rich.spans if span.kind is SpanKind.QUOTE]
        self._quote_starts = [span.start for span in self._quotes]
        self._closing: dict[int, list[str]] = {}
        self._opening: dict[int, list[str]] = {}
        # Any order reads back the same; a person reads it better when the longer span is the outer one.
        for span in sorted(rich.spans, key=lambda span: (-span.end, span.start, span.kind)):
            self._opening.setdefault(span.start, []).extend(_begin(span))
        for span in sorted(rich.spans, key=lambda span: (-span.start, span.end, _DESCENDING[span.kind])):
            self._closing.setdefault(span.end, []).extend(_end(span))
        self._borders = {*self._opening, *self._closing}

    def lines(self) -> Iterator[str]:
        at = 0
        while at <= len(self._text):
            fence = self._fences.get(at)
            end = fence.end if fence else self._text.find("\n", at)
            end = len(self._text) if end < 0 else end
            lines = self._fenced(fence) if fence else ["".join(self._line(at, end))]
            quoted = self._is_quoted(at)
            for line in lines:
                yield (f"> {line}" if line else ">") if quoted else line
            at = end + 1

    def _is_quoted(self, at: int) -> bool:
        index = bisect_right(self._quote_starts, at) - 1
        return index >= 0 and at <= self._quotes[index].end

    def _fenced(self, span: Span) -> list[str]:
        code = self._text[span.start : span.end]
        longest = max((len(run) for run in _TICKS.findall(code)), default=0)
        fence = "`" * max(3, longest + 1)
        return [fence + span.value, *code.split("\n"), fence]

    def _line(self, start: int, end: int) -> Iterator[str]:
        at = start
        while True:
            yield from self._closing.get(at, ())
            if at >= end:
                return
            yield from self._opening.get(at, ())
            code = self._code.get(at)
            if code:
                yield _code(self._text[code.start : code.end])
                at = code.end
            else:
                yield self._escaped(at, start, end)
                at += 1

    def _escaped(self, at: int, start: int, end: int) -> str:
        """The character at ``at``, with a backslash where it could be taken for a mark."""
        character = self._text[at]
        if character not in ESCAPABLE or character in "()":
            return character
        bordered = at in self._borders or at + 1 in self._borders
        before = self._text[at - 1] if at > start else "\n"
        after = self._text[at + 1] if at + 1 < end else "\n"
        if not bordered and self._is_plain(character, before, after, at == start):
            return character
        return "\\" + character

    @staticmethod
    def _is_plain(character: str, before: str, after: str, first: bool) -> bool:
        if character == "\\":
            return after not in ESCAPABLE
        if character == ">":
            return not first
        if character == "*":
            return before.isspace() and after.isspace()
        if character == "_":
            return before.isalnum() and after.isalnum()
        return character in "~|" and character not in (before, after)


def _begin(span: Span) -> list[str]:
    mark = "[" if span.kind is SpanKind.LINK else _MARKS.get(span.kind)
    return [mark] if mark else []


def _end(span: Span) -> list[str]:
    mark = f"]({_address(span.value)})" if span.kind is SpanKind.LINK else _MARKS.get(span.kind)
    return [mark] if mark else []


def _code(content: str) -> str:
    runs = {len(run) for run in _TICKS.findall(content)}
    length = 1
    while length in runs:
        length += 1
    pad = " " if content.startswith("`") or content.endswith("`") else ""
    return "`" * length + pad + content + pad + "`" * length


def _address(address: str) -> str:
    """The address as it stands between parentheses: those it holds are escaped unless each is closed."""
    address = address.replace("\\", "\\\\")
    depth = 0
    for character in address:
        depth += (character == "(") - (character == ")")
        if depth < 0:
            break
    return address if depth == 0 else address.replace("(", "\\(").replace(")", "\\)")
