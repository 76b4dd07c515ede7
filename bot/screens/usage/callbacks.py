"""Buttons of the usage screen."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET


class Cut(StrEnum):
    """How the month's costs are broken down."""

    TOTAL = "total"
    PRODUCTS = "products"
    MODELS = "models"
    PURPOSES = "purposes"
    DAYS = "days"


class OpenUsage(Callback, prefix="usage"):
    """Open or refresh the screen, at one of its cuts."""

    cut: Cut = Cut.TOTAL
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0
