"""Buttons of the repeats: choosing a rhythm step by step, and what is done with a repeat."""

import uuid
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.screens.draft.callbacks import Version
from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET


class Every(StrEnum):
    """How often a post is repeated."""

    DAY = "d"
    WORKDAY = "w"
    WEEK = "k"
    MONTH = "m"


# Of the week (0 is Monday) or of the month (the 28th is the last that every month has); 0 where there is no choice.
Day = Annotated[int, Field(ge=0, le=28)]
Minutes = Annotated[int, Field(ge=0, le=24 * 60 - 1)]  # since midnight, as a clock shows it


class OfPost(Callback, prefix="reppst"):
    """A post and the version that is to be repeated."""

    content: uuid.UUID
    version: Version


class AskRepeat(OfPost, prefix="repask"):
    """Ask how often."""


class AskDay(OfPost, prefix="repday"):
    """Ask for the day of the week, or of the month."""

    every: Every


class AskHour(OfPost, prefix="rephr"):
    """Ask at what time."""

    every: Every
    day: Day = 0


class TypeHour(OfPost, prefix="reptyp"):
    """Have the time typed."""

    every: Every
    day: Day = 0


class LookAtRepeat(OfPost, prefix="replok"):
    """Say the chosen rhythm back, with the next dates."""

    every: Every
    minutes: Minutes
    day: Day = 0


class StartRepeat(OfPost, prefix="repgo"):
    """Repeat it."""

    every: Every
    minutes: Minutes
    day: Day = 0


class OpenRepeats(Callback, prefix="reps"):
    """Open the list at ``offset``."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class OpenRepeat(Callback, prefix="rep"):
    """Open one repeat."""

    repeat: uuid.UUID


class OfRepeat(Callback, prefix="repof"):
    """A repeat and the state it was shown in."""

    repeat: uuid.UUID
    version: Version


class SwitchRepeat(OfRepeat, prefix="repsw"):
    """Switch it on or off."""

    on: bool


class StopRepeat(OfRepeat, prefix="repend"):
    """End it for good."""
