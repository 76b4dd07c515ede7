"""Which texts are being written right now, and how is one of them ended? Known to this process alone.

A process that dies takes its writings with it: the draft is as it was saved, and a button of a writing that nobody
knows any more leads back to the card.
"""

import secrets
import uuid
from dataclasses import dataclass, field
from enum import StrEnum

from core.ai.stopping import Stop

_DRAFT_IDS = (
    2**31 - 1
)  # Telegram wants a number that is not zero; a random one means no writing of an earlier process


class Ending(StrEnum):
    """Why a writing ends before its end."""

    STOPPED = "stopped"  # the owner wants to see what there is
    OVERTAKEN = "overtaken"  # the owner took another way: nothing is saved, nothing more is shown
    SHUTDOWN = "shutdown"  # the process goes: nothing is saved, the card comes back


@dataclass(eq=False, slots=True)
class Writing:
    """One text under way. ``version`` is the one of the draft it is written for."""

    chat_id: int
    content_id: uuid.UUID
    version: int
    draft_id: int = field(default_factory=lambda: secrets.randbelow(_DRAFT_IDS) + 1)
    stop: Stop = field(default_factory=Stop)
    ending: Ending | None = None

    def end(self, ending: Ending) -> None:
        """End it; the first reason counts, unless a later one says that nobody waits for it any more."""
        if self.ending is None or ending is not Ending.STOPPED:
            self.ending = ending
        self.stop.ask()


class Writings:
    """Those under way, one for each draft."""

    def __init__(self) -> None:
        self._by_content: dict[uuid.UUID, Writing] = {}
        self.drafts_refused = False  # this Bot API does not take growing drafts: told once, not at each text

    def begin(self, chat_id: int, content_id: uuid.UUID, version: int) -> Writing | None:
        """Begin one; None when this version is being written already: a second tap. An older version's is ended."""
        known = self._by_content.get(content_id)
        if known is not None:
            if known.version == version and known.ending is None:
                return None
            known.end(Ending.OVERTAKEN)
        writing = Writing(chat_id, content_id, version)
        self._by_content[content_id] = writing
        return writing

    def finish(self, writing: Writing) -> None:
        """Forget one that has come to its end."""
        if self._by_content.get(writing.content_id) is writing:
            del self._by_content[writing.content_id]

    def is_here(self, chat_id: int, content_id: uuid.UUID) -> bool:
        """Whether the draft is being written for this chat."""
        writing = self._by_content.get(content_id)
        return writing is not None and writing.chat_id == chat_id

    def end(self, content_id: uuid.UUID, ending: Ending) -> bool:
        """End the writing of a draft; False when there is none."""
        writing = self._by_content.get(content_id)
        if writing is not None:
            writing.end(ending)
        return writing is not None

    def end_draft(self, chat_id: int, draft_id: int) -> bool:
        """End the writing that Telegram knows under ``draft_id``; False when there is none."""
        found = [
            writing
            for writing in self._by_content.values()
            if (writing.chat_id, writing.draft_id) == (chat_id, draft_id)
        ]
        for writing in found:
            writing.end(Ending.STOPPED)
        return bool(found)

    def end_all(self) -> None:
        """End all of them: the process goes."""
        for writing in self._by_content.values():
            writing.end(Ending.SHUTDOWN)
