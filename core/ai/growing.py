"""What can be read of an answer that is still being written? The post's text so far, out of JSON that has no end yet."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from pydantic_core import from_json

from core.ai import answers

OnText = Callable[[str], None]

_OPEN_THOUGHT, _END_OF_THOUGHT = "<think>", "</think>"
_SHORTEST_USABLE = 30  # characters; less than that is no post
# Where a sentence has surely ended: what follows its mark is not part of an address or a number.
_SENTENCE_END = re.compile(r"[.!?…][\"'»”)\]*_~|]*(?=\s)|\n")
_PAIRED = ("**", "~~", "||", "`")


class Growing:
    """Collects an answer piece by piece and says the text in it aloud whenever that has grown.

    ``fields`` are the names of the answer's fields by preference: the first one that has begun is the one shown.
    """

    def __init__(self, fields: Sequence[str], on_text: OnText) -> None:
        self._fields = tuple(fields)
        self._on_text = on_text
        self._raw: list[str] = []
        self._said = ""

    def add(self, piece: str) -> None:
        """Take the next piece of the answer as it came."""
        if not piece:
            return
        self._raw.append(piece)
        text = self._text()
        if text and text != self._said:
            self._said = text
            self._on_text(text)

    def _text(self) -> str:
        raw = "".join(self._raw)
        if _OPEN_THOUGHT in raw:
            _, ended, raw = raw.partition(_END_OF_THOUGHT)
            if not ended:
                return ""
        start = raw.find("{")
        if start < 0:
            return ""
        try:
            found: Any = from_json(raw[start:].encode("utf-8", "ignore"), allow_partial="trailing-strings")
        except ValueError:  # not JSON after all; the whole answer will be judged at its end
            return self._said
        if not isinstance(found, dict):
            return self._said
        for name in self._fields:
            said = found.get(name)
            if isinstance(said, list):
                said = "\n\n".join(part for part in said if isinstance(part, str))
            if isinstance(said, str) and said.strip():
                return answers.clean(said).strip()
        return self._said


def usable(partial: str) -> str | None:
    """Return what of a text that was stopped can stand as a post: its whole sentences; None when they are too few."""
    ends = [match.end() for match in _SENTENCE_END.finditer(partial)]
    if not ends:
        return None
    text = partial[: ends[-1]].strip()
    for mark in _PAIRED:
        if text.count(mark) % 2:  # opened and not closed any more: it would show as itself
            before, _, after = text.rpartition(mark)
            text = before + after
    return text if len(text) >= _SHORTEST_USABLE else None
