"""Buttons of the automations screens."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET

Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET)]


class OpenAutomations(Callback, prefix="autos"):
    """Open the list: of one product, or of all."""

    product: uuid.UUID | None = None
    offset: Offset = 0


class AboutAutomation(Callback, prefix="auto0"):
    """About one automation; the base of its buttons, never sent itself."""

    automation: uuid.UUID


class OpenAutomation(AboutAutomation, prefix="auto"):
    """Open one."""


class SwitchAutomation(AboutAutomation, prefix="autosw"):
    """Switch it on or off."""

    on: bool


class OpenRuns(AboutAutomation, prefix="autolg"):
    """Open a page of its log."""

    offset: Offset = 0


class AskDeleteAutomation(AboutAutomation, prefix="autodl"):
    """Ask whether to delete it."""


class DeleteAutomation(AboutAutomation, prefix="autodx"):
    """Delete it, if it is as it was when that was ``asked`` (Unix seconds)."""

    asked: Annotated[int, Field(ge=0, le=9_999_999_999)]
