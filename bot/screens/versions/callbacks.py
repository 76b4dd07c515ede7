"""Buttons of a draft's versions."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.screens.draft.callbacks import OfVersion, Version
from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET


class OpenVersions(Callback, prefix="vers"):
    """Open the list at ``offset``."""

    content: uuid.UUID
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class OpenVersion(Callback, prefix="ver"):
    """Look at one version as it was."""

    content: uuid.UUID
    number: Version


class SendVersion(Callback, prefix="verf"):
    """Send the version's messages with their files, as they would have been published."""

    content: uuid.UUID
    number: Version


class Restore(OfVersion, prefix="verr"):
    """Bring ``number`` back as a new version after ``version``."""

    number: Version
