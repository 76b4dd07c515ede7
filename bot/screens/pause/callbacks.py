"""Buttons of the pause screen. What goes on again carries the pause it was shown with."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET

Seconds = Annotated[int, Field(ge=0, le=9_999_999_999)]


class OpenPause(Callback, prefix="pause"):
    """Show what is paused; ``offset`` is a page of the products."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class PauseEverything(Callback, prefix="pausea"):
    """Hold all publishing."""


class ResumeEverything(Callback, prefix="resua"):
    """Let publishing go on; ``since`` is when it was paused (0: not known)."""

    since: Seconds


class PauseOne(Callback, prefix="pause1"):
    """Hold one product."""

    product: uuid.UUID


class ResumeOne(Callback, prefix="resu1"):
    """Let one product go on; ``since`` is when it was paused."""

    product: uuid.UUID
    since: Seconds
