"""What is done? One model per kind of action: the data model's `actions`, in order, each when the one before is done."""

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from core.automations.shapes.conditions import Conditions
from core.automations.shapes.facts import Facts, parse_facts
from core.automations.shapes.forms import Ask, FieldKind
from core.automations.shapes.problems import ProblemCode, refuse, shown
from core.automations.shapes.values import Address, Clock, Duration, Fixed, Platforms, Shape, Words
from core.templates.kinds import PostKind

MOST = 30  # actions of a rule, those in branches counted
DEEPEST = 3  # branches within branches
_SCHEDULING = {"slot": "next", "queue": "next", "next_free": "next", "best": "optimal"}
_REVIEW = {True: "ask", False: "auto", "required": "ask", "none": "auto"}


def _scheduling(value: Any) -> Any:
    return _SCHEDULING.get(value, value) if isinstance(value, str) else value


def _review(value: Any) -> Any:
    return _REVIEW.get(value, value) if isinstance(value, bool | str) else value


def _facts(value: str) -> str:
    if parse_facts(value) is None:
        raise refuse(ProblemCode.BAD_FACTS, value=shown(value))
    return value


Scheduling = Annotated[
    Literal["now", "at", "optimal", "next", "distributed"],
    BeforeValidator(_scheduling),
    Ask(FieldKind.CHOICE),
]
Review = Annotated[
    Literal["ask", "ask_timeout", "auto"], BeforeValidator(_review), Ask(FieldKind.CHOICE, True)
]
Delay = Annotated[Duration, Ask(FieldKind.DURATION, advanced=True)]
Template = Annotated[str, Field(min_length=1, max_length=255), Ask(FieldKind.TEMPLATE)]


class Action(Shape):
    """What every action may say about its time: ``delay`` after the one before, or ``after`` the trigger (T+4h)."""

    delay: Delay | None = None
    after: Fixed | None = None

    @model_validator(mode="after")
    def _one_time(self) -> "Action":
        if self.delay is not None and self.after is not None:
            raise refuse(ProblemCode.TOGETHER, names=["delay", "after"])
        return self


class Planned(Action):
    """An action whose post goes out: where and when, and whether the owner looks at it first."""

    platforms: Platforms = Field(default_factory=list)  # none named: all that are connected
    scheduling: Scheduling = "optimal"
    time: Clock | None = None  # of the owner's clock, for scheduling "at"
    review: Review | None = None  # None: as the rule's mode says

    @model_validator(mode="after")
    def _has_time(self) -> "Planned":
        if self.scheduling == "at" and self.time is None:
            raise refuse(ProblemCode.NEEDS, names=["time"])
        return self


class Generate(Planned):
    """Write a post from the event's facts, by AI or, without it, from the template."""

    type: Literal["generate"] = "generate"
    template: Template | None = None
    kind: Annotated[PostKind, Ask(FieldKind.CHOICE, advanced=True)] | None = None
    idea: Words | None = None
    # The address of a picture, with variables: {data.image_url}
    media: (
        Annotated[str, Field(min_length=1, max_length=2000), Ask(FieldKind.LONG_TEXT, advanced=True)] | None
    ) = None
    facts: Annotated[str, Field(max_length=40), AfterValidator(_facts), Ask(FieldKind.FACTS, True)] | None = (
        None
    )
    use_ai: Annotated[bool, Ask(FieldKind.FLAG, advanced=True)] = True

    @property
    def facts_wanted(self) -> Facts | None:
        """The source of facts, read."""
        return parse_facts(self.facts) if self.facts else None

    @model_validator(mode="after")
    def _has_matter(self) -> "Generate":
        if not (self.template or self.idea or self.kind):
            raise refuse(ProblemCode.NEEDS, names=["template", "idea", "kind"])
        return self


class Publish(Planned):
    """Put out a text as it stands, or the draft of the step before."""

    type: Literal["publish"] = "publish"
    text: Words | None = None


class Notify(Action):
    """Tell the owner."""

    type: Literal["notify"] = "notify"
    message: Words
    priority: Annotated[Literal["normal", "high"], Ask(FieldKind.CHOICE, advanced=True)] = "normal"


class CrossPromote(Planned):
    """Write about it in another product's channels, in that product's voice."""

    type: Literal["cross_promote"] = "cross_promote"
    product: Annotated[str, Field(min_length=1, max_length=255), Ask(FieldKind.PRODUCT)]
    template: Template | None = None
    kind: Annotated[PostKind, Ask(FieldKind.CHOICE, advanced=True)] | None = None
    idea: Words | None = None
    use_ai: Annotated[bool, Ask(FieldKind.FLAG, advanced=True)] = True


class Repost(Planned):
    """Put the post this is about (or the draft of the step before) out again, word for word."""

    type: Literal["repost"] = "repost"


class Wait(Action):
    """Do nothing for a while."""

    type: Literal["wait"] = "wait"
    delay: Annotated[Duration, Ask(FieldKind.DURATION)] | None = None

    @model_validator(mode="after")
    def _has_length(self) -> "Wait":
        if self.delay is None and self.after is None:
            raise refuse(ProblemCode.NEEDS, names=["delay", "after"])
        return self


class Branch(Action):
    """Go on one way or the other."""

    type: Literal["branch"] = "branch"
    conditions: Conditions | dict[str, Any]
    then: Annotated[list[Any], Ask(FieldKind.ACTIONS)] = Field(default_factory=list)
    otherwise: Annotated[list[Any], Field(alias="else"), Ask(FieldKind.ACTIONS)] = Field(default_factory=list)

    @model_validator(mode="after")
    def _does_something(self) -> "Branch":
        if not self.then and not self.otherwise:
            raise refuse(ProblemCode.NEEDS, names=["then", "else"])
        return self


class SaveAsTemplate(Action):
    """Keep the draft of the step before as a template."""

    type: Literal["save_as_template"] = "save_as_template"
    name: Annotated[str, Field(min_length=1, max_length=255), Ask(FieldKind.TEXT)]


class CallWebhook(Action):
    """Report to an address, signed with the product's webhook secret as NEXUS's own receiver takes it."""

    type: Literal["call_webhook"] = "call_webhook"
    url: Address
    event: Annotated[str, Field(min_length=1, max_length=100), Ask(FieldKind.TEXT)] = "automation.run"
    data: Annotated[dict[str, str], Field(max_length=50), Ask(FieldKind.PAIRS)] = Field(default_factory=dict)


class Pause(Action):
    """Hold this automation, its product, or everything."""

    type: Literal["pause"] = "pause"
    what: Annotated[Literal["automation", "product", "everything"], Ask(FieldKind.CHOICE)] = "automation"
