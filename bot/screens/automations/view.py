"""What do the automations screens show? The list, one rule in words, and the log of its runs."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any

from bot.i18n import Markup, Translator
from bot.screens.automations import callbacks as cb
from bot.screens.automations import labels, problems, why, words
from bot.screens.home.callbacks import Home
from bot.ui import format as fmt
from bot.ui.confirm import confirm
from bot.ui.formatted import escape
from bot.ui.keyboard import Style, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.automations.shapes.problems import Problem
from core.settings.cron import Schedule

_TEXT = 3500  # UTF-16 units of a rule's words, so that the message fits with what stands around them


@dataclass(frozen=True, slots=True)
class Rule:
    """An automation with what can be worked out from it."""

    automation_id: uuid.UUID
    name: str
    description: str | None
    product_name: str
    trigger_type: str
    trigger_config: Mapping[str, Any]
    conditions: Sequence[Any]
    actions: Sequence[Any]
    enabled: bool
    last_triggered: datetime | None
    trigger_count: int
    schedule: Schedule | None = None
    next_run: datetime | None = None
    runs: int = 0
    options: Mapping[str, Any] = field(default_factory=dict)
    version: int = 1
    problems: Sequence[Problem] = ()
    last: Sequence["Run"] = ()  # the newest first


@dataclass(frozen=True, slots=True)
class Run:
    """One row of the log."""

    status: str
    started_at: datetime
    error_message: str | None
    actions: Sequence[Any]
    run_id: uuid.UUID | None = None
    why: str | None = None


def automations(
    rules: Sequence[Rule], page: Page, product: uuid.UUID | None, t: Translator, zone: tzinfo, now: datetime
) -> Screen:
    """Draw a page of the list."""
    home = [button(t.label("ui-home"), Home())]
    new = [
        [
            button(
                t.label("automations-ready-made"),
                cb.OpenReadyMade(),
                style=Style.PRIMARY if not rules else None,
            )
        ],
        [
            button(t.label("automations-new"), cb.NewRule()),
            button(t.label("automations-json"), cb.NewFromJson()),
        ],
    ]
    if not rules:
        return Screen.of(t("automations-empty"), keyboard(*new, home))
    blocks = [_line(rule, t, zone, now) for rule in rules]
    names = [
        button(f"{_mark(rule)} {fmt.short(rule.name, 40)}", cb.OpenAutomation(automation=rule.automation_id))
        for rule in rules
    ]
    arrows = pager(page, lambda offset: cb.OpenAutomations(product=product, offset=offset))
    return Screen.of(
        "\n\n".join([t("automations-title", n=page.total), *blocks]),
        keyboard(*grid(names, 1), arrows, *new, home),
    )


def automation(rule: Rule, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw one rule."""
    identifier = rule.automation_id
    blocks = [
        t("automation-title", mark=_mark(rule), name=rule.name, product=fmt.short(rule.product_name, 100)),
        escape(fmt.short(rule.description, 300)) if rule.description else "",
        f"{t('automation-unreadable')}\n{problems.said(rule.problems, t)}" if rule.problems else "",
        "\n".join([t("automation-head-when"), *_when(rule, t, zone, now)]),
        "\n".join(
            [t("automation-head-if"), *(words.conditions(rule.conditions, t) or [t("automation-always")])]
        ),
        _block("automation-head-do", words.actions(rule.actions, t), t),
        "\n".join([t("automation-head-how"), *words.options(rule.options, t)]),
        _ran(rule, t, zone, now),
        "\n".join([t("automation-head-runs"), *(_last(run, t, zone, now) for run in rule.last)])
        if rule.last
        else "",
    ]
    switch = button(
        t.label("automation-switch-off" if rule.enabled else "automation-switch-on"),
        cb.SwitchAutomation(automation=identifier, on=not rule.enabled),
        style=None if rule.enabled or rule.problems else Style.SUCCESS,
    )
    mode = str(rule.options.get("mode", "ask"))
    modes = [
        button(
            f"{'✓ ' if one == mode else ''}{labels.mode(one, t)}",
            cb.SetMode(automation=identifier, version=rule.version, mode=one),
        )
        for one in words.MODES
    ]
    log = button(t.label("automation-log", n=rule.runs), cb.OpenRuns(automation=identifier))
    return Screen.of(
        "\n\n".join(block for block in blocks if block),
        keyboard(
            [switch, log],
            [
                button(t.label("rule-try"), cb.TryRule(automation=identifier)),
                button(t.label("rule-edit"), cb.OpenParts(automation=identifier)),
            ],
            modes,
            [
                button(t.label("rule-rename"), cb.RenameRule(automation=identifier, version=rule.version)),
                button(t.label("rule-export"), cb.ExportRule(automation=identifier)),
                button(t.label("automation-delete"), cb.AskDeleteAutomation(automation=identifier)),
            ],
            [button(t.label("automations-back"), cb.OpenAutomations()), button(t.label("ui-home"), Home())],
        ),
    )


