"""Buttons of the analytics screen: which product, which period, which part of it."""

import uuid
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET


class Period(StrEnum):
    """Days that are looked at, today among them."""

    WEEK = "7"
    MONTH = "30"
    QUARTER = "90"


class Section(StrEnum):
    """What is shown of the period."""

    TOTALS = "t"
    PLATFORMS = "p"
    KINDS = "k"
    HOURS = "h"
    TOP = "b"
    HOW = "w"


class OpenAnalytics(Callback, prefix="stat"):
    """Show a part of a product's period."""

    product: uuid.UUID
    period: Period = Period.MONTH
    section: Section = Section.TOTALS


class SendCsv(Callback, prefix="statc"):
    """Send the period's posts as a file."""

    product: uuid.UUID
    period: Period


class PickProduct(Callback, prefix="statp"):
    """Choose whose numbers are shown."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0
