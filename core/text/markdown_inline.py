"""Which characters of a few lines of Markdown are formatting marks, and which are just characters?

One pass from left to right. A mark switches its kind on or off, so the order of neighbouring marks does not matter and
spans may cross; a mark that is never switched off again is put back as text.
"""

import re
from bisect import bisect_right

from core.text.rich import RichText, Span, SpanKind

ESCAPABLE = frozenset("\\*_~|`[]()>")

_SPECIAL = re.compile(r"\\|\*+|_+|~+|\|+|`+|\[|\]|\n[^\S\n]*(?=\n)")
_TICKS = re.compile(r"`+")
_BARE_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_MARKS = {
    "*": (SpanKind.ITALIC,),
    "**": (SpanKind.BOLD,),
    "***": (SpanKind.BOLD, SpanKind.ITALIC),
    "_": (SpanKind.ITALIC,),
    "__": (SpanKind.UNDERLINE,),
    "~~": (SpanKind.STRIKE,),
    "||": (SpanKind.SPOILER,),
}
_WRITTEN = {SpanKind.BOLD: "**", SpanKind.ITALIC: "*"}


def parse_inline(source: str) -> RichText:
    """Read lines that hold no quotes and no fences. Spans are not yet in normal form."""
    return _Reader(source).read()


class _Reader:
    def __init__(self, source: str) -> None:
        self._source = source
        self._pieces: list[str] = []  # text so far; a mark keeps an empty piece, so that it can be put back
        self._spans: list[tuple[int, int, SpanKind, str]] = []  # borders are numbers of pieces
        self._open: dict[tuple[SpanKind, str], int] = {}
        self._brackets: list[int] = []
        self._ticks: dict[int, list[int]] = {}
        for match in _TICKS.finditer(source):
            self._ticks.setdefault(len(match[0]), []).append(match.start())
        self._closing = _matching_parentheses(source)
        self._addresses = [match.span() for match in _BARE_ADDRESS.finditer(source)]

    def read(self) -> RichText:
        source, at = self._source, 0
        while match := _SPECIAL.search(source, at):
            self._pieces.append(source[at : match.start()])
            at = self._special(match.start(), match[0])
        self._pieces.append(source[at:])
        self._put_back_open()
        offsets = [0]
        for piece in self._pieces:
            offsets.append(offsets[-1] + len(piece))
        return RichText(
            "".join(self._pieces),
            tuple(Span(offsets[start], offsets[end], kind, value) for start, end, kind, value in self._spans),
        )

    def _special(self, at: int, token: str) -> int:
        """Handle the token at ``at`` and return where to go on."""
        character = token[0]
        if character == "\\":
            return self._escape(at)
        if character == "`":
            return self._code(at, len(token))
        if character == "[":
            self._brackets.append(len(self._pieces))
            self._pieces.append("[")
        elif character == "]":
            return self._link(at)
        elif character == "\n":
            self._put_back_open()  # a blank line ends all inline formatting
            self._brackets.clear()
            self._pieces.append(token)
        else:
            self._mark(at, token)
        return at + len(token)

    def _escape(self, at: int) -> int:
        following = self._source[at + 1 : at + 2]
        if following and following in ESCAPABLE:
            self._pieces.append(following)
            return at + 2
        self._pieces.append("\\")
        return at + 1

    def _code(self, at: int, length: int) -> int:
        begin = at + length
        ends = self._ticks.get(length, [])
        index = bisect_right(ends, begin)
        line_end = self._source.find("\n", begin)
        line_end = len(self._source) if line_end < 0 else line_end
        if index == len(ends) or ends[index] >= line_end:
            self._pieces.append(self._source[at:begin])
            return begin
        content = self._source[begin : ends[index]]
        if content[0] == content[-1] == " " and content.strip(" "):
            content = content[1:-1]
        self._pieces.append(content)
        self._spans.append((len(self._pieces) - 1, len(self._pieces), SpanKind.CODE, ""))
        return ends[index] + length

    def _link(self, at: int) -> int:
        end = self._closing.get(at + 1)
        address = _unescaped(self._source[at + 2 : end]) if end else ""
        if not self._brackets or not end or not address:
            self._pieces.append("]")
            return at + 1
        begin = self._brackets.pop()
        self._pieces[begin] = ""
        self._spans.append((begin, len(self._pieces), SpanKind.LINK, address))
        self._brackets.clear()  # a link within a link's text: the inner one is the link
        return end + 1

    def _mark(self, at: int, token: str) -> None:
        before = self._source[at - 1 : at] if at else " "
        after = self._source[at + len(token) : at + len(token) + 1] or " "
        for kind in _MARKS.get(token, ()):
            if not self._allowed(at, token, kind, before, after):
                self._pieces.append(_WRITTEN.get(kind, token) if len(token) == 3 else token)
                continue
            self._switch(kind, token, before, after)
        if token not in _MARKS:
            self._pieces.append(token)

    def _allowed(self, at: int, token: str, kind: SpanKind, before: str, after: str) -> bool:
        if token == "_":  # noqa: S105 - a mark, not a secret
            inside_word = _is_word(before) and _is_word(after)
            return not inside_word and not self._in_address(at)
        return kind is not SpanKind.ITALIC or not (before.isdigit() and after.isdigit())

    def _switch(self, kind: SpanKind, token: str, before: str, after: str) -> None:
        """Open or close ``kind``; what can do neither is text."""
        written = _WRITTEN.get(kind, token) if token != "_" else "_"  # noqa: S105 - the same
        key = (kind, written)
        here = len(self._pieces)
        opened = self._open.get(key)
        if opened is not None and not before.isspace() and not (written == "_" and _is_word(after)):
            del self._open[key]
            self._pieces.append("")
            self._spans.append((opened, here, kind, ""))
        elif not after.isspace() and not (written == "_" and _is_word(before)):
            if opened is not None:
                self._pieces[opened] = written  # the nearer one is the pair's
            self._open[key] = here
            self._pieces.append("")
        else:
            self._pieces.append(written)

    def _put_back_open(self) -> None:
        for (_, written), piece in self._open.items():
            self._pieces[piece] = written
        self._open.clear()

    def _in_address(self, at: int) -> bool:
        index = bisect_right(self._addresses, (at, 1 << 62)) - 1
        return index >= 0 and at < self._addresses[index][1]


def _is_word(character: str) -> bool:
    return character == "_" or character.isalnum()


def _matching_parentheses(source: str) -> dict[int, int]:
    """Where each opening parenthesis closes; white space between them means that they hold no address."""
    matching: dict[int, int] = {}
    open_at: list[int] = []
    for match in re.finditer(r"\\[\\*_~|`\[\]()>]|[()]|\s", source):
        token = match[0]
        if token == "(":  # noqa: S105 - a parenthesis
            open_at.append(match.start())
        elif token == ")" and open_at:  # noqa: S105 - the same
            matching[open_at.pop()] = match.start()
        elif token.isspace():
            open_at.clear()
    return matching


def _unescaped(address: str) -> str:
    return re.sub(r"\\([\\*_~|`\[\]()>])", r"\1", address)
