"""Every screen in which a rule is begun, built, rehearsed and explained, with difficult values."""

import uuid
from collections.abc import Callable
from typing import Any, Literal

from bot.i18n import Markup, Translator
from bot.screens.automations import callbacks as cb
from bot.screens.automations import editing_view, nesting_view, problems, starting_view, trying_view, words
from bot.screens.automations.why import why
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.automations import drafting, saving
from core.automations.conditions.evaluating import Verdict
from core.automations.models import Automation, AutomationLog, AutomationStep, RunStatus, StepStatus
from core.automations.ready_made import ready_made
from core.automations.rehearsing import Act, Backtest, Report
from core.automations.shapes.forms import FormField
from core.automations.shapes.problems import Problem, ProblemCode
from core.automations.shapes.registry import ACTIONS, TRIGGERS
from core.events.models import Event
from core.publications.models import PublicationStatus
from core.settings import cron
from core.settings.zones import parse_zone
from tests.bot.samples import ID, NAME, NOW, publication

ZONE = parse_zone("Europe/Moscow")
SCREENS: dict[str, Callable[[Translator], Screen]] = {}
_TREE: dict[str, Any] = {
    "group": "all",
    "held": False,
    "items": [
        {"field": "data.<b>", "operator": ">=", "expected": 95, "actual": "<i>" + "x" * 300, "held": True},
        {"field": "gone", "operator": "exists", "missing": True, "held": False},
        {"field": "slow", "operator": "matches", "expected": "(a+)+", "why": "pattern-too-slow", "held": False},
        {"group": "any", "held": True, "items": [{"group": "not", "held": True, "items": [
            {"field": "a", "operator": "between", "expected": [1, 2], "actual": {"x": [1]}, "held": False}]}]},
    ],
}  # fmt: skip


def automation(**changes: Any) -> Automation:
    """Return a rule as the table has it."""
    values: dict[str, Any] = {
        "id": ID, "product_id": ID, "name": NAME, "trigger_type": "event", "version": 99_999,
        "trigger_config": {"event": "x" * 100, "source": "<b>"}, "conditions": [
            {"field": "f" * 200, "operator": "in", "value": ["<b>"] * 40}, {"any": [{"field": "a", "operator": "exists"}]}],
        "actions": [drafting.new_action(kind, "<b>" + "w" * 900, "other") for kind in ACTIONS],
        "options": {"mode": "ask_timeout", "timeout": "24h", "per_hour": 3, "per_day": 9, "cooldown": "1h",
                    "quiet_from": "22:00", "quiet_to": "08:00"},
    }  # fmt: skip
    return Automation(**(values | changes))


def run(status: str, why_: str | None = None) -> AutomationLog:
    """Return a run."""
    return AutomationLog(
        id=ID, automation_id=ID, event_id=ID, status=status, started_at=NOW, why=why_, conditions=_TREE, next_at=NOW,
        trigger_data={"event": "mint<b>", "data": {"text": "<i>" * 400}},
    )  # fmt: skip


def step(number: int, status: str, **changes: Any) -> AutomationStep:
    """Return a step of a run."""
    values: dict[str, Any] = {
        "id": uuid.UUID(int=number), "run_id": ID, "path": f"{number}.then.0", "kind": [*ACTIONS][number % len(ACTIONS)],
        "status": status, "due_at": NOW, "result": {}, "error_code": None,
    }  # fmt: skip
    return AutomationStep(**(values | changes))


_steps = [step(number, status) for number, status in enumerate(StepStatus)]
_steps += [
    step(11, StepStatus.DONE, kind="generate", result={"content_id": str(ID), "missing": ["a.b", "<b>"]}),
    step(12, StepStatus.SKIPPED, kind="odd <b>", result={"why": "no-draft"}),
    step(13, StepStatus.FAILED, error_code="odd <b>"),
    step(14, StepStatus.DONE, kind="branch", result={"way": "then", "conditions": _TREE}),
]
Draw = Callable[[Translator], Screen]


def _why(status: str) -> Draw:
    reason = "conditions" if status == RunStatus.SKIPPED else None
    return lambda t: why(run(status, reason), NAME, _steps, t, ZONE, NOW)


def _ready(number: int) -> Draw:
    return lambda t: starting_view.one(ready_made(t.language)[number], t, ZONE)


def _form(rule: Automation, part: drafting.Part, place: int = 0) -> Draw:
    text = saving.text_of(rule)
    fields, values = drafting.form_of(text, part, place), drafting.part_of(text, part, place)
    return lambda t: editing_view.part(rule, part, place, fields, values, t)


def _parts(rule: Automation) -> Draw:
    return lambda t: editing_view.parts(rule, saving.text_of(rule), t, ZONE)


def _kinds(rule: Automation, part: Literal["t", "a"]) -> Draw:
    return lambda t: editing_view.kinds(
        rule, cb.ChooseKind(automation=ID, part=part), [*(TRIGGERS if part == "t" else ACTIONS)], t
    )


def _question(part: drafting.Part, place: int, number: int, field: FormField) -> Draw:
    asked = cb.EditField(automation=ID, version=99_999, part=part, place=place, field=number)
    offered: list[Any] = list(field.choices) or ["<b>" * 40, "one", True]
    return lambda t: editing_view.question(automation(), asked, field, "<b>" * 50, offered, t)


