"""Buttons of the queue."""

import uuid
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET

Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET)]
FIRST_MONTH = 1970 * 12  # days are counted from that year
Seconds = Annotated[int, Field(ge=0, le=9_999_999_999)]


class Shown(StrEnum):
    """Which part of the publications is looked at."""

    WAITING = "w"
    PUBLISHED = "p"
    FAILED = "f"
    UNCERTAIN = "u"
    MISSED = "m"
    CANCELLED = "c"
    ALL = "a"


class By(StrEnum):
    """What the queue can be narrowed by."""

    PRODUCT = "p"
    PLATFORM = "c"
    STATUS = "s"


class OpenQueue(Callback, prefix="queue"):
    """Open what waits at ``offset``."""

    offset: Offset = 0


class Filtered(Callback, prefix="queue0"):
    """About a part of the queue; the base of the buttons that keep the filters, never sent itself."""

    product: uuid.UUID | None = None
    platform: Annotated[str, Field(max_length=12)] = ""
    shown: Shown = Shown.WAITING


class TurnQueue(Filtered, prefix="qturn"):
    """Open a page of a part of the queue."""

    offset: Offset = 0


class NarrowQueue(Filtered, prefix="qfil"):
    """Choose a product, a platform or a status; ``offset`` is a page of the products."""

    by: By
    offset: Offset = 0


class OpenWeek(Callback, prefix="qweek"):
    """Show a week: ``day`` is its Monday, or any day of it, counted since 1970-01-01."""

    day: Annotated[int, Field(ge=0, le=99_999)]
    product: uuid.UUID | None = None


class OpenMonth(Callback, prefix="qmonth"):
    """Show a month, counted since the year 0; none before 1970."""

    month: Annotated[int, Field(ge=FIRST_MONTH, le=99_999)]
    product: uuid.UUID | None = None


class OpenDay(Callback, prefix="qday"):
    """Show a page of one day."""

    day: Annotated[int, Field(ge=0, le=99_999)]
    product: uuid.UUID | None = None
    offset: Offset = 0


class OpenPublication(Callback, prefix="pub"):
    """Open one publication."""

    publication: uuid.UUID


class CancelPublication(Callback, prefix="pubx"):
    """Take one publication off the calendar."""

    publication: uuid.UUID


class PublishThisNow(Callback, prefix="pubnow"):
    """Move one publication to now; ``force`` overrides the owner's own rules."""

    publication: uuid.UUID
    force: bool = False


class Duplicate(Callback, prefix="pubdup"):
    """Make a new draft that says the same; ``drawn`` is when the button was drawn, so that two taps make one."""

    publication: uuid.UUID
    drawn: Seconds


class OfferSwap(Callback, prefix="pubsw"):
    """List what one publication can change places with."""

    publication: uuid.UUID
    offset: Offset = 0


class Swap(Callback, prefix="pubswx"):
    """Change places with post ``number``; ``at`` is the publication's time as it was shown."""

    publication: uuid.UUID
    at: Seconds
    number: Annotated[int, Field(ge=0, le=999_999_999)]
