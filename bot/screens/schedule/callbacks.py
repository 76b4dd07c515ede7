"""Buttons of the time picker. It serves drafts (with their version) and publications (version 0)."""

import uuid
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback


class Subject(StrEnum):
    """What gets a time."""

    CONTENT = "c"
    PUBLICATION = "p"


class About(Callback, prefix="when0"):
    """What gets a time; the base of the picker's buttons, never sent itself."""

    subject: Subject
    id: uuid.UUID
    version: Annotated[int, Field(ge=0, le=99_999)]


class PickTime(About, prefix="when"):
    """Open the picker."""


class PickMonth(About, prefix="month"):
    """Choose a day of a month; ``month`` counts months since the year 0 in the owner's zone."""

    month: Annotated[int, Field(ge=0, le=99_999)]


class PickDay(About, prefix="day"):
    """Choose an hour of a day; ``day`` counts days since 1970-01-01 in the owner's zone."""

    day: Annotated[int, Field(ge=0, le=99_999)]


class PickAt(About, prefix="at"):
    """Show the chosen moment for confirmation; ``at`` is Unix seconds."""

    at: Annotated[int, Field(ge=0, le=9_999_999_999)]


class Plan(About, prefix="plan"):
    """Put it on the calendar at ``at``; ``force`` overrides the owner's rules, ``spread`` keeps platforms apart."""

    at: Annotated[int, Field(ge=0, le=9_999_999_999)]
    force: bool = False
    spread: bool = False


class PlanOptimal(About, prefix="best"):
    """Put it on the calendar at the best time there is."""


class PlanSlot(About, prefix="slot"):
    """Put it on the calendar in the next free slot."""


class TypeTime(About, prefix="typet"):
    """Take the next message as the time."""