def _tried(source: str, held: bool) -> Draw:
    known = {"data": {"x": "<b>" * 99}}
    model = trying_view.Rehearsal(
        ID, NAME, source, known, Report(Verdict(held, _TREE), _acts), "Mon, 2 March 2026, 10:00", True
    )
    return lambda t: trying_view.rehearsal(model, t)


_acts = tuple(
    Act(str(number), kind, "<b>" + "т" * 2000, "2h-4h", ("a.b",), "empty", {"by_ai": True})
    for number, kind in enumerate(ACTIONS)
)
_timed = automation(
    trigger_type="schedule", trigger_config={"cron": "30 2 29 2 *", "timezone": "Europe/Berlin"}
)
_tested = Backtest(30, 5000, 20, 4900, {"cooldown": 70, "limit-day": 10}, ((ID, NOW, _acts),) * 20, True)
SCREENS["why posts"] = lambda t: why(
    run(RunStatus.SUCCESS), NAME, _steps, t, ZONE, NOW, [publication(PublicationStatus.PUBLISHED)] * 9
)
SCREENS["form schedule next times"] = lambda t: editing_view.part(
    _timed, "t", 0, drafting.form_of(saving.text_of(_timed), "t", 0), _timed.trigger_config, t,
    editing_view.next_times(cron.read(_timed.trigger_config, ZONE), t, NOW),
)  # fmt: skip
SCREENS |= {f"why {status}": _why(str(status)) for status in (*RunStatus, "odd <b>")}
SCREENS |= {f"ready-made {number}": _ready(number) for number in range(len(ready_made("ru")))}
SCREENS |= {
    "ready-made list": lambda t: starting_view.ready_made(ready_made(t.language)[:6], Page(0, 6, 11), t),
    "ask json": lambda t: starting_view.ask_json(t, cb.OpenAutomations()),
    "parts": _parts(automation()),
    "parts bad cron": _parts(automation(trigger_type="schedule")),
    "form condition": _form(automation(), "c"),
    "form options": _form(automation(), "o"),
    "kinds of actions": _kinds(automation(), "a"),
    "test": lambda t: trying_view.backtest(ID, NAME, _tested, True, t, ZONE, NOW),
    "test by time": lambda t: trying_view.backtest(ID, NAME, Backtest(7), False, t, ZONE, NOW),
}
for _kind in TRIGGERS:
    _rule = automation(trigger_type=_kind, trigger_config=drafting.new_trigger(_kind, "order.paid"))
    SCREENS |= {f"form {_kind}": _form(_rule, "t"), f"kinds {_kind}": _kinds(_rule, "t")}
_places: list[tuple[drafting.Part, int]] = [("o", 0), ("c", 0)]
_places += [("a", place) for place in range(len(ACTIONS))]
for _part, _place in _places:
    SCREENS[f"form {_part}{_place}"] = _form(automation(), _part, _place)
    for _number, _field in enumerate(drafting.form_of(saving.text_of(automation()), _part, _place)):
        SCREENS[f"question {_part}{_place} {_field.name}"] = _question(_part, _place, _number, _field)
for _source in ("event", "chosen", "time", "sample", "nothing"):
    SCREENS |= {f"try {_source} {held}": _tried(_source, held) for held in (True, False)}

_nested: list[Any] = [
    {"any": [{"field": "f" * 200, "operator": "milestone", "value": {"every": 100}}] * 40},
    {"not": [{"all": [{"field": "a", "operator": "exists"}]}]},
]
_branch: dict[str, Any] = {
    "type": "branch", "conditions": [*_nested, {"field": "<b>", "operator": "in", "value": ["<i>"]}],
    "then": [drafting.new_action(kind, "<b>" + "w" * 900, "other") for kind in ACTIONS] * 2, "else": [],
}  # fmt: skip
_holding = automation(
    conditions=_nested, actions=[_branch, {"type": "branch", "conditions": [], "then": [{"type": "repost"}]}]
)
_event = Event(
    id=ID, event_type="mint", payload={"event": "mint", "data": {"x": "<b>" * 99, "y": [1]}}, received_at=NOW
)
SCREENS |= {
    "parts nested": _parts(_holding),
    "group": lambda t: nesting_view.group(_holding, 0, _nested[0], t),
    "group deep": lambda t: nesting_view.group(_holding, 99, _nested[1], t),
    "branch": lambda t: nesting_view.branch(_holding, 99, _branch, t),
    "branch small": lambda t: nesting_view.branch(_holding, 1, _holding.actions[1], t),
    "try choose": lambda t: trying_view.choose(_holding, [_event] * 6, Page(6, 6, 99), t, ZONE, NOW),
    "try choose none": lambda t: trying_view.choose(_holding, [], Page(0, 6, 0), t, ZONE, NOW),
    "kinds of a way": lambda t: editing_view.kinds(
        _holding, cb.ChooseKind(automation=ID, part="e", outer=99), [*ACTIONS], t
    ),
}


def every_problem(t: Translator) -> list[Markup]:
    """Return what is said of each kind of problem."""
    params = {"value": "<b>", "allowed": ["a", "b"], "names": ["x", "y"], "limit": 3, "operator": "in"}
    return [problems.line(Problem(("actions", 1, "platforms", 0), code, params), t) for code in ProblemCode]


def every_option(t: Translator) -> list[Markup]:
    """Return every way a rule may act, in words."""
    return [
        line for mode in words.MODES for line in words.options({"mode": mode, "on_timeout": "publish"}, t)
    ]
