"""How freely does an automation act? Its mode, its limits, its quiet hours and how far it may set itself off."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from core.automations.shapes.forms import Ask, FieldKind
from core.automations.shapes.problems import ProblemCode, refuse
from core.automations.shapes.values import Clock, Fixed, Shape

VERSION: Literal[1] = 1  # of all shapes; a stored rule says which one it was written by


class Options(Shape):
    """Beyond the data model, in the column `automations.options`."""

    version: Literal[1] = VERSION
    mode: Annotated[Literal["ask", "ask_timeout", "auto"], Ask(FieldKind.CHOICE)] = "ask"
    timeout: Annotated[Fixed, Ask(FieldKind.DURATION)] = "24h"
    on_timeout: Annotated[Literal["publish", "drop"], Ask(FieldKind.CHOICE)] = "drop"
    per_hour: Annotated[int, Field(ge=1, le=1000), Ask(FieldKind.NUMBER)] | None = None
    per_day: Annotated[int, Field(ge=1, le=10_000), Ask(FieldKind.NUMBER)] | None = None
    cooldown: Fixed | None = None  # least time between two runs
    quiet_from: Clock | None = None  # a run that starts between these two waits for the end
    quiet_to: Clock | None = None
    hops: Annotated[int, Field(ge=0, le=10), Ask(FieldKind.NUMBER, advanced=True)] = 3
    offer_after: Annotated[int, Field(ge=0, le=100), Ask(FieldKind.NUMBER, advanced=True)] = 5

    @model_validator(mode="after")
    def _whole_night(self) -> "Options":
        if (self.quiet_from is None) != (self.quiet_to is None):
            raise refuse(ProblemCode.NEEDS, names=["quiet_from", "quiet_to"])
        return self
