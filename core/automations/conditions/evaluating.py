"""Do a rule's conditions hold, and why? Each comparison with what was there and what was wanted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from core.automations.conditions import milestones
from core.automations.conditions.comparing import TooSlow, holds, number_of
from core.automations.conditions.looking import MISSING, look_up
from core.automations.shapes.conditions import Condition, Group, GroupKind, Node, Operator

_TEXT, _ITEMS, _DEPTH = 300, 20, 4  # what is kept of an actual value


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of it. ``tree`` is JSON for the log; ``seen`` are the numbers to be remembered for milestones."""

    held: bool
    tree: dict[str, Any]
    seen: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class _Sight:
    known: Mapping[str, Any]
    highest: Mapping[str, float]
    seen: dict[str, float] = field(default_factory=dict)
    passing: set[str] = field(default_factory=set)  # fields of which a milestone was passed


def evaluate(group: Group, known: Mapping[str, Any], highest: Mapping[str, float] | None = None) -> Verdict:
    """Evaluate ``group`` on ``known``; ``highest`` holds, by field, the most that was seen of each number so far.

    Every comparison is made, also where the group is decided already: the log is to tell all of it. A milestone that
    was passed while other conditions did not hold counts as not seen yet.
    """
    sight = _Sight(known, highest or {})
    tree = _node(group, sight)
    held = bool(tree["held"])
    seen = {
        name: number for name, number in sight.seen.items() if held or name not in sight.passing
    }  # fmt: skip
    return Verdict(held, tree, seen)


def _node(node: Node, sight: _Sight) -> dict[str, Any]:
    if isinstance(node, Condition):
        return _condition(node, sight)
    items = [_node(item, sight) for item in node.items]
    said = [bool(item["held"]) for item in items]
    held = all(said) if node.kind is GroupKind.ALL else any(said) is (node.kind is GroupKind.ANY)
    return {"group": node.kind.value, "held": held, "items": items}


def _condition(condition: Condition, sight: _Sight) -> dict[str, Any]:
    value = look_up(sight.known, condition.field)
    told: dict[str, Any] = {"field": condition.field, "operator": condition.operator.value}
    if condition.operator.needs_value:
        told["expected"] = condition.value
    if value is MISSING:
        told["missing"] = True
    else:
        told["actual"] = _kept(value)
    try:
        if condition.operator is Operator.MILESTONE:
            held = _milestone(condition, value, sight, told)
        else:
            held = holds(condition.operator, value, condition.value)
    except TooSlow:
        held, told["why"] = False, "pattern-too-slow"
    return told | {"held": held}


def _milestone(condition: Condition, value: Any, sight: _Sight, told: dict[str, Any]) -> bool:
    number = number_of(value)
    if number is None:
        return False
    name, highest = condition.field, sight.highest.get(condition.field)
    sight.seen[name] = max(float(number), highest if highest is not None else float(number))
    reached = milestones.passed(value, condition.value, highest)
    if highest is not None:
        told["before"] = highest
    if reached is None:
        return False
    sight.passing.add(name)
    told["passed"] = float(reached)
    return True


def _kept(value: Any, depth: int = 0) -> Any:
    """A value as it is logged: short, and without what JSON in PostgreSQL cannot hold."""
    if isinstance(value, str):
        return value if len(value) <= _TEXT else value[: _TEXT - 1] + "…"
    if isinstance(value, bool | None):
        return value
    if isinstance(value, int | float):
        return value if number_of(value) is not None else str(type(value).__name__)
    if depth >= _DEPTH:
        return "…"
    if isinstance(value, Mapping):
        return {str(key)[:_TEXT]: _kept(inner, depth + 1) for key, inner in list(value.items())[:_ITEMS]}
    if isinstance(value, list):
        return [_kept(inner, depth + 1) for inner in value[:_ITEMS]]
    return str(value)[:_TEXT]
