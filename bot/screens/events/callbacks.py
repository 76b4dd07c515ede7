"""Buttons of the events screens. A type of event is carried as a number made from its name (0: any)."""

import uuid
import zlib
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET
from core.events.service import Outcome

Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET)]
Kind = Annotated[int, Field(ge=0, le=2**32 - 1)]


def kind_of(event_type: str) -> int:
    """Return the number a button carries for a type: its name may have a hundred characters."""
    return zlib.crc32(event_type.encode()) or 1


class By(StrEnum):
    """What events can be narrowed by."""

    PRODUCT = "p"
    KIND = "t"
    OUTCOME = "o"


class Narrowed(Callback, prefix="evt0"):
    """About some of the events; the base of the buttons that keep the filters, never sent itself."""

    product: uuid.UUID | None = None
    kind: Kind = 0
    outcome: Outcome = Outcome.ANY


class OpenEvents(Narrowed, prefix="evts"):
    """Open a page of the events."""

    offset: Offset = 0


class NarrowEvents(Narrowed, prefix="evtnar"):
    """Choose a product, a type or an outcome; ``offset`` is a page of the choices."""

    by: By
    offset: Offset = 0


class OpenEvent(Callback, prefix="evt"):
    """Open a page of one event."""

    event: uuid.UUID
    page: Annotated[int, Field(ge=0, le=9_999)] = 0


Moment = Annotated[int, Field(ge=0, le=9_999_999_999)]  # Unix seconds


class AskReplay(Callback, prefix="evtrp"):
    """Ask whether to have an event looked at once more."""

    event: uuid.UUID


class ReplayEvent(Callback, prefix="evtrpx"):
    """Replay it, once for the question asked ``at`` that moment."""

    event: uuid.UUID
    at: Moment


class OpenReceiving(Callback, prefix="evtset"):
    """Open what is set about receiving."""


class KeepEvents(Callback, prefix="evtkp"):
    """Keep events for so many days; 0: for ever."""

    days: Annotated[int, Field(ge=0, le=3650)]


class LimitEvents(Callback, prefix="evtlim"):
    """Take so many events a minute of a product."""

    per_minute: Annotated[int, Field(ge=1, le=1_000_000)]


class AskClear(Callback, prefix="evtcl"):
    """Ask whether to delete what is older than ``days`` (0: ask how old first)."""

    product: uuid.UUID | None = None
    days: Annotated[int, Field(ge=0, le=999)] = 0


class ClearEvents(Callback, prefix="evtclx"):
    """Delete what was received before ``before`` (Unix seconds)."""

    product: uuid.UUID | None = None
    before: Moment
