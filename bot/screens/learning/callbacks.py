"""Buttons of the rules that edits suggest. What decides carries the proposal's id: it can be decided once."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET


class OpenRules(Callback, prefix="rules"):
    """Open the product's proposed and accepted rules at ``offset``."""

    product: uuid.UUID
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class AboutRule(Callback, prefix="rule0"):
    """About one proposal; the base of the other buttons, never sent itself."""

    proposal: uuid.UUID


class OpenRule(AboutRule, prefix="rule"):
    """Open the proposal with the edit at ``offset``."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class AcceptRule(AboutRule, prefix="ruleok"):
    """Take the rule into the voice."""


class DismissRule(AboutRule, prefix="rulex"):
    """Leave the voice as it is."""


class UndoRule(AboutRule, prefix="ruleun"):
    """Take an accepted rule back."""
