"""Is this a rule? The JSON of one automation, read as a whole; every problem is found at once and named by its path."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import ValidationError

from core.automations.shapes import actions as kinds
from core.automations.shapes import conditions
from core.automations.shapes.actions import Action, Branch
from core.automations.shapes.conditions import Group
from core.automations.shapes.forms import keys_of
from core.automations.shapes.options import Options
from core.automations.shapes.problems import InvalidRule, Path, Problem, ProblemCode, problems_of, shown
from core.automations.shapes.registry import ACTIONS, ALSO_CALLED, TRIGGERS
from core.automations.shapes.triggers import Trigger
from core.automations.shapes.values import Shape

_Model = TypeVar("_Model", bound=Shape)
# A branch is a number and one of these; a step is found by the numbers and names that lead to it.
THEN, ELSE = "then", "else"


@dataclass(frozen=True, slots=True)
class Step:
    """One action with its place: ``"1"``, ``"2.then.0"``. Branches carry what is in them."""

    path: str
    action: Action
    conditions: Group | None = None
    then: tuple["Step", ...] = ()
    otherwise: tuple["Step", ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A whole automation, checked."""

    trigger: Trigger
    conditions: Group
    steps: tuple[Step, ...]
    options: Options


def parse_rule(
    *, trigger_type: str, trigger_config: Any, conditions_: Any, actions: Any, options: Any = None
) -> Rule:
    """Read a rule. Raises ``InvalidRule`` with everything that is wrong."""
    problems: list[Problem] = []
    trigger = _trigger(trigger_type, trigger_config, problems)
    group = _conditions(conditions_, problems)
    steps = _steps(actions, problems)
    chosen = _shape(Options, options or {}, ("options",), problems)
    if problems or trigger is None or group is None or chosen is None:
        raise InvalidRule(problems)
    return Rule(trigger, group, steps, chosen)


def parse_trigger(kind: str, config: Any) -> Trigger:
    """Read a trigger alone. Raises ``InvalidRule``."""
    problems: list[Problem] = []
    trigger = _trigger(kind, config, problems)
    if problems or trigger is None:
        raise InvalidRule(problems)
    return trigger


def parse_actions(raw: Any) -> tuple[Step, ...]:
    """Read the actions alone. Raises ``InvalidRule``."""
    problems: list[Problem] = []
    steps = _steps(raw, problems)
    if problems:
        raise InvalidRule(problems)
    return steps


def parse_options(raw: Any) -> Options:
    """Read the options alone. Raises ``InvalidRule``."""
    problems: list[Problem] = []
    options = _shape(Options, raw or {}, ("options",), problems)
    if problems or options is None:
        raise InvalidRule(problems)
    return options


def walk(steps: Sequence[Step]) -> Iterator[Step]:
    """Go through all steps, those in branches included."""
    for step in steps:
        yield step
        yield from walk(step.then)
        yield from walk(step.otherwise)


def dump(rule: Rule) -> dict[str, Any]:
    """Return the JSON of a rule: what is not said otherwise stays unsaid."""
    return {
        "trigger_config": rule.trigger.model_dump(mode="json", exclude_unset=True),
        "conditions": conditions.dump(rule.conditions),
        "actions": [_dumped(step) for step in rule.steps],
        "options": {"version": rule.options.version}
        | rule.options.model_dump(mode="json", exclude_unset=True),
    }


def _dumped(step: Step) -> dict[str, Any]:
    said = step.action.model_dump(mode="json", exclude_unset=True, by_alias=True)
    kind = next(name for name, model in ACTIONS.items() if type(step.action) is model)
    if step.conditions is not None:
        said["conditions"] = conditions.dump(step.conditions)
        said |= {name: [_dumped(one) for one in inner] for name, inner in _ways(step) if inner}
    return {"type": kind} | said


def _ways(step: Step) -> tuple[tuple[str, tuple[Step, ...]], ...]:
    return (THEN, step.then), (ELSE, step.otherwise)


def _trigger(kind: str, config: Any, problems: list[Problem]) -> Trigger | None:
    model = TRIGGERS.get(kind)
    if model is None:
        problems.append(
            Problem(
                ("trigger_type",), ProblemCode.UNKNOWN_KIND, {"value": shown(kind), "allowed": [*TRIGGERS]}
            )
        )
        return None
    return _shape(model, config, ("trigger_config",), problems)


def _conditions(raw: Any, problems: list[Problem]) -> Group | None:
    try:
        return conditions.parse(raw)
    except InvalidRule as error:
        problems += error.problems
        return None


def _steps(raw: Any, problems: list[Problem]) -> tuple[Step, ...]:
    if not isinstance(raw, list):
        problems.append(Problem(("actions",), ProblemCode.NOT_LIST))
        return ()
    if not raw:
        problems.append(Problem(("actions",), ProblemCode.TOO_SHORT, {"limit": 1}))
    steps = _list(raw, ("actions",), "", 1, problems)
    if sum(1 for _ in walk(steps)) > kinds.MOST:
        problems.append(Problem(("actions",), ProblemCode.TOO_MANY, {"limit": kinds.MOST}))
    return steps


def _list(raw: Any, at: Path, prefix: str, depth: int, problems: list[Problem]) -> tuple[Step, ...]:
    if not isinstance(raw, list):
        problems.append(Problem(at, ProblemCode.NOT_LIST))
        return ()
    if len(raw) > kinds.MOST:
        problems.append(Problem(at, ProblemCode.TOO_MANY, {"limit": kinds.MOST}))
        return ()
    steps = (
        _step(item, (*at, number), f"{prefix}{number}", depth, problems) for number, item in enumerate(raw)
    )
    return tuple(step for step in steps if step is not None)


def _step(raw: Any, at: Path, path: str, depth: int, problems: list[Problem]) -> Step | None:
    if not isinstance(raw, Mapping):
        problems.append(Problem(at, ProblemCode.NOT_OBJECT))
        return None
    given = dict(raw)
    if "type" not in given and "action" in given:
        given["type"] = given.pop("action")
    named = given.pop("type", None)
    if named is None:
        problems.append(Problem((*at, "type"), ProblemCode.MISSING, {"allowed": [*ACTIONS]}))
        return None
    kind = str(named).strip().lower().replace("-", "_")
    model = ACTIONS.get(ALSO_CALLED.get(kind, kind))
    if model is None:
        told = {"value": shown(named), "allowed": [*ACTIONS]}
        problems.append(Problem((*at, "type"), ProblemCode.UNKNOWN_KIND, told))
        return None
    action = _shape(model, given, at, problems)
    if not isinstance(action, Branch):
        return Step(path, action) if action is not None else None
    if depth > kinds.DEEPEST:
        problems.append(Problem(at, ProblemCode.TOO_DEEP, {"limit": kinds.DEEPEST}))
        return None
    try:
        group = conditions.parse(action.conditions, (*at, "conditions"))
    except InvalidRule as error:
        problems += error.problems
        return None
    then = _list(action.then, (*at, THEN), f"{path}.{THEN}.", depth + 1, problems)
    otherwise = _list(action.otherwise, (*at, ELSE), f"{path}.{ELSE}.", depth + 1, problems)
    return Step(path, action, group, then, otherwise)


def _shape(model: type[_Model], raw: Any, at: Path, problems: list[Problem]) -> _Model | None:
    try:
        return model.model_validate(dict(raw) if isinstance(raw, Mapping) else raw)
    except ValidationError as error:
        problems += problems_of(error, at, keys_of(model))
        return None
