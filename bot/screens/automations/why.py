"""Why did a run do what it did? Its occasion, each condition with what was there, each step with what came of it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.i18n import Markup, Translator
from bot.screens.automations import callbacks as cb
from bot.screens.automations import words
from bot.screens.draft.callbacks import SendCard
from bot.screens.events.callbacks import OpenEvent
from bot.screens.queue.callbacks import OpenPublication
from bot.ui import format as fmt
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen, show
from core.automations import service as automations
from core.automations.models import AutomationLog, AutomationStep, RunStatus, StepStatus
from core.publications import queries as publications
from core.publications.queries import PublicationView

CODES = {
    "conditions", "cooldown", "limit-hour", "limit-day", "paused", "paused-product", "hops", "invalid", "switched-off",
    "changed", "deleted", "no-channel", "no-template", "no-product", "no-secret", "empty", "private-address", "gave-up",
    "transient", "no-draft", "put-away", "no-post", "name-taken",
}  # fmt: skip
_STEP = {
    StepStatus.DONE: "✅", StepStatus.FAILED: "❌", StepStatus.SKIPPED: "⏭", StepStatus.WAITING: "⏳", StepStatus.BEGUN: "⏳",
}  # fmt: skip
_STEPS = 12
_DEEPEST = 4
_POSTS = 6  # publications with a button


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="rules-why")
    screen.callback_query.register(open_run, cb.OpenRun.filter())
    return screen


async def open_run(query: CallbackQuery, callback_data: cb.OpenRun, ctx: Context) -> None:
    """Show one run."""
    async with ctx.runtime.unit_of_work() as session:
        run, automation, steps = await automations.run_with_steps(session, callback_data.run)
        posts = await publications.of_contents(session, _drafts(steps), _POSTS)
    await show(query, ctx.bot, why(run, automation.name, steps, ctx.t, ctx.zone, ctx.now, posts))


def why(
    run: AutomationLog,
    name: str,
    steps: Sequence[AutomationStep],
    t: Translator,
    zone: tzinfo,
    now: datetime,
    posts: Sequence[PublicationView] = (),
) -> Screen:
    """Draw one run."""
    known = run.trigger_data or {}
    blocks: list[str] = [
        t("rule-why-title", name=fmt.short(name, 100), when=fmt.moment(t, run.started_at, zone, now)),
        t(
            "rule-why-event",
            event=words.value_of(known.get("event")),
            data=words.value_of(known.get("data"), words.DATA),
        ),
        _outcome(run, t, zone, now),
    ]
    tree = conditions(run.conditions, t) if run.conditions else []
    blocks.append("\n".join([t("rule-why-conditions"), *(tree or [t("rule-why-none")])]))
    if steps:
        shown = [line for step in steps[:_STEPS] for line in _step(step, t, zone, now)]
        blocks.append("\n".join([t("rule-why-steps"), *shown]))
    rows = [[button(t.label("rule-why-draft"), SendCard(content=content))] for content in _drafts(steps)[:3]]
    rows += grid(
        [
            button(
                t.label("rule-why-post", outlet=fmt.short(post.outlet, 30)),
                OpenPublication(publication=post.publication_id),
            )
            for post in posts[:_POSTS]
        ],
        2,
    )
    if run.event_id is not None:
        rows.append([button(t.label("rule-why-open-event"), OpenEvent(event=run.event_id))])
    back = button(t.label("ui-back"), cb.OpenRuns(automation=run.automation_id))
    return Screen.of("\n\n".join(blocks), keyboard(*rows, [back]))


def conditions(tree: Mapping[str, Any], t: Translator, depth: int = 0) -> list[Markup]:
    """Return a line for each comparison of an evaluated tree: what was wanted, and what was there."""
    indent = "\u2003" * depth
    if "group" not in tree:
        return [Markup(indent + _compared(tree, t))]
    items = [item for item in tree.get("items", []) if isinstance(item, Mapping)]
    if depth == 0 and tree["group"] == "all":
        return [line for item in items for line in conditions(item, t)]
    title = t("rule-why-group", mark=_mark(tree), kind=t(f"automation-group-{tree['group']}"))
    inner = [line for item in items for line in conditions(item, t, depth + 1)] if depth < _DEEPEST else []
    return [Markup(indent + title), *inner]


def reason(code: str, t: Translator) -> Markup:
    """Say why nothing was done, or why it failed."""
    return t(f"rule-why-because-{code}") if code in CODES else t("rule-why-because-other", code=code)


def _compared(tree: Mapping[str, Any], t: Translator) -> Markup:
    wanted = words.condition({**tree, "value": tree.get("expected")}, t)
    key = "rule-why-missing" if tree.get("missing") else "rule-why-was"
    was = t(key, mark=_mark(tree), wanted=wanted, actual=words.value_of(tree.get("actual")))
    if tree.get("why") == "pattern-too-slow":
        was = Markup(f"{was} · {t('rule-why-slow')}")
    return was


def _mark(tree: Mapping[str, Any]) -> str:
    return "✅" if tree.get("held") else "❌"


def _outcome(run: AutomationLog, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    status = RunStatus(run.status) if run.status in set(RunStatus) else None
    said = t(f"rule-why-is-{status.value}") if status else Markup(words.said(run.status))
    if run.why:
        said = Markup(f"{said}\n{reason(run.why, t)}")
    if run.status == RunStatus.RUNNING and run.next_at is not None:
        said = Markup(f"{said}\n{t('rule-why-next', when=fmt.when(t, run.next_at, zone, now))}")
    return said


def _step(step: AutomationStep, t: Translator, zone: tzinfo, now: datetime) -> list[Markup]:
    mark = _STEP.get(StepStatus(step.status), "•") if step.status in set(StepStatus) else "•"
    what = words.kind(step.kind, t)
    lines = [t("rule-why-step", mark=mark, path=words.place(step.path, t), what=what)]
    if step.status == StepStatus.WAITING and step.due_at > now:
        lines.append(
            t("rule-why-step-note", note=t("rule-why-next", when=fmt.when(t, step.due_at, zone, now)))
        )
    if step.kind == "branch" and isinstance(step.result.get("conditions"), Mapping):
        lines += conditions(step.result["conditions"], t, 1)
    code = step.error_code or step.result.get("why")
    if isinstance(code, str):
        lines.append(t("rule-why-step-note", note=reason(code, t)))
    if step.result.get("picture"):
        lines.append(t("rule-why-step-note", note=t("proposal-because-picture")))
    missing = step.result.get("missing")
    if isinstance(missing, list) and missing:
        lines.append(t("rule-why-step-note", note=t("rule-why-lacked", names=words.value_of(missing))))
    return lines


def _drafts(steps: Sequence[AutomationStep]) -> list[uuid.UUID]:
    found: list[uuid.UUID] = []
    for step in steps:
        try:
            content = uuid.UUID(str(step.result.get("content_id")))
        except ValueError:
            continue
        if content not in found:
            found.append(content)
    return found
