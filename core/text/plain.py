"""How does formatted text read where a platform shows none? Plain text that loses no link and no quotation."""

import re

from core.text.rich import RichText, Span, SpanKind

_SCHEMES = ("https://", "http://")
# A headline has no full stop: without a mark it would run on into the sentence below it.
_RUN_TOGETHER = re.compile(r"(?<=[\w»”)\]])\n(?=\S)")


def one_line(text: str) -> str:
    """Return ``text`` on one line, for lists and excerpts; lines that end without a full stop are kept apart by a dot."""
    paragraphs = (" ".join(one.split()) for one in text.splitlines())
    return _RUN_TOGETHER.sub(" · ", "\n".join(filter(None, paragraphs))).replace("\n", " ")


def to_plain(rich: RichText) -> str:
    """Return the text alone. A link's address follows its words in brackets; quoted lines begin with "> "."""
    return with_quote_marks(with_addresses(rich)).text


def with_addresses(rich: RichText) -> RichText:
    """Put each link's address behind its words, "words (address)", unless the words are the address already.

    Other spans are kept, moved along; link spans are gone.
    """
    insertions = [
        (span.end, f" ({span.value})")
        for span in rich.spans
        if span.kind is SpanKind.LINK and not _shows_itself(rich.text[span.start : span.end], span.value)
    ]
    kept = tuple(span for span in rich.spans if span.kind is not SpanKind.LINK)
    return _inserted(RichText(rich.text, kept), insertions)


def with_quote_marks(rich: RichText) -> RichText:
    """Begin each line of a quotation with "> "; quote spans are gone, others moved along."""
    insertions: list[tuple[int, str]] = []
    for span in rich.spans:
        if span.kind is SpanKind.QUOTE:
            insertions.append((span.start, "> "))
            insertions += [(at + 1, "> ") for at in range(span.start, span.end - 1) if rich.text[at] == "\n"]
    kept = tuple(span for span in rich.spans if span.kind is not SpanKind.QUOTE)
    return _inserted(RichText(rich.text, kept), insertions)


def _shows_itself(words: str, address: str) -> bool:
    return _bare(words) == _bare(address)


def _bare(address: str) -> str:
    lowered = address.strip().lower()
    for scheme in _SCHEMES:
        lowered = lowered.removeprefix(scheme)
    return lowered.rstrip("/")


def _inserted(rich: RichText, insertions: list[tuple[int, str]]) -> RichText:
    """Return the text with ``insertions`` (offset, words) put in. A span that ends where words go in stays in front."""
    insertions = sorted(insertions, key=lambda item: item[0])
    pieces: list[str] = []
    at = 0
    for offset, words in insertions:
        pieces += [rich.text[at:offset], words]
        at = offset
    pieces.append(rich.text[at:])
    starts = sorted({span.start for span in rich.spans})
    ends = sorted({span.end for span in rich.spans})
    moved_start = _moved(starts, insertions, inclusive=True)
    moved_end = _moved(ends, insertions, inclusive=False)
    spans = tuple(
        Span(moved_start[span.start], moved_end[span.end], span.kind, span.value) for span in rich.spans
    )
    return RichText("".join(pieces), spans)


def _moved(offsets: list[int], insertions: list[tuple[int, str]], *, inclusive: bool) -> dict[int, int]:
    """Map each offset to where it is afterwards; ``inclusive``: what is put in exactly there pushes it along."""
    result: dict[int, int] = {}
    added = number = 0
    for offset in offsets:
        while number < len(insertions) and (
            insertions[number][0] < offset or (inclusive and insertions[number][0] == offset)
        ):
            added += len(insertions[number][1])
            number += 1
        result[offset] = offset + added
    return result
