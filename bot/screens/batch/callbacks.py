"""Buttons of the checklist of drafts."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.screens.draft.callbacks import Version
from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET

Offset = Annotated[int, Field(ge=0, le=MAX_OFFSET)]
Digest = Annotated[int, Field(ge=0, le=4_294_967_295)]  # names the versions that were shown


class OpenBatch(Callback, prefix="batch"):
    """Open the checklist at ``offset``."""

    offset: Offset = 0


class Tick(Callback, prefix="btick"):
    """Tick this version of a draft, or take its tick away."""

    content: uuid.UUID
    version: Version
    on: bool
    offset: Offset


class TickPage(Callback, prefix="bpage"):
    """Tick every draft of the page, as it was shown."""

    offset: Offset
    digest: Digest


class UntickAll(Callback, prefix="bnone"):
    """Take every tick away."""

    offset: Offset


class ApproveTicked(Callback, prefix="bok"):
    """Approve what is ticked."""

    digest: Digest


class SpreadApproved(Callback, prefix="bplan"):
    """Put what was approved together on the calendar."""

    digest: Digest
