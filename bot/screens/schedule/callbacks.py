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


class _About(Callback, prefix="when0"):
    subject: Subject
    id: uuid.UUID
    version: Annotated[int, Field(ge=0, le=99_999)]


class PickTime(_About, prefix="when"):
    """Open the picker."""


class PickDay(_About, prefix="day"):
    """Choose an hour of a day; ``day`` counts days since 1970-01-01 in the owner's zone."""

    day: Annotated[int, Field(ge=0, le=99_999)]


class PickAt(_About, prefix="at"):
    """Show the chosen moment for confirmation; ``at`` is Unix seconds."""

    at: Annotated[int, Field(ge=0, le=9_999_999_999)]


class Plan(_About, prefix="plan"):
    """Put it on the calendar at ``at``; ``force`` overrides gap and daily limit."""

    at: Annotated[int, Field(ge=0, le=9_999_999_999)]
    force: bool = False


class PlanOptimal(_About, prefix="best"):
    """Put it on the calendar at the next good hour."""


class TypeTime(_About, prefix="typet"):
    """Take the next message as the time."""
