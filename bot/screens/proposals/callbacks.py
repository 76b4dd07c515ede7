"""Buttons under what an automation proposes. Each carries the version it was shown with."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.screens.draft.callbacks import OfVersion
from bot.ui.callbacks import Callback


class ApproveProposal(OfVersion, prefix="prop"):
    """Approve this version, and plan it as its rule wishes."""


class RejectProposal(OfVersion, prefix="propno"):
    """Put the draft away."""


class KeepAsking(Callback, prefix="autonk"):
    """Let the rule go on asking."""

    automation: uuid.UUID
    version: Annotated[int, Field(ge=1, le=9_999_999)]


class GrantAutonomy(Callback, prefix="auton"):
    """Let the rule act by itself from now on."""

    automation: uuid.UUID
    version: Annotated[int, Field(ge=1, le=9_999_999)]
