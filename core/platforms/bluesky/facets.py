"""What is a link, a mention or a tag on Bluesky? Byte ranges over the UTF-8 text, called facets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from core.text.rich import RichText, SpanKind

_URL = re.compile(r"https?://[^\s<>\"'«»]+", re.IGNORECASE)
_MENTION = re.compile(
    r"(?<![\w@/.])@((?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,})(?![\w@])"
)
_TAG = re.compile(r"(?<![\w&#/])[#＃]((?=\S*[^\W\d])[\w]{1,64})")
_TRAILING = ".,;:!?…"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something over ``text[start:end]`` (characters): a link's address, a mention's handle, a tag's word."""

    start: int
    end: int
    kind: str  # link, mention, tag
    value: str


def marks(rich: RichText) -> list[Mark]:
    """Find what becomes facets, in order and apart from each other; formatted links come before what is found."""
    found = [
        Mark(span.start, span.end, "link", span.value)
        for span in rich.spans
        if span.kind is SpanKind.LINK and span.value.lower().startswith(("https://", "http://"))
    ]
    taken: list[Mark] = []
    for mark in sorted([*found, *_plain(rich.text)], key=lambda one: (one.kind != "link", one.start)):
        if all(mark.end <= other.start or mark.start >= other.end for other in taken):
            taken.append(mark)
    return sorted(taken, key=lambda one: one.start)


def _plain(text: str) -> Iterator[Mark]:
    for match in _URL.finditer(text):
        address = _without_trailing(match[0])
        yield Mark(match.start(), match.start() + len(address), "link", address)
    for match in _MENTION.finditer(text):
        yield Mark(match.start(), match.end(), "mention", match[1].lower())
    for match in _TAG.finditer(text):
        yield Mark(match.start(), match.end(), "tag", match[1])


def _without_trailing(address: str) -> str:
    """A sentence's end is not the link's, nor is a bracket that was opened outside of it."""
    while address and (
        address[-1] in _TRAILING or (address[-1] == ")" and address.count(")") > address.count("("))
    ):
        address = address[:-1]
    return address


def facets(text: str, found: Sequence[Mark]) -> list[dict[str, Any]]:
    """Return links and tags as facets; mentions need an account's id first, see ``publishing``."""
    features = {
        "link": lambda value: {"$type": "app.bsky.richtext.facet#link", "uri": value},
        "tag": lambda value: {"$type": "app.bsky.richtext.facet#tag", "tag": value},
    }
    offsets = byte_offsets(text)
    return [
        {"index": index_of(mark, offsets), "features": [features[mark.kind](mark.value)]}
        for mark in found
        if mark.kind in features
    ]


def index_of(mark: Mark, offsets: Sequence[int]) -> dict[str, int]:
    """Return the mark's range in bytes."""
    return {"byteStart": offsets[mark.start], "byteEnd": offsets[mark.end]}


def byte_offsets(text: str) -> list[int]:
    """UTF-8 offset of every character border: ``len(text) + 1`` numbers."""
    offsets = [0]
    for character in text:
        offsets.append(offsets[-1] + len(character.encode("utf-8", "surrogatepass")))
    return offsets
