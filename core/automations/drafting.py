"""How is a rule edited piece by piece? Each piece with the form of its model; every change gives a whole rule again."""

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from core.automations.saving import Text
from core.automations.shapes.conditions import GroupKind
from core.automations.shapes.forms import FieldKind, FormField
from core.automations.shapes.registry import (
    ACTIONS,
    ALSO_CALLED,
    TRIGGERS,
    action_form,
    condition_form,
    options_form,
    trigger_form,
)
from core.errors import NotFound

Part = Literal["t", "o", "c", "a", "g", "b", "h", "e"]
"""Trigger, options, a condition, an action; in a group a condition; in a branch a condition, what then, what else."""

Listed = Literal["c", "a", "g", "b", "h", "e"]
"""Parts of which there may be any number."""

# A piece within another is found by both numbers in one.
WITHIN = 100
_WAYS: Mapping[str, str] = {"b": "conditions", "h": "then", "e": "else"}

# What a form cannot hold; JSON can.
_CONDITIONS, _ACTIONS = frozenset({"c", "g", "b"}), frozenset({"a", "h", "e"})
WHOLE = frozenset({FieldKind.CONDITIONS, FieldKind.ACTIONS})
_NOTHING: dict[str, Any] = {}
_NONE: Any = None


def new_trigger(kind: str, event: str) -> dict[str, Any]:
    """Return a trigger of ``kind`` to begin with; ``event`` is one that has come in, or a name to be replaced."""
    begin: dict[str, dict[str, Any]] = {
        "event": {"event": event},
        "schedule": {"cron": "0 10 * * 1"},
        "metric": {"metric": "engagement", "condition": "> 2x average"},
    }
    return begin[kind]


def new_action(kind: str, words: str, product: str) -> dict[str, Any]:
    """Return an action of ``kind`` to begin with. ``words`` stand where a text is needed, ``product`` is a slug."""
    begin: dict[str, dict[str, Any]] = {
        "generate": {"idea": words},
        "notify": {"message": words},
        "cross_promote": {"product": product, "idea": words},
        "wait": {"delay": "1h"},
        "branch": {"conditions": [], "then": [{"type": "wait", "delay": "1h"}]},
        "save_as_template": {"name": words},
        "call_webhook": {"url": "https://example.org/hook"},
    }
    return {"type": kind} | begin.get(kind, _NOTHING)


def new_condition(field: str) -> dict[str, Any]:
    """Return a condition to begin with."""
    return {"field": field, "operator": "exists"}


def conditions_of(text: Text) -> list[Any]:
    """Return the conditions that stand in a plain list; those of another shape are edited as JSON."""
    return text.conditions if isinstance(text.conditions, list) else []


def is_simple(condition: object) -> bool:
    """Tell whether it is one comparison, and no group of them."""
    return isinstance(condition, Mapping) and "field" in condition


def part_of(text: Text, part: Part, place: int) -> dict[str, Any]:
    """Return the JSON of a piece. Raises ``NotFound`` when it is gone."""
    if part == "t":
        return text.trigger_config
    if part == "o":
        return text.options
    pieces, number = list_of(text, part, place)
    if not 0 <= number < len(pieces) or not isinstance(pieces[number], dict):
        raise NotFound("this part of the automation is gone")
    piece: dict[str, Any] = pieces[number]
    return piece


def list_of(text: Text, part: Listed, place: int) -> tuple[list[Any], int]:
    """Return the list that a piece stands in, and its number there. Raises ``NotFound`` when there is no such list."""
    if part == "c":
        return conditions_of(text), place
    if part == "a":
        return text.actions, place
    outer, number = divmod(place, WITHIN)
    around = part_of(text, outer_of(part), outer)
    name = group_kind(around) if part == "g" else _WAYS[part]
    if name is None or (part != "g" and kind_of(around) != "branch"):
        raise NotFound("this part of the automation is gone")
    inside = around.setdefault(name, [])
    if part in {"g", "b"} and isinstance(inside, dict):
        inside = around[name] = [inside]
    if not isinstance(inside, list):
        raise NotFound("this part of the automation is gone")
    return inside, number


def outer_of(part: Part) -> Literal["c", "a"]:
    """Return what a piece stands in, or what it is itself when it stands in nothing."""
    return "c" if part in {"c", "g"} else "a"


def group_kind(condition: object) -> str | None:
    """Return how the conditions of a group count; None when it is no group."""
    if not isinstance(condition, Mapping) or "field" in condition:
        return None
    return next((kind.value for kind in GroupKind if kind.value in condition), None)


