"""What do the buttons of the calendar do? They load a week, a month or a day, and draw it."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.screens.queue import calendar
from bot.screens.queue import callbacks as cb
from bot.screens.queue.loading import PAGE
from bot.ui.pager import clamp
from bot.ui.screen import show
from core.publications import queries
from core.publications.models import PublicationStatus
from core.publications.queries import Wanted
from core.text.when.wall import moved

# What was called off takes no place in a calendar.
_STATUSES = [status for status in PublicationStatus if status is not PublicationStatus.CANCELLED]


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="queue_calendar")
    screen.callback_query.register(open_week, cb.OpenWeek.filter())
    screen.callback_query.register(open_month, cb.OpenMonth.filter())
    screen.callback_query.register(open_day, cb.OpenDay.filter())
    return screen


async def open_week(query: CallbackQuery, callback_data: cb.OpenWeek, ctx: Context) -> None:
    """Show the week that holds the day."""
    day = calendar.day_of(callback_data.day)
    monday = day - timedelta(days=day.weekday())
    wanted = _wanted(ctx, monday, monday + timedelta(days=7), callback_data.product)
    async with ctx.runtime.unit_of_work() as session:
        page = await queries.page(session, wanted, limit=calendar.WEEK_ROWS)
    screen = calendar.week(monday, page, callback_data.product, ctx.t, ctx.zone, ctx.now)
    await show(query, ctx.bot, screen)


async def open_month(query: CallbackQuery, callback_data: cb.OpenMonth, ctx: Context) -> None:
    """Show the month."""
    year, index = divmod(callback_data.month, 12)
    first = date(year, index + 1, 1)
    after = (first + timedelta(days=31)).replace(day=1)
    async with ctx.runtime.unit_of_work() as session:
        moments = await queries.moments(session, _wanted(ctx, first, after, callback_data.product))
    await show(
        query, ctx.bot, calendar.month(first, moments, callback_data.product, ctx.t, ctx.zone, ctx.now)
    )


async def open_day(query: CallbackQuery, callback_data: cb.OpenDay, ctx: Context) -> None:
    """Show a page of the day."""
    day = calendar.day_of(callback_data.day)
    wanted = _wanted(ctx, day, day + timedelta(days=1), callback_data.product)
    async with ctx.runtime.unit_of_work() as session:
        offset = clamp(callback_data.offset, PAGE, callback_data.offset + 1)
        page = await queries.page(session, wanted, offset=offset, limit=PAGE)
        if not page.items and page.total:
            offset = clamp(callback_data.offset, PAGE, page.total)
            page = await queries.page(session, wanted, offset=offset, limit=PAGE)
    await show(query, ctx.bot, calendar.day(callback_data, page, ctx.t, ctx.zone, ctx.now))


def _wanted(ctx: Context, start: date, end: date, product: UUID | None) -> Wanted:
    return Wanted(product, statuses=_STATUSES, since=_midnight(ctx, start), until=_midnight(ctx, end))


def _midnight(ctx: Context, day: date) -> datetime:
    return moved(day, time(0), ctx.zone)
