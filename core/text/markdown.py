"""How is formatting written down in plain text? A small Markdown in which every text means something.

    **bold**   *italic* or _italic_   __underline__   ~~strike~~   ||spoiler||   `code`   [text](address)
    > quoted line          ```language … ``` on lines of their own: code

``__`` underlines (as in Telegram and Discord), it is not a second bold. Lists are text ("• ", "- ", "1. "), headings
are not special. A backslash takes the meaning from one of ``\\ * _ ~ | ` [ ] ( ) >`` and is itself a character before
anything else (``C:\\path``). Marks that close nothing, stand apart from words, or sit inside a word (``snake_case``) or a
sum (``2*3``) are characters. Inline formatting ends at a blank line.

Laws, held by tests: ``parse`` never raises and takes linear time; ``parse(to_markdown(rich)) == normalise(rich)``.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from core.text.markdown_inline import parse_inline
from core.text.markdown_writer import write
from core.text.normal import normalise
from core.text.rich import RichText, Span, SpanKind
from core.text.telegram_entities import from_telegram

__all__ = ["from_telegram", "parse", "to_markdown"]

_FENCE = re.compile(r"[ ]{0,3}(`{3,})([^`]*)")
_FENCE_END = re.compile(r"[ ]{0,3}(`{3,})[ \t]*")


def parse(markdown: str) -> RichText:
    """Read Markdown; every text is valid. The result is in normal form (see ``core.text.normal``)."""
    pieces: list[RichText] = []
    for quoted, group in groupby(_quote_split(markdown.split("\n")), key=lambda line: line[0]):
        body = list(_blocks([line for _, line in group]))
        rich = join(body)
        if quoted:
            rich = RichText(rich.text, (*rich.spans, Span(0, len(rich.text), SpanKind.QUOTE)))
        pieces.append(rich)
    return normalise(join(pieces))


def to_markdown(rich: RichText) -> str:
    """Write Markdown that ``parse`` reads back as the normal form of ``rich``."""
    return write(normalise(rich))


def join(pieces: Sequence[RichText], separator: str = "\n") -> RichText:
    """Put texts under each other, their spans moved along."""
    spans: list[Span] = []
    offset = 0
    for piece in pieces:
        spans += (Span(s.start + offset, s.end + offset, s.kind, s.value) for s in piece.spans)
        offset += len(piece.text) + len(separator)
    return RichText(separator.join(piece.text for piece in pieces), tuple(spans))


def _quote_split(lines: Sequence[str]) -> Iterator[tuple[bool, str]]:
    """Say of each line whether it is quoted, and take the mark away; fenced code outside of quotes keeps its ``>``."""
    last_closing = _longest_closing(lines)
    inside = 0  # length of the fence that is open
    for number, line in enumerate(lines):
        if inside:
            inside = 0 if _closes(line, inside) else inside
            yield False, line
        elif line.startswith(">"):
            yield True, line[2:] if line.startswith("> ") else line[1:]
        else:
            inside = _opens(lines, number, last_closing)
            yield False, line


def _blocks(lines: Sequence[str]) -> Iterator[RichText]:
    """Fenced code and the inline text between; all lines are quoted or none."""
    last_closing = _longest_closing(lines)
    begin = number = 0
    while number < len(lines):
        length = _opens(lines, number, last_closing)
        if not length:
            number += 1
            continue
        if begin < number:
            yield parse_inline("\n".join(lines[begin:number]))
        end = number + 1
        while not _closes(lines[end], length):
            end += 1
        code = "\n".join(lines[number + 1 : end])
        fence = _FENCE.fullmatch(lines[number])
        language = fence[2].strip() if fence else ""
        yield RichText(code, (Span(0, len(code), SpanKind.PRE, language),))
        begin = number = end + 1
    if begin < len(lines):
        yield parse_inline("\n".join(lines[begin:]))


def _longest_closing(lines: Sequence[str]) -> list[int]:
    """For each line, the longest fence that any later line could close: one pass, so that nothing is sought in vain."""
    longest = [0] * (len(lines) + 1)
    for number in range(len(lines) - 1, 0, -1):
        match = _FENCE_END.fullmatch(lines[number])
        longest[number - 1] = max(longest[number], len(match[1]) if match else 0)
    return longest


def _opens(lines: Sequence[str], number: int, last_closing: Sequence[int]) -> int:
    """Length of the fence this line opens: it needs one line of code at least, and an end."""
    match = _FENCE.fullmatch(lines[number])
    if not match or number + 2 >= len(lines) or last_closing[number + 1] < len(match[1]):
        return 0
    return 0 if _closes(lines[number + 1], len(match[1])) else len(match[1])


def _closes(line: str, length: int) -> bool:
    match = _FENCE_END.fullmatch(line)
    return match is not None and len(match[1]) >= length
