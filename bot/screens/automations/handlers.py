"""What do /automations and its buttons do?"""

import uuid
from datetime import UTC, datetime, timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.automations import callbacks as cb
from bot.screens.automations import view
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, show
from core.automations import service as automations
from core.automations.models import Automation
from core.errors import InvalidInput
from core.products.models import Product
from core.settings import cron

_PAGE = 6
_RUNS = 5


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="automations")
    screen.message.register(open_list, Command("automations"))
    screen.callback_query.register(turn_page, cb.OpenAutomations.filter())
    screen.callback_query.register(open_one, cb.OpenAutomation.filter())
    screen.callback_query.register(switch, cb.SwitchAutomation.filter())
    screen.callback_query.register(open_runs, cb.OpenRuns.filter())
    screen.callback_query.register(ask_delete, cb.AskDeleteAutomation.filter())
    screen.callback_query.register(delete, cb.DeleteAutomation.filter())
    return screen


async def open_list(message: Message, ctx: Context, state: FSMContext) -> None:
    """Show the first page of all automations."""
    await state.clear()
    await show(message, ctx.bot, await automations_screen(ctx, cb.OpenAutomations()))


async def turn_page(query: CallbackQuery, callback_data: cb.OpenAutomations, ctx: Context) -> None:
    """Show the asked page."""
    await show(query, ctx.bot, await automations_screen(ctx, callback_data))


async def open_one(query: CallbackQuery, callback_data: cb.OpenAutomation, ctx: Context) -> None:
    """Show one rule."""
    await show(query, ctx.bot, await automation_screen(ctx, callback_data.automation))


async def switch(query: CallbackQuery, callback_data: cb.SwitchAutomation, ctx: Context) -> None:
    """Switch it on or off; a second tap finds it so and only redraws."""
    async with ctx.runtime.unit_of_work() as session:
        await automations.switch(session, callback_data.automation, on=callback_data.on)
        found, _ = await automations.get(session, callback_data.automation)
    key = "automation-switched-on" if callback_data.on else "automation-switched-off"
    screen = await automation_screen(ctx, callback_data.automation)
    await show(query, ctx.bot, screen.noticed(ctx.t(key, name=found.name)))


async def open_runs(query: CallbackQuery, callback_data: cb.OpenRuns, ctx: Context) -> None:
    """Show a page of the log."""
    async with ctx.runtime.unit_of_work() as session:
        rule = _rule(ctx, *await automations.get(session, callback_data.automation))
        total = await automations.count_runs(session, rule.automation_id)
        page = Page(clamp(callback_data.offset, _RUNS, total), _RUNS, total)
        found = [
            view.Run(
                run.status,
                run.started_at,
                run.error_message,
                run.actions_executed or [],
                run.why,
                run.conditions,
            )
            for run in await automations.runs(session, rule.automation_id, offset=page.offset, limit=_RUNS)
        ]
    await show(query, ctx.bot, view.runs(rule, found, page, ctx.t, ctx.zone, ctx.now))


async def ask_delete(query: CallbackQuery, callback_data: cb.AskDeleteAutomation, ctx: Context) -> None:
    """Ask before deleting."""
    async with ctx.runtime.unit_of_work() as session:
        found = await automations.get(session, callback_data.automation)
        runs = await automations.count_runs(session, callback_data.automation)
    await show(query, ctx.bot, view.ask_delete(_rule(ctx, *found, runs=runs), ctx.t, ctx.now))


async def delete(query: CallbackQuery, callback_data: cb.DeleteAutomation, ctx: Context) -> None:
    """Delete it, unless it has changed since the question; a second tap finds it gone."""
    # The button carries whole seconds: what was changed within that one was on the screen.
    asked = datetime.fromtimestamp(callback_data.asked, UTC) + timedelta(seconds=1)
    async with ctx.runtime.unit_of_work() as session:
        removed = await automations.remove(session, callback_data.automation, unchanged_since=asked)
    screen = await automations_screen(ctx, cb.OpenAutomations())
    await show(query, ctx.bot, screen.noticed(ctx.t("automation-deleted" if removed else "automation-kept")))


async def automations_screen(ctx: Context, asked: cb.OpenAutomations) -> Screen:
    """Load and draw a page of the list."""
    async with ctx.runtime.unit_of_work() as session:
        total = await automations.count(session, product_id=asked.product)
        page = Page(clamp(asked.offset, _PAGE, total), _PAGE, total)
        found = await automations.list_page(
            session, product_id=asked.product, offset=page.offset, limit=_PAGE
        )
    rules = [_rule(ctx, automation, product) for automation, product in found]
    return view.automations(rules, page, asked.product, ctx.t, ctx.zone, ctx.now)


async def automation_screen(ctx: Context, automation_id: uuid.UUID) -> Screen:
    """Load and draw one rule. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        automation, product = await automations.get(session, automation_id)
        runs = await automations.count_runs(session, automation_id)
    return view.automation(_rule(ctx, automation, product, runs=runs), ctx.t, ctx.zone, ctx.now)


def _rule(ctx: Context, automation: Automation, product: Product, *, runs: int = 0) -> view.Rule:
    schedule = None
    if automation.trigger_type == "schedule":
        try:
            schedule = cron.read(automation.trigger_config, ctx.zone)
        except InvalidInput:
            schedule = None  # the words say that it cannot be read
    return view.Rule(
        automation_id=automation.id,
        name=automation.name,
        description=automation.description,
        product_name=product.name,
        trigger_type=automation.trigger_type,
        trigger_config=automation.trigger_config,
        conditions=automation.conditions,
        actions=automation.actions,
        enabled=automation.enabled,
        last_triggered=automation.last_triggered,
        trigger_count=automation.trigger_count,
        schedule=schedule,
        next_run=schedule.next_run(ctx.now) if schedule is not None else None,
        runs=runs,
    )
