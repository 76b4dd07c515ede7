"""Where does the queue get what it shows? Its pages, and the choices that narrow it."""

from bot.context import Context
from bot.screens.queue import callbacks as cb
from bot.screens.queue import narrowing, view
from bot.screens.queue.callbacks import By, Shown
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen
from core.content import repeats
from core.errors import NotFound
from core.platforms.registry import title_of
from core.products import service as products
from core.publications import queries
from core.publications.queries import Wanted
from core.settings import service as settings
from core.settings.service import Publishing

PAGE = 8
_NEWEST_FIRST = {Shown.PUBLISHED, Shown.FAILED, Shown.CANCELLED, Shown.ALL}


async def queue_screen(ctx: Context, asked: cb.TurnQueue) -> Screen:
    """Load and draw a page of a part of the queue. A product that is gone is no filter any more."""
    async with ctx.runtime.unit_of_work() as session:
        try:
            product = (await products.get(session, asked.product)).name if asked.product else ""
        except NotFound:
            product, asked = "", asked.model_copy(update={"product": None})
        wanted = Wanted(asked.product, asked.platform or None, narrowing.STATUSES[asked.shown])
        newest = asked.shown in _NEWEST_FIRST
        offset = clamp(asked.offset, PAGE, asked.offset + 1)
        page = await queries.page(session, wanted, offset=offset, limit=PAGE, newest_first=newest)
        if not page.items and page.total:
            offset = clamp(asked.offset, PAGE, page.total)
            page = await queries.page(session, wanted, offset=offset, limit=PAGE, newest_first=newest)
        publishing = await settings.get(session, Publishing)
        repeated = await repeats.count(session)
    platform = title_of(asked.platform, ctx.runtime.platforms) if asked.platform else ""
    return view.queue(
        page,
        view.Shelf(asked, product, platform),
        ctx.t,
        ctx.zone,
        ctx.now,
        paused=publishing.paused,
        paused_since=publishing.paused_at,
        repeats=repeated,
    )


async def narrowing_screen(ctx: Context, asked: cb.NarrowQueue) -> Screen:
    """Load and draw the choices."""
    if asked.by is By.PRODUCT:
        return await _products(ctx, asked)
    if asked.by is By.PLATFORM:
        choices = [
            narrowing.Choice(platform.title, platform=slug)
            for slug, platform in sorted(ctx.runtime.platforms.items(), key=lambda item: item[1].title)
        ]
        return narrowing.platforms(asked, choices, ctx.t)
    async with ctx.runtime.unit_of_work() as session:
        platform = asked.platform or None
        counts = await queries.counts(session, product_id=asked.product, platform=platform)
        waiting = await queries.page(session, Wanted(asked.product, platform), limit=1)
    return narrowing.statuses(asked, waiting.total, counts, ctx.t)


async def _products(ctx: Context, asked: cb.NarrowQueue) -> Screen:
    async with ctx.runtime.unit_of_work() as session:
        total = await products.count(session)
        page = Page(clamp(asked.offset, PAGE, total), PAGE, total)
        choices = [
            narrowing.Choice(product.name, product=product.id)
            for product in await products.list_page(session, offset=page.offset, limit=PAGE)
        ]
    return narrowing.products(asked, choices, page, ctx.t)