def runs(rule: Rule, found: Sequence[Run], page: Page, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw a page of the log."""
    blocks = [_run(run, t, zone, now) for run in found] or [t("automation-log-empty")]
    arrows = pager(page, lambda offset: cb.OpenRuns(automation=rule.automation_id, offset=offset))
    whys = [
        button(t.label("rule-why", when=fmt.moment(t, run.started_at, zone, now)), cb.OpenRun(run=run.run_id))
        for run in found
        if run.run_id is not None
    ]
    back = button(t.label("ui-back"), cb.OpenAutomation(automation=rule.automation_id))
    return Screen.of(
        "\n\n".join([t("automation-log-title", name=fmt.short(rule.name, 100), n=page.total), *blocks]),
        keyboard(*grid(whys, 1), arrows, [back, button(t.label("ui-home"), Home())]),
    )


def ask_delete(rule: Rule, t: Translator, now: datetime) -> Screen:
    """Ask before deleting."""
    return confirm(
        t,
        t("automation-ask-delete", name=rule.name, n=rule.runs),
        yes=cb.DeleteAutomation(automation=rule.automation_id, asked=int(now.timestamp())),
        no=cb.OpenAutomation(automation=rule.automation_id),
        yes_label=t.label("automation-delete"),
        style=Style.DANGER,
    )


def _mark(rule: Rule) -> str:
    return "🟢" if rule.enabled else "⏸"


def _line(rule: Rule, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    said = [
        t("automations-line", mark=_mark(rule), name=fmt.short(rule.name), product=fmt.short(rule.product_name, 40)),
        *_when(rule, t, zone, now),
        _ran(rule, t, zone, now),
    ]  # fmt: skip
    return Markup("\n".join(said))


def _when(rule: Rule, t: Translator, zone: tzinfo, now: datetime) -> list[Markup]:
    lines = [words.trigger(rule.trigger_type, rule.trigger_config, rule.schedule, t)]
    if rule.next_run is not None:
        lines.append(t("automation-next", when=fmt.when(t, rule.next_run, zone, now)))
    elif rule.schedule is not None:
        lines.append(t("automation-never"))
    return lines


def _ran(rule: Rule, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    if rule.last_triggered is None:
        return t("automation-ran-never")
    return t("automation-ran", n=rule.trigger_count, when=fmt.moment(t, rule.last_triggered, zone, now))


def _last(run: Run, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    """Say on one line when a run was and how it ended."""
    said = _outcome(run, t, zone, now)
    return t("automation-last-run", run=said, reason=why.reason(run.why, t)) if run.why else said


def _outcome(run: Run, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    key = run.status if run.status in {"success", "failed", "skipped", "running", "cancelled"} else "other"
    return t(f"automation-run-{key}", when=fmt.moment(t, run.started_at, zone, now), status=run.status)


def _block(title: str, lines: Sequence[Markup], t: Translator) -> str:
    return "\n".join([t(title), *(lines or [t("automation-nothing")])])


def _run(run: Run, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    lines = [_outcome(run, t, zone, now)]
    if run.why:
        lines.append(t("automation-run-reason", reason=why.reason(run.why, t)))
    elif run.error_message:
        lines.append(t("automation-run-reason", reason=fmt.short(run.error_message, 300)))
    lines += [t("automation-run-action", text=_done(item, t)) for item in run.actions[:5]]
    return Markup("\n".join(lines))


def _done(item: Any, t: Translator) -> str:
    """Say one entry of the log: the action, and whether it was done."""
    if not isinstance(item, Mapping) or "action" not in item:
        return words.value_of(item)
    mark = {"success": "✅", "failed": "❌", "skipped": "⏭"}.get(str(item.get("result")), "•")
    return f"{mark} {words.kind(str(item['action']), t)}"
