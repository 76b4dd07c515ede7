"""What do /queue and its buttons do?"""

import uuid
from datetime import UTC, datetime
from functools import partial

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.draft.card import place_of, redraw_everywhere, send_card
from bot.screens.draft.refused import choice
from bot.screens.queue import callbacks as cb
from bot.screens.queue import swapping as view_swap
from bot.screens.queue import view
from bot.screens.queue.loading import narrowing_screen, queue_screen
from bot.screens.schedule.callbacks import PickTime, Subject
from bot.ui.pager import MAX_OFFSET, Page, clamp
from bot.ui.screen import Screen, show
from core.content import service as content
from core.errors import Stale
from core.platforms.registry import title_of
from core.publications import copying, queries, scheduling, swapping
from core.publications.errors import NotFree

_PAGE = 8


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="queue")
    screen.message.register(open_queue, Command("queue"))
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(open_first, cb.OpenQueue.filter())
    screen.callback_query.register(turn_page, cb.TurnQueue.filter())
    screen.callback_query.register(narrow, cb.NarrowQueue.filter())
    screen.callback_query.register(open_publication, cb.OpenPublication.filter())
    screen.callback_query.register(cancel, cb.CancelPublication.filter())
    screen.callback_query.register(publish_now, cb.PublishThisNow.filter())
    screen.callback_query.register(duplicate, cb.Duplicate.filter())
    screen.callback_query.register(offer_swap, cb.OfferSwap.filter())
    screen.callback_query.register(swap, cb.Swap.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.Swap | cb.PublishThisNow, ctx: Context) -> None:
    """Show how the publication stands now."""
    await _redraw(query, ctx, data.publication, ctx.t("queue-too-late"))


async def open_queue(message: Message, ctx: Context) -> None:
    """Show the first page."""
    await show(message, ctx.bot, await queue_screen(ctx, cb.TurnQueue()))


async def open_first(query: CallbackQuery, callback_data: cb.OpenQueue, ctx: Context) -> None:
    """Show a page of what waits."""
    await show(query, ctx.bot, await queue_screen(ctx, cb.TurnQueue(offset=callback_data.offset)))


async def turn_page(query: CallbackQuery, callback_data: cb.TurnQueue, ctx: Context) -> None:
    """Show the asked page of a part of the queue, or the last one when it has become shorter."""
    await show(query, ctx.bot, await queue_screen(ctx, callback_data))


async def narrow(query: CallbackQuery, callback_data: cb.NarrowQueue, ctx: Context) -> None:
    """Ask for a product, a platform or a status."""
    await show(query, ctx.bot, await narrowing_screen(ctx, callback_data))


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


async def duplicate(query: CallbackQuery, callback_data: cb.Duplicate, ctx: Context) -> None:
    """Make a draft that says the same, and show its card below."""
    async with ctx.runtime.unit_of_work() as session:
        copy = await copying.duplicate(session, callback_data.publication, wish=callback_data.drawn)
    notice = ctx.t("queue-duplicated", number=str(copy.number))
    await send_card(place_of(ctx), copy.id, notice=notice)


async def offer_swap(query: CallbackQuery, callback_data: cb.OfferSwap, ctx: Context) -> None:
    """List what the publication can change places with."""
    async with ctx.runtime.unit_of_work() as session:
        item = await queries.details(session, callback_data.publication)
        ask = partial(swapping.candidates, session, item.publication_id, now=ctx.now, limit=_PAGE)
        places, total = await ask(offset=clamp(callback_data.offset, _PAGE, MAX_OFFSET))
        if not places and total:
            places, total = await ask(offset=clamp(callback_data.offset, _PAGE, total))
    page = Page(clamp(callback_data.offset, _PAGE, total), _PAGE, total)
    await show(query, ctx.bot, view_swap.places(item, places, page, ctx.t, ctx.zone, ctx.now))


async def swap(query: CallbackQuery, callback_data: cb.Swap, ctx: Context) -> None:
    """Exchange the two times."""
    async with ctx.runtime.unit_of_work() as session:
        await swapping.swap(
            session,
            callback_data.publication,
            callback_data.number,
            shown_at=datetime.fromtimestamp(callback_data.at, UTC),
            now=ctx.now,
        )
        other = await content.by_number(session, callback_data.number)
    await _redraw(
        query, ctx, callback_data.publication, ctx.t("queue-swapped", number=str(callback_data.number))
    )
    await redraw_everywhere(ctx.runtime, ctx.bot, other.id)


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
