"""What do the digest's buttons do? They turn its pages, and show one piece of news as it stands now."""

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.notifications import morning
from bot.notifications.registry import KINDS
from bot.screens.news.callbacks import OpenNews, TurnDigest
from bot.ui.screen import send, show
from core.notifications import service as notifications
from core.notifications.models import NotificationKind


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="news")
    screen.callback_query.register(open_news, OpenNews.filter())
    screen.callback_query.register(turn, TurnDigest.filter())
    return screen


async def open_news(query: CallbackQuery, callback_data: OpenNews, ctx: Context) -> None:
    """Send the news under the digest; the digest stays for the others."""
    async with ctx.runtime.unit_of_work() as session:
        row = await notifications.get(session, callback_data.notification)
    told = await KINDS[NotificationKind(row.kind)](
        morning.telling_of(ctx.runtime, row, ctx.t, ctx.zone, ctx.now)
    )
    await send(ctx.bot, ctx.chat_id, told.screen)


async def turn(query: CallbackQuery, callback_data: TurnDigest, ctx: Context) -> None:
    """Show another page."""
    screen = await morning.load(
        ctx.runtime, callback_data.digest, ctx.t, ctx.zone, ctx.now, callback_data.offset
    )
    await show(query, ctx.bot, screen)
