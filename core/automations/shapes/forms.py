"""How is a parameter typed in? The kind of each field, so that a form can be made from a model and never from a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Le, MaxLen
from pydantic import BaseModel
from pydantic.fields import FieldInfo


class FieldKind(StrEnum):
    """What a field asks for."""

    TEXT = "text"
    LONG_TEXT = "long_text"  # a text with variables in braces
    NUMBER = "number"
    FLAG = "flag"
    CHOICE = "choice"
    DURATION = "duration"  # "5m", "2h-4h"
    TIME = "time"  # "18:30"
    CRON = "cron"
    ZONE = "zone"
    EVENT = "event"  # the name of an event; those that have come in are worth offering
    SOURCE = "source"
    COMPARISON = "comparison"  # "> 2x average"
    PRODUCT = "product"  # slug of another product
    TEMPLATE = "template"  # name or key of a template
    PLATFORMS = "platforms"  # any number of the product's
    ADDRESS = "address"
    FACTS = "facts"  # "daily_stats: 7d"
    PAIRS = "pairs"  # names and texts
    PATH = "path"  # of a field in the event: "data.amount"
    VALUE = "value"  # any JSON value
    CONDITIONS = "conditions"
    ACTIONS = "actions"


@dataclass(frozen=True, slots=True)
class Ask:
    """A mark on a field of a model: how it is asked for. ``advanced`` ones may stand behind a button."""

    kind: FieldKind
    advanced: bool = False


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form. Its label and hint are the screen's, under the model's and the field's names."""

    name: str  # as in the JSON
    kind: FieldKind
    required: bool
    default: Any = None
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    limit: int | None = None  # characters of a text
    advanced: bool = False


def form_of(model: type[BaseModel]) -> tuple[FormField, ...]:
    """Return the fields of ``model`` in their order; those without a mark (``type``) are not asked for."""
    return tuple(
        _field(info.alias or name, info, ask)
        for name, info in model.model_fields.items()
        if (ask := _ask_of(info)) is not None
    )


def keys_of(model: type[BaseModel]) -> list[str]:
    """Return the keys the model's JSON may have."""
    return [info.alias or name for name, info in model.model_fields.items()]


def _ask_of(info: FieldInfo) -> Ask | None:
    # The last one is the outermost: a field may say otherwise than the type it uses.
    return next((mark for mark in reversed(_marks(info)) if isinstance(mark, Ask)), None)


def _field(name: str, info: FieldInfo, ask: Ask) -> FormField:
    marks = _marks(info)
    return FormField(
        name=name,
        kind=ask.kind,
        required=info.is_required(),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        choices=_choices(info.annotation),
        minimum=next((float(str(mark.ge)) for mark in marks if isinstance(mark, Ge)), None),
        maximum=next((float(str(mark.le)) for mark in marks if isinstance(mark, Le)), None),
        limit=next((mark.max_length for mark in marks if isinstance(mark, MaxLen)), None),
        advanced=ask.advanced,
    )


def _marks(info: FieldInfo) -> list[Any]:
    return [*info.metadata, *_within(info.annotation)]


def _within(annotation: Any) -> list[Any]:
    """Marks inside of an optional type: ``Annotated[…] | None``."""
    found: list[Any] = []
    if get_origin(annotation) is Annotated:
        first, *marks = get_args(annotation)
        return [mark for each in marks for mark in _flat(each)] + _within(first)
    if get_origin(annotation) is Union or type(annotation).__name__ == "UnionType":
        for part in get_args(annotation):
            found += _within(part)
    return found


def _flat(mark: Any) -> Sequence[Any]:
    return mark.metadata if isinstance(mark, FieldInfo) else [mark]


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(str(value) for value in get_args(annotation))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return tuple(member.value for member in annotation)
    for part in get_args(annotation):
        if choices := _choices(part):
            return choices
    return ()