def form_of(text: Text, part: Part, place: int) -> tuple[FormField, ...]:
    """Return the form of a piece. Raises ``NotFound`` when it is gone, or of a kind nobody knows."""
    piece = part_of(text, part, place)
    if part == "t" and text.trigger_type in TRIGGERS:
        return trigger_form(text.trigger_type)
    if part == "o":
        return options_form()
    if part in _CONDITIONS and is_simple(piece):
        return condition_form()
    if part in _ACTIONS and (kind := kind_of(piece)) in ACTIONS and (part == "a" or kind != "branch"):
        return action_form(kind)
    raise NotFound("this part of the automation has no form")


def kind_of(action: Mapping[str, Any]) -> str:
    """Return the kind of an action's JSON, by the name it has today."""
    named = str(action.get("type") or action.get("action") or "").replace("-", "_")
    return ALSO_CALLED.get(named, named)


def with_value(text: Text, part: Part, place: int, name: str, value: Any) -> Text:
    """Return the rule with a field of a piece changed; None empties it. Whether it can be read shows when it is saved."""
    changed = _copied(text)
    piece = part_of(changed, part, place)
    if value is None:
        piece.pop(name, None)
    else:
        piece[name] = value
    if part in _CONDITIONS and name == "operator":
        _fit(piece)
    if part in _ACTIONS and name == "scheduling" and value == "at":
        piece.setdefault("time", "10:00")
    if part in _ACTIONS and name in {"delay", "after"} and value is not None:
        piece.pop("after" if name == "delay" else "delay", None)  # one time, not two
    if part == "o" and name in {"quiet_from", "quiet_to"}:
        _quiet(piece, name, value)
    return changed


def _fit(condition: dict[str, Any]) -> None:
    """Give a condition whose operator was chosen a value that goes with it; the right one is typed next."""
    operator, first = condition.get("operator"), _NONE
    if operator in {"exists", "not_exists"}:
        condition.pop("value", None)
        return
    wanted: type[Any] | tuple[type[Any], ...]
    if operator in {"in", "not_in"}:
        wanted, first = list, ["gold"]
    elif operator == "between":
        wanted, first = list, [1, 100]
    elif operator == "milestone":
        wanted, first = (list, dict), {"every": 100}
    elif operator in {"starts_with", "ends_with", "matches"}:
        wanted, first = str, "gold"
    elif operator in {">", ">=", "<", "<="}:
        wanted, first = (int, float), 1
    else:
        wanted, first = (str, int, float), 1
    if not isinstance(condition.get("value"), wanted):
        condition["value"] = first


def _quiet(options: dict[str, Any], name: str, value: Any) -> None:
    """A night has two ends: it is set and ended by either."""
    other = "quiet_to" if name == "quiet_from" else "quiet_from"
    if value is None:
        options.pop(other, None)
    else:
        options.setdefault(other, "09:00" if other == "quiet_to" else "22:00")


def with_trigger(text: Text, kind: str, config: dict[str, Any]) -> Text:
    """Return the rule with another trigger."""
    return replace(_copied(text), trigger_type=kind, trigger_config=config)


def with_piece(text: Text, part: Listed, piece: dict[str, Any], outer: int = 0) -> tuple[Text, int]:
    """Return the rule with one more condition or action at the end of its list, and the place it has there."""
    changed = _copied(text)
    if part == "c" and not isinstance(changed.conditions, list):
        # A group of another kind stays whole: what is added has to hold beside it.
        changed = replace(changed, conditions=[changed.conditions] if changed.conditions else [])
    pieces, _ = list_of(changed, part, outer * WITHIN)
    pieces.append(piece)
    number = len(pieces) - 1
    return changed, number if part in {"c", "a"} else outer * WITHIN + number


def without(text: Text, part: Listed, place: int) -> Text:
    """Return the rule without a condition or an action; a group goes with its last. Raises ``NotFound`` when it is gone."""
    changed = _copied(text)
    pieces, number = list_of(changed, part, place)
    if not 0 <= number < len(pieces):
        raise NotFound("this part of the automation is gone")
    del pieces[number]
    if part == "g" and not pieces:
        return without(text, "c", place // WITHIN)
    return changed


def with_group(text: Text, place: int, kind: str) -> Text:
    """Return the rule with a group whose conditions count as ``kind`` says. Raises ``NotFound`` when it is gone."""
    changed = _copied(text)
    group = part_of(changed, "c", place)
    standing = group_kind(group)
    if standing is None:
        raise NotFound("this part of the automation is gone")
    conditions_of(changed)[place] = {kind: group[standing]}
    return changed


def _copied(text: Text) -> Text:
    return replace(
        text,
        trigger_config=copy.deepcopy(text.trigger_config),
        conditions=copy.deepcopy(text.conditions),
        actions=copy.deepcopy(text.actions),
        options=copy.deepcopy(text.options),
    )
