"""What would a rule do? Rehearsed on the last event it waits for, a sample, or all that came in; nothing is changed."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.replies import Refusal
from bot.screens.automations import callbacks as cb
from bot.screens.automations import problems, trying_view
from bot.ui import format as fmt
from bot.ui.pager import Page, clamp
from bot.ui.screen import show
from core.automations import occasions, rehearsing, saving
from core.automations import service as automations
from core.automations.models import Automation
from core.automations.ready_made import ready_made
from core.automations.shapes.problems import InvalidRule
from core.automations.shapes.rule import Rule
from core.automations.shapes.triggers import EventTrigger
from core.errors import NotFound
from core.events.models import Event

_PAGE = 6


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="rules-trying")
    screen.callback_query.register(rehearse, cb.TryRule.filter())
    screen.callback_query.register(choose, cb.ChooseTried.filter())
    screen.callback_query.register(rehearse_on, cb.TryOn.filter())
    screen.callback_query.register(test, cb.BacktestRule.filter())
    return screen


async def rehearse(query: CallbackQuery, callback_data: cb.TryRule, ctx: Context) -> None:
    """Rehearse it once."""
    automation, rule = await _load(ctx, callback_data.automation)
    known, source = await _known(ctx, automation, rule)
    await _show(query, ctx, automation, rule, known, source)


async def choose(query: CallbackQuery, callback_data: cb.ChooseTried, ctx: Context) -> None:
    """Show a page of the stored events it waits for, the newest first, and the sample."""
    automation, rule = await _load(ctx, callback_data.automation)
    found = await _stored(ctx, automation, rule)
    page = Page(clamp(callback_data.offset, _PAGE, len(found)), _PAGE, len(found))
    events = found[page.offset : page.offset + _PAGE]
    await show(query, ctx.bot, trying_view.choose(automation, events, page, ctx.t, ctx.zone, ctx.now))


async def rehearse_on(query: CallbackQuery, callback_data: cb.TryOn, ctx: Context) -> None:
    """Rehearse it on the chosen event, or on the sample."""
    automation, rule = await _load(ctx, callback_data.automation)
    if not callback_data.event:
        known, source = _sample(ctx, automation)
        await _show(query, ctx, automation, rule, known, source)
        return
    for event in await _stored(ctx, automation, rule):
        if cb.event_number(event.id) == callback_data.event:
            known = occasions.of_event(event).known
            await _show(query, ctx, automation, rule, known, "chosen", event.received_at)
            return
    raise NotFound("this event is not stored any more, or lies too far back")


async def _show(
    query: CallbackQuery,
    ctx: Context,
    automation: Automation,
    rule: Rule,
    known: Mapping[str, Any],
    source: str,
    received: datetime | None = None,
) -> None:
    report = await rehearsing.dry_run(ctx.runtime, automation.product_id, rule, known)
    when = fmt.moment(ctx.t, received, ctx.zone, ctx.now) if received is not None else ""
    by_event = isinstance(rule.trigger, EventTrigger)
    model = trying_view.Rehearsal(automation.id, automation.name, source, known, report, when, by_event)
    await show(query, ctx.bot, trying_view.rehearsal(model, ctx.t))


async def _stored(ctx: Context, automation: Automation, rule: Rule) -> list[Event]:
    if not isinstance(rule.trigger, EventTrigger):
        return []
    async with ctx.runtime.unit_of_work() as session:
        return await rehearsing.meant_events(session, automation.product_id, rule.trigger)


async def test(query: CallbackQuery, callback_data: cb.BacktestRule, ctx: Context) -> None:
    """Rehearse it on what came in."""
    automation, rule = await _load(ctx, callback_data.automation)
    found = await rehearsing.backtest(
        ctx.runtime, automation.product_id, rule, days=callback_data.days, now=ctx.now
    )
    by_event = isinstance(rule.trigger, EventTrigger)
    await show(
        query,
        ctx.bot,
        trying_view.backtest(automation.id, automation.name, found, by_event, ctx.t, ctx.zone, ctx.now),
    )


async def _load(ctx: Context, automation_id: uuid.UUID) -> tuple[Automation, Rule]:
    async with ctx.runtime.unit_of_work() as session:
        automation, _ = await automations.get(session, automation_id)
    try:
        return automation, saving.text_of(automation).read()
    except InvalidRule as error:
        raise Refusal("rule-refused", problems=problems.said(error.problems, ctx.t)) from None


async def _known(ctx: Context, automation: Automation, rule: Rule) -> tuple[Mapping[str, Any], str]:
    """Return what would be known, and where that is from: the last event, a ready-made sample, or nothing."""
    async with ctx.runtime.unit_of_work() as session:
        if isinstance(rule.trigger, EventTrigger):
            event = await rehearsing.last_event(session, automation.product_id, rule.trigger)
            if event is not None:
                return occasions.of_event(event).known, "event"
        elif automation.trigger_type == "schedule":
            occasion = await occasions.of_time(session, automation.product_id, ctx.now, ctx.zone)
            return occasion.known, "time"
    return _sample(ctx, automation)


def _sample(ctx: Context, automation: Automation) -> tuple[Mapping[str, Any], str]:
    for one in ready_made(ctx.t.language):
        if one.text.trigger_config == automation.trigger_config:
            return one.sample, "sample"
    return {"event": automation.trigger_config.get("event", "metric"), "data": {}}, "nothing"
