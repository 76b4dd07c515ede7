"""Buttons of the queue."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET


class OpenQueue(Callback, prefix="queue"):
    """Open the queue at ``offset``."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class OpenPublication(Callback, prefix="pub"):
    """Open one publication."""

    publication: uuid.UUID


class CancelPublication(Callback, prefix="pubx"):
    """Take one publication off the calendar."""

    publication: uuid.UUID


class PublishThisNow(Callback, prefix="pubnow"):
    """Move one publication to now; ``force`` overrides gap and daily limit."""

    publication: uuid.UUID
    force: bool = False
