"""What do /automations and its buttons do?"""

from datetime import UTC, datetime, timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.automations import callbacks as cb
from bot.screens.automations import describing, editing, starting, trying, view, why
from bot.screens.automations.loading import automation_screen, rule_of, run_of
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, show
from core.automations import service as automations

_PAGE = 6
_RUNS = 5


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="automations")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.include_routers(
        starting.router(), why.router(), trying.router(), editing.router(), describing.router()
    )
    screen.message.register(open_list, Command("automations"))
    screen.callback_query.register(turn_page, cb.OpenAutomations.filter())
    screen.callback_query.register(open_one, cb.OpenAutomation.filter())
    screen.callback_query.register(switch, cb.SwitchAutomation.filter())
    screen.callback_query.register(open_runs, cb.OpenRuns.filter())
    screen.callback_query.register(ask_delete, cb.AskDeleteAutomation.filter())
    screen.callback_query.register(delete, cb.DeleteAutomation.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.AboutAutomation, ctx: Context) -> None:
    """Draw the rule as it is now."""
    screen = await automation_screen(ctx, data.automation)
    await show(query, ctx.bot, screen.noticed(ctx.t("rule-stale")))


async def open_list(message: Message, ctx: Context, state: FSMContext) -> None:
    """Show the first page of all automations."""
    await state.clear()
    await show(message, ctx.bot, await automations_screen(ctx, cb.OpenAutomations()))


async def turn_page(
    query: CallbackQuery, callback_data: cb.OpenAutomations, ctx: Context, state: FSMContext
) -> None:
    """Show the asked page; what was being typed is left."""
    await state.clear()
    await show(query, ctx.bot, await automations_screen(ctx, callback_data))


async def open_one(
    query: CallbackQuery, callback_data: cb.OpenAutomation, ctx: Context, state: FSMContext
) -> None:
    """Show one rule; it is also the way back from its questions."""
    await state.clear()
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
        rule = rule_of(ctx, *await automations.get(session, callback_data.automation))
        total = await automations.count_runs(session, rule.automation_id)
        page = Page(clamp(callback_data.offset, _RUNS, total), _RUNS, total)
        found = [
            run_of(run)
            for run in await automations.runs(session, rule.automation_id, offset=page.offset, limit=_RUNS)
        ]
    await show(query, ctx.bot, view.runs(rule, found, page, ctx.t, ctx.zone, ctx.now))


async def ask_delete(query: CallbackQuery, callback_data: cb.AskDeleteAutomation, ctx: Context) -> None:
    """Ask before deleting."""
    async with ctx.runtime.unit_of_work() as session:
        found = await automations.get(session, callback_data.automation)
        runs = await automations.count_runs(session, callback_data.automation)
    await show(query, ctx.bot, view.ask_delete(rule_of(ctx, *found, runs=runs), ctx.t, ctx.now))


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
    rules = [rule_of(ctx, automation, product) for automation, product in found]
    return view.automations(rules, page, asked.product, ctx.t, ctx.zone, ctx.now)
