"""What do /queue and its buttons do?"""

import uuid

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.draft.card import redraw_everywhere
from bot.screens.draft.refused import choice
from bot.screens.queue import callbacks as cb
from bot.screens.queue import view
from bot.screens.schedule.callbacks import PickTime, Subject
from bot.ui.pager import clamp
from bot.ui.screen import Screen, show
from core.errors import Stale
from core.platforms.registry import title_of
from core.publications import queries, scheduling
from core.publications.errors import NotFree

_PAGE = 8


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="queue")
    screen.message.register(open_queue, Command("queue"))
    screen.callback_query.register(turn_page, cb.OpenQueue.filter())
    screen.callback_query.register(open_publication, cb.OpenPublication.filter())
    screen.callback_query.register(cancel, cb.CancelPublication.filter())
    screen.callback_query.register(publish_now, cb.PublishThisNow.filter())
    return screen


async def open_queue(message: Message, ctx: Context) -> None:
    """Show the first page."""
    await show(message, ctx.bot, await queue_screen(ctx, 0))


async def turn_page(query: CallbackQuery, callback_data: cb.OpenQueue, ctx: Context) -> None:
    """Show the asked page, or the last one when the queue has become shorter."""
    await show(query, ctx.bot, await queue_screen(ctx, callback_data.offset))


async def open_publication(query: CallbackQuery, callback_data: cb.OpenPublication, ctx: Context) -> None:
    """Show one publication."""
    screen, _ = await publication_screen(ctx, callback_data.publication)
    await show(query, ctx.bot, screen)


async def cancel(query: CallbackQuery, callback_data: cb.CancelPublication, ctx: Context) -> None:
    """Take it off the calendar, if it still waits."""
    async with ctx.runtime.unit_of_work() as session:
        cancelled = await scheduling.cancel(session, callback_data.publication, now=ctx.now)
    notice = ctx.t("queue-cancelled" if cancelled else "queue-too-late")
    await _redraw(query, ctx, callback_data.publication, notice)


async def publish_now(query: CallbackQuery, callback_data: cb.PublishThisNow, ctx: Context) -> None:
    """Move it to this moment."""
    now = ctx.now  # read once: a second look at the clock would put this moment into the past
    try:
        async with ctx.runtime.unit_of_work() as session:
            await scheduling.reschedule(
                session, callback_data.publication, moment=now, now=now, force=callback_data.force
            )
    except NotFree as error:
        anyway = callback_data.model_copy(update={"force": True})
        about = PickTime(subject=Subject.PUBLICATION, id=callback_data.publication, version=0)
        await show(query, ctx.bot, choice(ctx, error, anyway, ctx.t.label("draft-anyway"), about))
        return
    except Stale:
        await _redraw(query, ctx, callback_data.publication, ctx.t("queue-too-late"))
        return
    await _redraw(query, ctx, callback_data.publication, ctx.t("queue-moved-now"))


async def queue_screen(ctx: Context, offset: int) -> Screen:
    """Load and draw a page of the queue."""
    async with ctx.runtime.unit_of_work() as session:
        page = await queries.queue(session, offset=clamp(offset, _PAGE, offset + 1), limit=_PAGE)
        if not page.items and page.total:
            page = await queries.queue(session, offset=clamp(offset, _PAGE, page.total), limit=_PAGE)
    return view.queue(page, ctx.t, ctx.zone, ctx.now)


async def publication_screen(ctx: Context, publication_id: uuid.UUID) -> tuple[Screen, uuid.UUID]:
    """Load and draw one publication; also returns the id of its content."""
    async with ctx.runtime.unit_of_work() as session:
        item = await queries.details(session, publication_id)
    title = title_of(item.platform, ctx.runtime.platforms)
    return view.publication(item, title, ctx.t, ctx.zone, ctx.now), item.content_id


async def _redraw(query: CallbackQuery, ctx: Context, publication_id: uuid.UUID, notice: str) -> None:
    screen, content_id = await publication_screen(ctx, publication_id)
    await show(query, ctx.bot, screen.noticed(notice))
    await redraw_everywhere(ctx.runtime, ctx.bot, content_id)
