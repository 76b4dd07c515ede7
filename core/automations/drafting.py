"""How is a rule edited piece by piece? Each piece with the form of its model; every change gives a whole rule again."""

import copy
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from core.automations.saving import Text
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

Part = Literal["t", "o", "c", "a"]
"""Trigger, options, a condition, an action."""

# What a form cannot hold; JSON can.
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
    pieces = conditions_of(text) if part == "c" else text.actions
    if not 0 <= place < len(pieces) or not isinstance(pieces[place], dict):
        raise NotFound("this part of the automation is gone")
    piece: dict[str, Any] = pieces[place]
    return piece


def form_of(text: Text, part: Part, place: int) -> tuple[FormField, ...]:
    """Return the form of a piece. Raises ``NotFound`` when it is gone, or of a kind nobody knows."""
    piece = part_of(text, part, place)
    if part == "t" and text.trigger_type in TRIGGERS:
        return trigger_form(text.trigger_type)
    if part == "o":
        return options_form()
    if part == "c" and is_simple(piece):
        return condition_form()
    if part == "a" and (kind := kind_of(piece)) in ACTIONS:
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
    if part == "c" and name == "operator":
        _fit(piece)
    if part == "a" and name == "scheduling" and value == "at":
        piece.setdefault("time", "10:00")
    if part == "a" and name in {"delay", "after"} and value is not None:
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


def with_piece(text: Text, part: Literal["c", "a"], piece: dict[str, Any]) -> Text:
    """Return the rule with one more condition or action at its end."""
    changed = _copied(text)
    if part == "a":
        changed.actions.append(piece)
        return changed
    # A group of another kind stays whole: what is added has to hold beside it.
    plain = isinstance(changed.conditions, list)
    standing = changed.conditions if plain else [changed.conditions] if changed.conditions else []
    return replace(changed, conditions=[*standing, piece])


def without(text: Text, part: Literal["c", "a"], place: int) -> Text:
    """Return the rule without a condition or an action. Raises ``NotFound`` when it is gone."""
    changed = _copied(text)
    pieces = conditions_of(changed) if part == "c" else changed.actions
    if not 0 <= place < len(pieces):
        raise NotFound("this part of the automation is gone")
    del pieces[place]
    return changed


def _copied(text: Text) -> Text:
    return replace(
        text,
        trigger_config=copy.deepcopy(text.trigger_config),
        conditions=copy.deepcopy(text.conditions),
        actions=copy.deepcopy(text.actions),
        options=copy.deepcopy(text.options),
    )
