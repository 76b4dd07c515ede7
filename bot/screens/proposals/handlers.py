"""What happens when the owner decides about what an automation proposes? A second tap finds it decided and only redraws."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.i18n import Markup
from bot.middlewares.taps import RedrawStale
from bot.screens.draft.card import redraw_everywhere
from bot.screens.proposals import callbacks as cb
from bot.screens.proposals import view
from bot.screens.proposals.loading import load_proposal, load_rule
from bot.ui.screen import show
from core.automations import autonomy, deciding


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="proposals")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(approve, cb.ApproveProposal.filter())
    screen.callback_query.register(reject, cb.RejectProposal.filter())
    screen.callback_query.register(grant, cb.GrantAutonomy.filter())
    screen.callback_query.register(keep_asking, cb.KeepAsking.filter())
    return screen


async def redraw_stale(
    query: CallbackQuery,
    data: cb.ApproveProposal | cb.RejectProposal | cb.GrantAutonomy | cb.KeepAsking,
    ctx: Context,
) -> None:
    """Show how it stands now."""
    if isinstance(data, cb.GrantAutonomy | cb.KeepAsking):
        rule = await load_rule(ctx.runtime, data.automation)
        await show(query, ctx.bot, view.offer(rule, 0, data.version, ctx.t))
        return
    await _redraw(query, data, ctx, ctx.t("proposal-stale"))


async def approve(query: CallbackQuery, callback_data: cb.ApproveProposal, ctx: Context) -> None:
    """Approve the version and plan it as the rule wishes."""
    async with ctx.runtime.unit_of_work() as session:
        await deciding.approve(session, callback_data.content, version=callback_data.version, now=ctx.now)
    await _redraw(query, callback_data, ctx)


async def reject(query: CallbackQuery, callback_data: cb.RejectProposal, ctx: Context) -> None:
    """Put the draft away."""
    async with ctx.runtime.unit_of_work() as session:
        await deciding.reject(session, callback_data.content, version=callback_data.version, now=ctx.now)
    await _redraw(query, callback_data, ctx)


async def grant(query: CallbackQuery, callback_data: cb.GrantAutonomy, ctx: Context) -> None:
    """Let the rule act by itself."""
    async with ctx.runtime.unit_of_work() as session:
        await autonomy.grant(session, callback_data.automation, version=callback_data.version)
    rule = await load_rule(ctx.runtime, callback_data.automation)
    await show(query, ctx.bot, view.offer(rule, 0, callback_data.version, ctx.t))


async def keep_asking(query: CallbackQuery, callback_data: cb.KeepAsking, ctx: Context) -> None:
    """Let the rule go on asking."""
    async with ctx.runtime.unit_of_work() as session:
        await autonomy.decline(session, callback_data.automation, version=callback_data.version)
    rule = await load_rule(ctx.runtime, callback_data.automation)
    await show(query, ctx.bot, view.declined(rule, ctx.t))


async def _redraw(
    query: CallbackQuery,
    data: cb.ApproveProposal | cb.RejectProposal,
    ctx: Context,
    notice: Markup | None = None,
) -> None:
    model = await load_proposal(ctx.runtime, data.content)
    await show(query, ctx.bot, view.proposal(model, ctx.t, ctx.zone, ctx.now, notice))
    await redraw_everywhere(ctx.runtime, ctx.bot, data.content)
