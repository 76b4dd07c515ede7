"""Buttons of the list of drafts."""

from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET


class OpenDrafts(Callback, prefix="drafts"):
    """Open the list at ``offset``."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0
