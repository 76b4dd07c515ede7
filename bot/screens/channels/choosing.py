"""Which channel shall it be? The product, the platform and the way are chosen; what has one answer is not asked."""

import uuid

from bot.context import Context
from bot.screens.channels import callbacks as cb
from bot.screens.channels import connect_view as view
from bot.ui.callbacks import Callback
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen
from core.channels import connecting
from core.channels import service as channels
from core.channels.models import ChannelStatus
from core.errors import Stale
from core.products import service as products

_PAGE = 8


async def choose_product(ctx: Context, offset: int = 0) -> Screen:
    """Ask for the product; with one product the answer is known."""
    async with ctx.runtime.unit_of_work() as session:
        total = await products.count(session)
        offset = clamp(offset, _PAGE, total)
        page = await products.list_page(session, offset=offset, limit=_PAGE)
    if total == 0:
        return view.no_product(ctx.t)
    if total == 1:
        return await platform_or_way(ctx, page[0].id)
    return view.products(
        [view.Offer(product.id, product.name) for product in page], Page(offset, _PAGE, total), ctx.t
    )


async def platform_or_way(ctx: Context, product_id: uuid.UUID, again: str = "") -> Screen:
    """Ask for the platform; with one platform ask for the way. ``again``: this one, although it is connected."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
        if product.archived_at is not None:
            raise Stale("the product has been archived", product_id=product_id)
        connected = await channels.list_for_product(session, product_id)
    taken = {one.platform for one in connected if one.status != ChannelStatus.DISCONNECTED} - {again}
    known = list(enumerate(connecting.platforms(ctx.runtime)))
    free = [(number, platform) for number, platform in known if platform.slug not in taken]
    chosen = [pair for pair in free if pair[1].slug == again] or free
    if len(chosen) == 1 and (again or len(known) == 1):
        return way_screen(ctx, product_id, chosen[0][0], cb.OpenChannels())
    return view.platforms(
        view.Offer(product.id, product.name),
        [(number, platform.title) for number, platform in free],
        [platform.title for _, platform in known if platform.slug in taken],
        ctx.t,
    )


def way_screen(ctx: Context, product_id: uuid.UUID, number: int, back: Callback) -> Screen:
    """Ask in which way."""
    known = connecting.platforms(ctx.runtime)
    if number >= len(known):
        raise Stale("there is no such platform")
    platform = known[number]
    codes = [way.code for way in connecting.ways(ctx.runtime, platform)]
    closed = [(way.code, names) for way, names in connecting.closed(ctx.runtime, platform)]
    return view.ways(product_id, number, platform.slug, codes, ctx.t, back, closed)
