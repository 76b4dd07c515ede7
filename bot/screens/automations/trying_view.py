"""What is shown of a rehearsal? Whether the rule would act, why, and the posts it would make."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from bot.i18n import Markup, Translator
from bot.screens.automations import callbacks as cb
from bot.screens.automations import labels, why, words
from bot.ui import format as fmt
from bot.ui.formatted import escape
from bot.ui.keyboard import button, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.automations import occasions
from core.automations.models import Automation
from core.automations.rehearsing import Act, Backtest, Report
from core.events.models import Event

_ACTS, _FIRINGS, _ROOM = 8, 5, 2000  # and UTF-16 units of all drafts together


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A dry run, and what it was made on (``source``: event, chosen, time, sample, nothing)."""

    automation_id: uuid.UUID
    name: str
    source: str
    known: Mapping[str, Any]
    report: Report
    when: str = ""  # the chosen event came in
    by_event: bool = False  # others can be chosen


def rehearsal(model: Rehearsal, t: Translator) -> Screen:
    """Draw a dry run."""
    report = model.report
    tree = why.conditions(report.verdict.tree, t)
    blocks: list[str] = [
        t("rule-try-title", name=fmt.short(model.name, 100)),
        t(
            f"rule-try-on-{model.source}",
            data=words.value_of(model.known.get("data"), words.DATA),
            when=model.when,
        ),
        t("rule-try-acts" if report.would_act else "rule-try-rests"),
        "\n".join([t("rule-why-conditions"), *(tree or [t("rule-why-none")])]),
    ]
    room = _ROOM // max(1, min(_ACTS, len(report.acts)))
    blocks += [_act(act, room, t) for act in report.acts[:_ACTS]]
    blocks.append(t("rule-try-nothing-changed"))
    return Screen.of("\n\n".join(blocks), _keyboard(model.automation_id, model.by_event, t))


def backtest(
    automation_id: uuid.UUID,
    name: str,
    found: Backtest,
    by_event: bool,
    t: Translator,
    zone: tzinfo,
    now: datetime,
) -> Screen:
    """Draw a rehearsal on stored events."""
    blocks: list[str] = [t("rule-test-title", name=fmt.short(name, 100), days=found.days)]
    if not by_event:
        blocks.append(t("rule-test-no-events"))
        return Screen.of("\n\n".join(blocks), _keyboard(automation_id, by_event, t))
    lines = [
        t("rule-test-events", n=found.events),
        t("rule-test-fired", n=found.fired),
        t("rule-test-missed", n=found.missed),
    ]
    lines += [
        t("rule-test-limited", n=many, limit=why.reason(limit, t))
        for limit, many in sorted(found.limited.items())
    ]
    if found.cut:
        lines.append(t("rule-test-cut"))
    blocks.append("\n".join(lines))
    for _, moment, acts in found.firings[:_FIRINGS]:
        shown = [fmt.short(act.text, 160) for act in acts if act.text][:2]
        said = [
            t("rule-test-firing", when=fmt.moment(t, moment, zone, now)),
            *(escape(text) for text in shown),
        ]
        blocks.append("\n".join(said))
    return Screen.of("\n\n".join(blocks), _keyboard(automation_id, by_event, t))


def choose(
    automation: Automation, events: Sequence[Event], page: Page, t: Translator, zone: tzinfo, now: datetime
) -> Screen:
    """Draw a page of the events to rehearse on."""
    about = automation.id
    rows = [
        [
            button(
                f"{fmt.moment(t, event.received_at, zone, now)} · {_excerpt(event)}",
                cb.TryOn(automation=about, event=cb.event_number(event.id)),
            )
        ]
        for event in events
    ]
    arrows = pager(page, lambda offset: cb.ChooseTried(automation=about, offset=offset))
    sample = [button(t.label("rule-try-sample"), cb.TryOn(automation=about, event=0))]
    back = [button(t.label("ui-back"), cb.TryRule(automation=about))]
    said = t("rule-try-choose", name=fmt.short(automation.name, 100)) if events else t("rule-try-no-events")
    return Screen.of(said, keyboard(*rows, arrows, sample, back))


def _excerpt(event: Event) -> str:
    data = occasions.of_event(event).known.get("data")
    values = [words.value_of(value, 20) for value in data.values()] if isinstance(data, Mapping) else []
    return fmt.short(", ".join(values), 30) or "–"


def _keyboard(automation_id: uuid.UUID, by_event: bool, t: Translator) -> Any:
    tests = [
        button(t.label("rule-test-days", days=days), cb.BacktestRule(automation=automation_id, days=days))
        for days in (7, 30)
    ]
    others = [button(t.label("rule-try-other"), cb.ChooseTried(automation=automation_id))] if by_event else []
    return keyboard(
        [button(t.label("rule-try-once"), cb.TryRule(automation=automation_id)), *tests],
        others,
        [button(t.label("ui-back"), cb.OpenAutomation(automation=automation_id))],
    )


def _act(act: Act, room: int, t: Translator) -> Markup:
    lines = [t("rule-try-act", path=words.place(act.path, t), what=words.kind(act.kind, t))]
    if act.delay:
        lines.append(t("automation-after", delay=labels.span(act.delay, t)))
    if act.text:
        lines.append(Markup(f"<blockquote>{escape(fmt.short(act.text, room))}</blockquote>"))
    if act.details.get("by_ai"):
        lines.append(t("rule-try-by-ai"))
    if act.problem:
        lines.append(why.reason(act.problem, t))
    if act.missing:
        lines.append(t("rule-why-lacked", names=", ".join(act.missing)))
    return Markup("\n".join(lines))
