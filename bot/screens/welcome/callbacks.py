"""Buttons of the first run."""

from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from core.settings.first_run import Step


class GoTo(Callback, prefix="hello"):
    """Stand at this step: on, back, or past it."""

    step: Step


class LikelyZone(Callback, prefix="hellol"):
    """Take one of the zones that are offered at once (by its place)."""

    place: Annotated[int, Field(ge=0, le=99)]


class KeepZone(Callback, prefix="helloz"):
    """Take one of the zones that the typed words may mean (by its place)."""

    place: Annotated[int, Field(ge=0, le=99)]
