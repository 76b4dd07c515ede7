"""What has to hold? Fields of an event compared with values, in groups: the data model's `conditions`."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError, model_validator

from core.automations.shapes.forms import Ask, FieldKind
from core.automations.shapes.patterns import is_pattern
from core.automations.shapes.problems import (
    InvalidRule,
    Path,
    Problem,
    ProblemCode,
    problems_of,
    refuse,
    shown,
)
from core.automations.shapes.values import FieldPath, Shape

MOST = 50  # conditions of a rule, those in groups counted
DEEPEST = 5  # groups within groups


class Operator(StrEnum):
    """How a field is compared."""

    EQ = "=="
    NE = "!="
    GT = ">"
    GE = ">="
    LT = "<"
    LE = "<="
    IN = "in"
    NOT_IN = "not_in"
    CONTAINS = "contains"
    NOT_CONTAINS = "not_contains"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    MATCHES = "matches"
    EXISTS = "exists"
    NOT_EXISTS = "not_exists"
    BETWEEN = "between"
    MILESTONE = "milestone"

    @property
    def needs_value(self) -> bool:
        """Tell whether the comparison is with something."""
        return self not in {Operator.EXISTS, Operator.NOT_EXISTS}


_ALSO_WRITTEN = {"=": "==", "≠": "!=", "<>": "!=", "≥": ">=", "≤": "<="}
_ORDERED = {Operator.GT, Operator.GE, Operator.LT, Operator.LE}
_LISTS = {Operator.IN, Operator.NOT_IN}
_TEXTS = {Operator.STARTS_WITH, Operator.ENDS_WITH}


def _operator(value: Any) -> Any:
    return _ALSO_WRITTEN.get(value.strip(), value.strip().lower()) if isinstance(value, str) else value


class Condition(Shape):
    """One comparison. ``{"field": "rarity_score", "operator": ">=", "value": 95}``."""

    field: FieldPath
    operator: Annotated[Operator, BeforeValidator(_operator), Ask(FieldKind.CHOICE)] = Operator.EQ
    value: Annotated[Any, Ask(FieldKind.VALUE)] = None

    @model_validator(mode="after")
    def _value_fits(self) -> "Condition":
        if not _fits(self.operator, self.value, given="value" in self.model_fields_set):
            raise refuse(ProblemCode.BAD_VALUE, operator=self.operator.value, value=shown(self.value))
        return self


class GroupKind(StrEnum):
    """How the conditions of a group count."""

    ALL = "all"
    ANY = "any"
    NOT = "not"  # none of them holds


@dataclass(frozen=True, slots=True)
class Group:
    """Several conditions that count as one."""

    kind: GroupKind
    items: tuple["Condition | Group", ...]


Node = Condition | Group


def parse(raw: Any, at: Path = ("conditions",)) -> Group:
    """Read the JSON: a list, of which all have to hold, or one group. Raises ``InvalidRule``."""
    problems: list[Problem] = []
    if raw is None or raw == []:
        return Group(GroupKind.ALL, ())
    if isinstance(raw, list):
        group = Group(GroupKind.ALL, tuple(_list(raw, at, 1, problems)))
    elif isinstance(raw, dict):
        node = _node(raw, at, 1, problems)
        group = node if isinstance(node, Group) else Group(GroupKind.ALL, (node,) if node else ())
    else:
        raise InvalidRule([Problem(at, ProblemCode.NOT_LIST)])
    if len(flat(group)) > MOST:
        problems.append(Problem(at, ProblemCode.TOO_MANY, {"limit": MOST}))
    if problems:
        raise InvalidRule(problems)
    return group


def flat(node: Node) -> list[Condition]:
    """Return every comparison in ``node``."""
    if isinstance(node, Condition):
        return [node]
    return [condition for item in node.items for condition in flat(item)]


def dump(group: Group) -> list[Any]:
    """Return the JSON of a rule's conditions."""
    if group.kind is GroupKind.ALL:
        return [_dumped(item) for item in group.items]
    return [_dumped(group)]


def _dumped(node: Node) -> dict[str, Any]:
    if isinstance(node, Group):
        return {node.kind.value: [_dumped(item) for item in node.items]}
    said: dict[str, Any] = {"field": node.field, "operator": node.operator.value}
    return said | ({"value": node.value} if node.operator.needs_value else {})


def _list(raw: Sequence[Any], at: Path, depth: int, problems: list[Problem]) -> list[Node]:
    if len(raw) > MOST:
        problems.append(Problem(at, ProblemCode.TOO_MANY, {"limit": MOST}))
        return []
    nodes = (_node(item, (*at, number), depth, problems) for number, item in enumerate(raw))
    return [node for node in nodes if node is not None]


def _node(raw: Any, at: Path, depth: int, problems: list[Problem]) -> Node | None:
    if not isinstance(raw, dict):
        problems.append(Problem(at, ProblemCode.NOT_OBJECT))
        return None
    kind = next((kind for kind in GroupKind if kind.value in raw), None)
    if kind is not None and "field" not in raw:
        return _group(kind, raw, at, depth, problems)
    try:
        return Condition.model_validate(raw)
    except ValidationError as error:
        allowed = [*Condition.model_fields, *(kind.value for kind in GroupKind)]
        problems += problems_of(error, at, allowed)
        return None


def _group(
    kind: GroupKind, raw: dict[str, Any], at: Path, depth: int, problems: list[Problem]
) -> Group | None:
    others = [key for key in raw if key != kind.value]
    if others:
        problems.append(Problem((*at, str(others[0])), ProblemCode.UNKNOWN_KEY, {"allowed": [kind.value]}))
        return None
    if depth >= DEEPEST:
        problems.append(Problem(at, ProblemCode.TOO_DEEP, {"limit": DEEPEST}))
        return None
    inside, below = raw[kind.value], (*at, kind.value)
    if isinstance(inside, dict):
        inside = [inside]
    if not isinstance(inside, list):
        problems.append(Problem(below, ProblemCode.NOT_LIST))
        return None
    return Group(kind, tuple(_list(inside, below, depth + 1, problems)))


def _fits(operator: Operator, value: Any, *, given: bool) -> bool:
    """Tell whether ``value`` is something that ``operator`` can compare with."""
    if not operator.needs_value:
        return value is None
    if not given:
        return False
    if operator in _LISTS:
        return isinstance(value, list) and 0 < len(value) <= 200 and all(_is_plain(item) for item in value)
    if operator is Operator.BETWEEN:
        return isinstance(value, list) and len(value) == 2 and all(_has_order(item) for item in value)
    if operator is Operator.MILESTONE:
        return _is_milestone(value)
    if operator is Operator.MATCHES:
        return isinstance(value, str) and value != "" and is_pattern(value)
    if operator in _TEXTS:
        return isinstance(value, str) and value != ""
    return _has_order(value) if operator in _ORDERED else _is_plain(value)


def _is_milestone(value: Any) -> bool:
    """A list of numbers, one number ("every 100"), or ``{"every": 100}``."""
    if isinstance(value, list):
        return 0 < len(value) <= 200 and all(_is_number(item) for item in value)
    every: Any = value.get("every") if isinstance(value, dict) and set(value) == {"every"} else value
    return _is_number(every) and float(every) > 0


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _has_order(value: Any) -> bool:
    return _is_number(value) or (isinstance(value, str) and value != "")


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float | bool)


# The field of the form that asks for a rule's conditions has no limit of its own.
Conditions = Annotated[list[Any], Field(max_length=MOST), Ask(FieldKind.CONDITIONS)]
