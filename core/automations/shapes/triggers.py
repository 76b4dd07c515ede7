"""What starts an automation? An event, a time, or a number: the data model's `trigger_config`."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from core.automations.shapes.comparisons import Comparison, parse_comparison
from core.automations.shapes.forms import Ask, FieldKind
from core.automations.shapes.problems import ProblemCode, refuse, shown
from core.automations.shapes.values import Fixed, Platforms, Shape, Zone
from core.errors import InvalidInput
from core.settings import cron
from core.settings.zones import parse_zone

# Numbers a metric trigger can watch.
Metric = Literal[
    "engagement", "engagement_rate", "followers", "reach", "impressions", "likes", "comments", "shares", "views",
    "clicks", "posts",
]  # fmt: skip


def _event(value: str) -> str:
    """A name, or one that ends in ``.*`` or is ``*``: any event that begins so."""
    head = value.removesuffix("*")
    if "*" in head or (value.endswith("*") and head and not head.endswith(".")):
        raise refuse(ProblemCode.BAD_VALUE, value=shown(value))
    return value


def _cron(value: str) -> str:
    try:
        cron.read({"cron": value}, parse_zone("UTC"))
    except InvalidInput:
        raise refuse(ProblemCode.BAD_CRON, value=shown(value)) from None
    return value


def _comparison(value: str) -> str:
    if parse_comparison(value) is None:
        raise refuse(ProblemCode.BAD_COMPARISON, value=shown(value))
    return value


class EventTrigger(Shape):
    """Something a product reports. ``{"event": "mint", "source": "webhook"}``; ``order.*`` is any that begins so."""

    event: Annotated[str, Field(min_length=1, max_length=100), AfterValidator(_event), Ask(FieldKind.EVENT)]
    source: Annotated[str, Field(max_length=100), Ask(FieldKind.SOURCE, advanced=True)] | None = None

    @property
    def is_pattern(self) -> bool:
        """Tell whether it means more than one event."""
        return self.event.endswith("*")


class ScheduleTrigger(Shape):
    """A time. ``{"cron": "0 10 * * 1", "timezone": "UTC+3"}``; without a zone, the owner's."""

    cron: Annotated[str, Field(max_length=100), AfterValidator(_cron), Ask(FieldKind.CRON)]
    timezone: Zone | None = None
    # What becomes of times that passed while NEXUS did not run: one of them is made up for, or none.
    catch_up: Annotated[Literal["one", "none"], Ask(FieldKind.CHOICE, advanced=True)] = "one"


class MetricTrigger(Shape):
    """A number. ``{"metric": "engagement", "condition": "> 2x average"}``."""

    metric: Annotated[Metric, Ask(FieldKind.CHOICE)]
    condition: Annotated[str, Field(max_length=100), AfterValidator(_comparison), Ask(FieldKind.COMPARISON)]
    platforms: Platforms = Field(default_factory=list)  # none named: all together
    window: Fixed = "30d"  # how far back the average goes
    min_sample: Annotated[int, Field(ge=1, le=1000), Ask(FieldKind.NUMBER, advanced=True)] = 10

    @property
    def comparison(self) -> Comparison:
        """The condition, read."""
        read = parse_comparison(self.condition)
        if read is None:
            raise ValueError("the condition was checked")
        return read

    @model_validator(mode="after")
    def _makes_sense(self) -> "MetricTrigger":
        if self.metric == "followers" and self.comparison.kind == "average":
            raise refuse(ProblemCode.BAD_COMPARISON, value=self.condition)
        return self


Trigger = EventTrigger | ScheduleTrigger | MetricTrigger
