"""Every screen of pauses, automations and events, with difficult values."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from bot.i18n import Translator
from bot.screens.automations import view
from bot.screens.events import callbacks as event_cb
from bot.screens.events import view as events
from bot.screens.events.receiving_view import receiving
from bot.screens.pause import view as pause
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.events.service import Outcome
from core.publications.pausing import Resumed
from core.settings import cron
from core.settings.zones import parse_zone
from tests.bot.samples import ID, NAME, NOW

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
ZONE = parse_zone("Europe/Moscow")
CRONS = (
    "0 10 * * 1", "*/15 * * * *", "5 * * * *", "0 */6 * * *", "30 9 * * *", "0 9 1,15 * *", "0 8 * * mon-fri",
    "0 0 13 * 5", "0 0 29 2 *", "0 12 * 1 *", "0 0 * * 0,6", "*/1 * * * *", "1-5 * * * *", "0 0 L * *",
)  # fmt: skip
OPERATORS = (
    "==", "!=", ">", ">=", "<", "<=", "in", "not_in", "contains", "not_contains", "starts_with", "ends_with",
    "matches", "exists", "not_exists", "between", "milestone", "<odd>",
)  # fmt: skip
_ACTIONS: list[Any] = [
    {"type": "generate", "template": NAME, "platforms": ["twitter", "discord"], "scheduling": "optimal"},
    {"type": "cross_promote", "product": NAME, "delay": "2h-4h", "scheduling": {"at": "<b>"}},
    {"type": "webhook", "url": "https://example.com/secret?token=hidden"},
    {"type": "notify", "message": "<b>" + "о" * 900},
    *({"type": kind} for kind in ("publish", "repost", "wait", "branch", "save_template", "pause", "odd <b>")),
    "not an object", {}, *[{"type": "wait", "delay": "5m"}] * 40,
]  # fmt: skip
_TRIGGERS: dict[str, dict[str, Any]] = {
    "event": {"event": "mint<b>", "source": "webhook"},
    "event bare": {},
    "metric": {"metric": "engagement", "condition": "> 2x average"},
    "metric odd": {"metric": ["<b>"], "condition": {"a": 1}},
    "odd": {"x": "y"},
}
_TRIGGERS |= {f"schedule {number}": {"cron": line, "timezone": "UTC+3"} for number, line in enumerate(CRONS)}
_TRIGGERS["schedule never"] = {"cron": CRONS[0]}
_TRIGGERS["schedule bad"] = {"cron": "every monday <b>"}


def rule(**changes: Any) -> view.Rule:
    """Return an automation."""
    values: dict[str, Any] = {
        "automation_id": ID, "name": NAME, "description": "<b>&" * 300, "product_name": NAME, "trigger_type": "event",
        "trigger_config": _TRIGGERS["event"], "conditions": [], "actions": _ACTIONS, "enabled": True,
        "last_triggered": NOW, "trigger_count": 5, "runs": 21,
    }  # fmt: skip
    return view.Rule(**(values | changes))


def _one(found: view.Rule) -> Callable[[Translator], Screen]:
    return lambda t: view.automation(found, t, ZONE, NOW)


_conditions: list[Any] = [{"field": "data.<b>", "operator": name, "value": [1, "x"]} for name in OPERATORS]
_nested: list[Any] = [
    {"all": [{"any": [{"not": {"field": "a", "operator": ">", "value": 1}}]}, *_conditions]},
    {"any": [{"all": [{"any": [{"all": [{"field": "deep"}]}]}]}]},
    "odd",
    {"odd": "<b>"},
]
for _name, _config in _TRIGGERS.items():
    _kind = _name.split()[0]
    _schedule = None
    if _kind == "schedule" and _name != "schedule bad":
        _schedule = cron.read(_config, ZONE)
    SCREENS[f"automation {_name}"] = _one(
        rule(
            trigger_type=_kind,
            trigger_config=_config,
            schedule=_schedule,
            next_run=_schedule.next_run(NOW) if _schedule and _name != "schedule never" else None,
        )
    )
_rules = [rule(), rule(enabled=False, last_triggered=None)] * 3
_runs = [
    view.Run(status, NOW, "Why <b>" * 200, [{"action": "generate", "result": "<b>" * 100}] * 9)
    for status in ("success", "failed", "skipped", "<odd>")
]
_event = events.EventView(
    ID,
    "mint<b>" * 14,
    NAME,
    NOW,
    Outcome.STARTED,
    payload={"<b>": ["о" * 50] * 300},
    started=5,
    replayed=True,
)
_pausing = pause.PauseModel(
    paused=True, since=NOW, waiting=99_999, page=Page(8, 8, 99), automations=3,
    products=[pause.ProductState(ID, NAME, NOW), pause.ProductState(ID, NAME, None)] * 4,
)  # fmt: skip
_going = pause.PauseModel(paused=False, since=None, waiting=1, products=[], page=Page(0, 8, 0), automations=0)
_unknown = pause.PauseModel(
    paused=True, since=None, waiting=0, products=[], page=Page(0, 8, 0), automations=0
)
_narrowed = event_cb.OpenEvents(product=ID, kind=2**32 - 1, outcome=Outcome.NOTHING, offset=8)
SCREENS |= {
    "automation conditions": _one(rule(conditions=_conditions, actions=_ACTIONS[:3])),
    "automation nested": _one(rule(conditions=_nested, actions=_ACTIONS[:3], description=None)),
    "automations": lambda t: view.automations(_rules, Page(6, 6, 99), ID, t, ZONE, NOW),
    "automations empty": lambda t: view.automations([], Page(0, 6, 0), None, t, ZONE, NOW),
    "automation log": lambda t: view.runs(rule(), _runs, Page(5, 5, 21), t, ZONE, NOW),
    "automation log empty": lambda t: view.runs(rule(), [], Page(0, 5, 0), t, ZONE, NOW),
    "automation delete 0?": lambda t: view.ask_delete(rule(runs=0), t, NOW),
    "automation delete?": lambda t: view.ask_delete(rule(), t, NOW),
    "pause": lambda t: pause.pause(_pausing, t, ZONE),
    "pause going": lambda t: pause.pause(_going, t, ZONE),
    "pause unknown": lambda t: pause.pause(_unknown, t, ZONE),
    "pause which": lambda t: pause.which(_pausing.products, [(ID, NAME)] * 3, NAME, t),
    "resumed": lambda t: pause.pause(_going, t, ZONE).noticed(
        pause.resumed_lines(Resumed(asked=1, skipped=2, spread=5, now=21), t)
    ),
    "events": lambda t: events.events([_event] * 8, _narrowed, [NAME, NAME], Page(8, 8, 99), t, ZONE, NOW),
    "events empty": lambda t: events.events(
        [], event_cb.OpenEvents(), [], Page(0, 8, 0), t, ZONE, NOW, takes=False
    ),
    "events none": lambda t: events.events([], _narrowed, ["x"], Page(0, 8, 0), t, ZONE, NOW),
    "event last page": lambda t: events.event(_event, 9_999, t, ZONE, NOW + timedelta(days=900)),
    "event": lambda t: events.event(_event, 0, t, ZONE, NOW),
    "event bare": lambda t: events.event(
        events.EventView(ID, "x", "y", NOW, Outcome.NOTHING, payload={}), 3, t, ZONE, NOW
    ),
    "event waiting": lambda t: events.event(
        events.EventView(ID, "x", "y", NOW, Outcome.WAITING, payload={}), 0, t, ZONE, NOW
    ),
    "event replay?": lambda t: events.ask_replay(_event, t, NOW),
    "receiving": lambda t: receiving(180, 600, t),
    "receiving otherwise": lambda t: receiving(3650, 1_000_000, t),
    "receiving for ever": lambda t: receiving(None, 60, t),
    "events ask age": lambda t: events.ask_age(None, "", dict.fromkeys(events.AGES, 99_999), t),
    "events ask age of": lambda t: events.ask_age(ID, NAME, dict.fromkeys(events.AGES, 0), t),
}
for _by in event_cb.By:
    _about = event_cb.NarrowEvents(product=ID, kind=2**32 - 1, by=_by, offset=8)
    _choice = events.Choice(NAME, event_cb.OpenEvents(product=ID, kind=2**32 - 1), chosen=True)
    SCREENS[f"events choose {_by}"] = (
        lambda about, choice: lambda t: events.choices(about, [choice] * 8, Page(8, 8, 99), t)
    )(_about, _choice)
for _count in (0, 1, 3, 99):
    SCREENS[f"events clear {_count}?"] = (
        lambda n: lambda t: events.ask_clear(event_cb.AskClear(days=30), "", n, 10**10 - 1, t)
    )(_count)
    SCREENS[f"events clear of {_count}?"] = (
        lambda n: lambda t: events.ask_clear(event_cb.AskClear(product=ID, days=1), NAME, n, 10**10 - 1, t)
    )(_count)
_last = [
    view.Run(status, NOW, "Why <b>" * 200, [], ID, reason)
    for status, reason in (("success", None), ("skipped", "conditions"), ("failed", "odd <b>" * 9))
]
SCREENS["automation last runs"] = _one(rule(last=_last, conditions=_conditions))
