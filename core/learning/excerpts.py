"""What of two long texts is worth showing? The places where they differ, with a little of what stays around them."""

from dataclasses import dataclass

_AROUND = 40  # characters of what both have in common, on each side


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The part of an edit in which anything happened."""

    before: str
    after: str


def around_changes(before: str, after: str, *, limit: int) -> Excerpt:
    """Return both texts without what is the same at their beginning and end; each has at most ``limit`` characters."""
    shortest = min(len(before), len(after))
    head = 0
    while head < shortest and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < shortest - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    start = _word_start(before, max(0, head - _AROUND))
    return Excerpt(
        _cut(before, start, len(before) - max(0, tail - _AROUND), limit),
        _cut(after, start, len(after) - max(0, tail - _AROUND), limit),
    )


def _word_start(text: str, at: int) -> int:
    """Step back to the beginning of the word at ``at``, so that no word is shown in halves."""
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _cut(text: str, start: int, end: int, limit: int) -> str:
    while end < len(text) and not text[end].isspace():
        end += 1
    shown = text[start:end]
    cut = shown if len(shown) <= limit else shown[: limit - 1].rstrip() + "…"
    return ("…" if start else "") + cut + ("…" if end < len(text) and not cut.endswith("…") else "")
