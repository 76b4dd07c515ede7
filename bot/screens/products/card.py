"""Where do the products screens get what they show? The list and one product's card, loaded in one place each."""

import uuid

from bot.context import Context
from bot.screens.products import view
from bot.ui.pager import Page, clamp
from bot.ui.screen import Screen
from core.channels import service as channels
from core.channels.models import Channel, ChannelStatus
from core.content import service as content
from core.products import service as products
from core.products.voice import BrandVoice
from core.publications import queries

_PAGE = 8


async def products_screen(ctx: Context, offset: int = 0, *, archived: bool = False) -> Screen:
    """Load and draw a page of the products."""
    async with ctx.runtime.unit_of_work() as session:
        put_away = await products.count(session, archived=True)
        total = put_away if archived else await products.count(session)
        offset = clamp(offset, _PAGE, total)
        lines = [
            view.ProductLine(
                product_id=product.id,
                name=product.name,
                channels=_names(await channels.list_for_product(session, product.id)),
                paused=product.paused_at is not None and not archived,
            )
            for product in await products.list_page(session, archived=archived, offset=offset, limit=_PAGE)
        ]
    page = Page(offset, _PAGE, total)
    return view.products(lines, ctx.product_id, page, ctx.t, archived=archived, put_away=put_away)


async def product_screen(ctx: Context, product_id: uuid.UUID) -> Screen:
    """Load and draw one product. Raises ``NotFound``."""
    return view.product(await load_card(ctx, product_id), ctx.t)


async def load_card(ctx: Context, product_id: uuid.UUID) -> view.ProductCard:
    """Load one product with its numbers. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
        connected = await channels.list_for_product(session, product_id)
        drafts = await content.count_drafts(session, product_id)
        queue = await queries.queue(session, product_id=product_id, limit=1)
    return view.ProductCard(
        product_id=product.id,
        name=product.name,
        slug=product.slug,
        description=product.description,
        channels=_names(connected),
        drafts=drafts,
        queued=queue.total,
        current=product.id == ctx.product_id,
        paused=product.paused_at is not None,
        archived=product.archived_at is not None,
        voice=BrandVoice.of(product),
    )


def _names(connected: list[Channel]) -> list[str]:
    return [
        channel.platform_name or channel.platform
        for channel in connected
        if channel.status != ChannelStatus.DISCONNECTED
    ]
