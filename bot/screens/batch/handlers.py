"""What do the checklist's buttons do?"""

from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.batch import callbacks as cb
from bot.screens.batch import view
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen, show
from core.content import batch, queries, spreading
from core.content import service as content
from core.errors import Stale
from core.text import markdown

_PAGE = 6
_EXCERPT = 1000  # characters of the text that a line is made from


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="batch")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    on = screen.callback_query.register
    on(open_batch, cb.OpenBatch.filter())
    on(tick, cb.Tick.filter())
    on(tick_page, cb.TickPage.filter())
    on(untick, cb.UntickAll.filter())
    on(approve, cb.ApproveTicked.filter())
    on(spread, cb.SpreadApproved.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: Any, ctx: Context) -> None:
    """Draw the checklist as it is now, saying that the tap did nothing."""
    screen = await batch_screen(ctx, getattr(data, "offset", 0))
    key = "batch-spread-stale" if isinstance(data, cb.SpreadApproved) else "batch-stale"
    await show(query, ctx.bot, screen.noticed(ctx.t(key)))


async def open_batch(query: CallbackQuery, callback_data: cb.OpenBatch, ctx: Context) -> None:
    """Show a page of the checklist; the ticks are kept."""
    await show(query, ctx.bot, await batch_screen(ctx, callback_data.offset))


async def tick(query: CallbackQuery, callback_data: cb.Tick, ctx: Context) -> None:
    """Tick the version that was shown, or take the tick away."""
    async with ctx.runtime.unit_of_work() as session:
        if callback_data.on:
            found = await content.at_version(session, callback_data.content, callback_data.version)
            await batch.tick(session, ctx.chat_id, {found.id: callback_data.version})
        else:
            await batch.untick(session, ctx.chat_id, callback_data.content)
    await show(query, ctx.bot, await batch_screen(ctx, callback_data.offset))


async def tick_page(query: CallbackQuery, callback_data: cb.TickPage, ctx: Context) -> None:
    """Tick the page, if it still shows what it showed."""
    lines, _, _ = await _load(ctx, callback_data.offset)
    shown = view.shown_of(lines)
    if batch.digest_of(shown) != callback_data.digest:
        raise Stale("the page has changed since")
    async with ctx.runtime.unit_of_work() as session:
        await batch.tick(session, ctx.chat_id, shown)
    await show(query, ctx.bot, await batch_screen(ctx, callback_data.offset))


async def untick(query: CallbackQuery, callback_data: cb.UntickAll, ctx: Context) -> None:
    """Take every tick away."""
    async with ctx.runtime.unit_of_work() as session:
        await batch.untick(session, ctx.chat_id)
    await show(query, ctx.bot, await batch_screen(ctx, callback_data.offset))


async def approve(query: CallbackQuery, callback_data: cb.ApproveTicked, ctx: Context) -> None:
    """Approve what is ticked, each in the version that was shown."""
    async with ctx.runtime.unit_of_work() as session:
        result = await batch.approve_ticked(
            session,
            ctx.chat_id,
            digest=callback_data.digest,
            platforms=ctx.runtime.platforms,
            now=ctx.now,
        )
        marks = await batch.ticked(session, ctx.chat_id, approved=True)
    await show(query, ctx.bot, view.approved(result, marks.digest, ctx.t))


async def spread(query: CallbackQuery, callback_data: cb.SpreadApproved, ctx: Context) -> None:
    """Put them on the calendar and say when each goes out."""
    async with ctx.runtime.unit_of_work() as session:
        items = await spreading.spread(
            session, ctx.chat_id, digest=callback_data.digest, now=ctx.now, zone=ctx.zone
        )
    await show(query, ctx.bot, view.planned(items, ctx.t, ctx.zone, ctx.now))


async def batch_screen(ctx: Context, offset: int = 0) -> Screen:
    """Load and draw a page of the checklist."""
    lines, ticks, page = await _load(ctx, offset)
    return view.checklist(lines, ticks, page, ctx.t)


async def _load(ctx: Context, offset: int) -> tuple[list[view.BatchLine], view.Ticks, Page]:
    async with ctx.runtime.unit_of_work() as session:
        total = await content.count_drafts(session)
        offset = clamp(offset, _PAGE, total)
        rows = await content.drafts(session, offset=offset, limit=_PAGE)
        cards = [await queries.card(session, row.id, ctx.runtime.platforms) for row in rows]
        marks = await batch.ticked(session, ctx.chat_id)
    lines = [
        view.BatchLine(
            content_id=card.content_id,
            number=card.number,
            version=card.version,
            product=card.product_name,
            excerpt=markdown.parse(card.text[:_EXCERPT]).text,
            files=len(card.media),
            # A tick is of one version: a draft that has changed since has none.
            ticked=marks.versions.get(card.content_id) == card.version,
            blocked=card.blocked,
        )
        for card in cards
    ]
    return lines, view.Ticks(len(marks.versions), marks.digest), Page(offset, _PAGE, total)
