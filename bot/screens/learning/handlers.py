"""What do the buttons of the learned rules do?"""

import uuid

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.learning import callbacks as cb
from bot.screens.learning import view
from bot.screens.learning.loading import load_rule, load_rules
from bot.ui.screen import show
from core.learning import service as learning


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="learning")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(open_rules, cb.OpenRules.filter())
    screen.callback_query.register(open_rule, cb.OpenRule.filter())
    screen.callback_query.register(accept, cb.AcceptRule.filter())
    screen.callback_query.register(dismiss, cb.DismissRule.filter())
    screen.callback_query.register(undo, cb.UndoRule.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.AboutRule, ctx: Context) -> None:
    """Draw the rule as it is now."""
    await _redraw(query, ctx, data.proposal, "learning-stale")


async def open_rules(query: CallbackQuery, callback_data: cb.OpenRules, ctx: Context) -> None:
    """Show a page of the product's rules."""
    await show(query, ctx.bot, await load_rules(ctx, callback_data.product, callback_data.offset))


async def open_rule(query: CallbackQuery, callback_data: cb.OpenRule, ctx: Context) -> None:
    """Show one rule with one of its edits."""
    model = await load_rule(ctx.runtime, callback_data.proposal, callback_data.offset)
    await show(query, ctx.bot, view.rule(model, ctx.t, ctx.now))


async def accept(query: CallbackQuery, callback_data: cb.AcceptRule, ctx: Context) -> None:
    """Take the rule into the voice."""
    async with ctx.runtime.unit_of_work() as session:
        await learning.accept(session, callback_data.proposal, ctx.now)
    await _redraw(query, ctx, callback_data.proposal, "learning-accepted")


async def dismiss(query: CallbackQuery, callback_data: cb.DismissRule, ctx: Context) -> None:
    """Leave the voice as it is."""
    async with ctx.runtime.unit_of_work() as session:
        await learning.dismiss(session, callback_data.proposal, ctx.now)
    await _redraw(query, ctx, callback_data.proposal, "learning-dismissed")


async def undo(query: CallbackQuery, callback_data: cb.UndoRule, ctx: Context) -> None:
    """Take the rule back out of the voice."""
    async with ctx.runtime.unit_of_work() as session:
        await learning.undo(session, callback_data.proposal, ctx.now)
    await _redraw(query, ctx, callback_data.proposal, "learning-undone")


async def _redraw(query: CallbackQuery, ctx: Context, proposal_id: uuid.UUID, key: str) -> None:
    model = await load_rule(ctx.runtime, proposal_id)
    await show(query, ctx.bot, view.rule(model, ctx.t, ctx.now).noticed(ctx.t(key)))
