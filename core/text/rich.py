"""What is formatted text, before any platform has its say? Plain text and spans over it."""

from dataclasses import dataclass
from enum import StrEnum


class SpanKind(StrEnum):
    """Formatting every platform is asked to show, or to leave out gracefully."""

    BOLD = "bold"
    ITALIC = "italic"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SPOILER = "spoiler"
    CODE = "code"
    PRE = "pre"  # value: the language, may be empty
    LINK = "link"  # value: the address
    QUOTE = "quote"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """``kind`` over ``text[start:end]``; offsets count Python characters (code points)."""

    start: int
    end: int
    kind: SpanKind
    value: str = ""


@dataclass(frozen=True, slots=True)
class RichText:
    """Plain text with formatting spans, sorted by start."""

    text: str
    spans: tuple[Span, ...] = ()
