"""Buttons of the plan for a week. What changes it carries the version it was shown with."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.screens.draft.callbacks import Version
from bot.ui.callbacks import Callback
from core.templates.kinds import PostKind

Position = Annotated[int, Field(ge=0, le=9)]


class OpenPlan(Callback, prefix="week"):
    """Show the plan as it is now."""

    plan: uuid.UUID


class PlanWeek(Callback, prefix="weeko"):
    """Open the product's plan, or make one; ``fresh``: a new one in any case."""

    product: uuid.UUID
    fresh: bool = False


class OfPlan(Callback, prefix="week0"):
    """About one version of a plan; the base of its buttons, never sent itself."""

    plan: uuid.UUID
    version: Version


class SetCount(OfPlan, prefix="weekn"):
    """Plan so many posts."""

    count: Position


class OpenPost(OfPlan, prefix="weekp"):
    """Show one post of the plan."""

    position: Position


class SetKind(OfPlan, prefix="wk"):
    """Make the post one of this kind."""

    position: Position
    kind: PostKind


class SetDay(OfPlan, prefix="wd"):
    """Move the post to a day; ``day`` counts days since 1970-01-01."""

    position: Position
    day: Annotated[int, Field(ge=0, le=99_999)]


class AskThought(OfPlan, prefix="wi"):
    """Take the next message as what the post is about."""

    position: Position


class ForgetThought(OfPlan, prefix="wix"):
    """Take the thought away."""

    position: Position


class RemovePost(OfPlan, prefix="wx"):
    """Take the post out of the plan."""

    position: Position


class WriteWeek(OfPlan, prefix="wgo"):
    """Write what is not written yet."""


class StopWriting(OfPlan, prefix="wkstop"):
    """Write no further post."""
