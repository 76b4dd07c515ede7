"""How wide is a text on the screen? Counted in letters: two for CJK and emoji, none for marks."""

import unicodedata
from collections.abc import Iterator

import regex

_CLUSTERS = regex.compile(r"\X")


def clusters(text: str) -> Iterator[tuple[str, int]]:
    """Yield what a reader sees as one character, with its width."""
    for cluster in _CLUSTERS.findall(text):
        yield cluster, _width(cluster)


def letters(text: str) -> int:
    """Return how many columns of a monospaced font ``text`` takes."""
    return sum(width for _, width in clusters(text))


def _width(cluster: str) -> int:
    if "\ufe0f" in cluster or "\U0001f1e6" <= cluster[0] <= "\U0001f1ff":  # shown as an emoji; a flag
        return 2
    if unicodedata.category(cluster[0]) in {"Mn", "Me", "Cf", "Cc"}:
        return 0
    return 2 if any(unicodedata.east_asian_width(character) in "WF" for character in cluster) else 1
