"""What do /usage and its buttons do?"""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.usage import view
from bot.screens.usage.callbacks import Cut, OpenUsage
from bot.ui.screen import Screen, show
from core.ai import reporting
from core.ai.sums import Group

_GROUPS = {Cut.PRODUCTS: Group.PRODUCT, Cut.MODELS: Group.MODEL, Cut.PURPOSES: Group.PURPOSE}


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="usage")
    screen.message.register(open_usage, Command("usage"))
    screen.callback_query.register(turn, OpenUsage.filter())
    return screen


async def open_usage(message: Message, ctx: Context) -> None:
    """Show what AI has cost today and this month."""
    await show(message, ctx.bot, await usage_screen(ctx, OpenUsage()))


async def turn(query: CallbackQuery, callback_data: OpenUsage, ctx: Context) -> None:
    """Show the asked cut, or the same one as it is now."""
    await show(query, ctx.bot, await usage_screen(ctx, callback_data))


async def usage_screen(ctx: Context, asked: OpenUsage) -> Screen:
    """Load and draw one cut."""
    async with ctx.runtime.unit_of_work() as session:
        if asked.cut is Cut.TOTAL:
            today, month = await reporting.budgets(session, ctx.now)
            unpriced = await reporting.unpriced_models(session, ctx.now)
            return view.overview(view.UsageModel(today, month, unpriced), ctx.t)
        if asked.cut is Cut.DAYS:
            return view.by_day(await reporting.days(session, ctx.now), ctx.t)
        offset = asked.offset - asked.offset % view.PAGE
        found = await reporting.lines(session, _GROUPS[asked.cut], ctx.now, offset=offset, limit=view.PAGE)
    return view.breakdown(asked.cut, found, ctx.t)
