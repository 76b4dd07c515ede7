"""What do /analytics and its buttons do?"""

import uuid

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import BufferedInputFile, CallbackQuery, Message

from bot.context import Context
from bot.screens.analytics import callbacks as cb
from bot.screens.analytics import view
from bot.screens.analytics.callbacks import Period, Section
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, show
from core.analytics import export, history
from core.analytics.overview import first_moment, overview
from core.platforms.registry import title_of
from core.products import service as products

_PAGE = 8


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="analytics")
    screen.message.register(open_command, Command("analytics"))
    screen.callback_query.register(open_section, cb.OpenAnalytics.filter())
    screen.callback_query.register(pick_product, cb.PickProduct.filter())
    screen.callback_query.register(send_csv, cb.SendCsv.filter())
    return screen


async def open_command(message: Message, ctx: Context) -> None:
    """Show the current product's month; ask for the product when none is chosen."""
    if ctx.product_id is None:
        await show(message, ctx.bot, await _pick(ctx, 0))
        return
    await show(message, ctx.bot, await analytics_screen(ctx, ctx.product_id, Period.MONTH, Section.TOTALS))


async def open_section(query: CallbackQuery, callback_data: cb.OpenAnalytics, ctx: Context) -> None:
    """Show the asked part of the asked period."""
    chosen = callback_data
    await show(query, ctx.bot, await analytics_screen(ctx, chosen.product, chosen.period, chosen.section))


async def pick_product(query: CallbackQuery, callback_data: cb.PickProduct, ctx: Context) -> None:
    """Ask whose numbers are wanted."""
    await show(query, ctx.bot, await _pick(ctx, callback_data.offset))


async def send_csv(query: CallbackQuery, callback_data: cb.SendCsv, ctx: Context) -> None:
    """Send the period's posts as a file."""
    days = int(callback_data.period.value)
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, callback_data.product)
        posts = await history.published(
            session, product_id=product.id, since=first_moment(days, ctx.now, ctx.zone)
        )
    name = f"{product.slug}-{days}d.csv"
    await ctx.bot.send_document(
        ctx.chat_id,
        BufferedInputFile(export.csv_of(posts, ctx.zone), filename=name),
        caption=ctx.t.label("analytics-csv-caption", n=len(posts)),
    )


async def analytics_screen(ctx: Context, product_id: uuid.UUID, period: Period, section: Section) -> Screen:
    """Load and draw. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
        found = await overview(session, product_id, int(period.value), ctx.now, ctx.zone)
        count = await products.count(session)
    blind = [title_of(platform, ctx.runtime.platforms) for platform in found.blind]
    model = view.AnalyticsModel(product.name, period, section, found, blind, count)
    return view.analytics(model, ctx.t)


async def _pick(ctx: Context, offset: int) -> Screen:
    async with ctx.runtime.unit_of_work() as session:
        total = await products.count(session)
        offset = clamp(offset, _PAGE, total)
        rows = await products.list_page(session, archived=False, offset=offset, limit=_PAGE)
    return view.pick([(row.id, row.name) for row in rows], Page(offset, _PAGE, total), ctx.t)
