"""What does a notification need to become a screen? Its ids, the words to say it in, and where to look things up."""

import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from bot.i18n import Translator
from bot.ui.screen import Screen
from core.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Telling:
    """One notification on its way to one chat."""

    runtime: Runtime
    notification_id: uuid.UUID
    payload: Mapping[str, Any]
    t: Translator
    zone: tzinfo
    now: datetime

    def id_of(self, name: str) -> uuid.UUID:
        """Return the id kept under ``name`` in the payload."""
        return uuid.UUID(str(self.payload[name]))


@dataclass(frozen=True, slots=True)
class Place:
    """A message that is in a chat already."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Told:
    """What to send, and the content whose card has changed with it.

    With ``place`` it is no new message to every owner: the message there becomes it.
    """

    screen: Screen
    content_id: uuid.UUID | None = None
    place: Place | None = None


Tell = Callable[[Telling], Awaitable[Told]]
