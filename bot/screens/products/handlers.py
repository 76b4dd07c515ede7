"""What do /products and its buttons do?"""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.i18n import Markup
from bot.middlewares.taps import RedrawStale
from bot.screens.pause.view import resumed_lines
from bot.screens.products import callbacks as cb
from bot.screens.products import milestones, view
from bot.screens.products.card import load_card, product_screen, products_screen
from bot.ui.screen import show
from core.chats import service as chats
from core.errors import Stale
from core.products import service as products
from core.publications import pausing


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="products")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.include_router(milestones.router())
    screen.message.register(open_products, Command("products"))
    screen.callback_query.register(open_products, cb.OpenProducts.filter())
    screen.callback_query.register(turn_page, cb.TurnProducts.filter())
    screen.callback_query.register(open_product, cb.OpenProduct.filter())
    screen.callback_query.register(choose, cb.ChooseProduct.filter())
    screen.callback_query.register(pause, cb.PauseProduct.filter())
    screen.callback_query.register(resume, cb.ResumeProduct.filter())
    screen.callback_query.register(ask_archive, cb.AskArchive.filter())
    screen.callback_query.register(archive, cb.ArchiveProduct.filter())
    screen.callback_query.register(restore, cb.RestoreProduct.filter())
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.AboutProduct, ctx: Context) -> None:
    """Draw the product as it is now."""
    await show(query, ctx.bot, (await product_screen(ctx, data.product)).noticed(ctx.t("product-stale")))


async def open_products(event: Message | CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Show the products; whatever was being typed is left."""
    await state.clear()
    await show(event, ctx.bot, await products_screen(ctx))


async def turn_page(query: CallbackQuery, callback_data: cb.TurnProducts, ctx: Context) -> None:
    """Show the asked page of the list or of the archive."""
    screen = await products_screen(ctx, callback_data.offset, archived=callback_data.archived)
    await show(query, ctx.bot, screen)


async def open_product(
    query: CallbackQuery, callback_data: cb.OpenProduct, ctx: Context, state: FSMContext
) -> None:
    """Show one product; it is also the way back from its questions."""
    await state.clear()
    await show(query, ctx.bot, await product_screen(ctx, callback_data.product))


async def choose(query: CallbackQuery, callback_data: cb.ChooseProduct, ctx: Context) -> None:
    """Make a product the current one: new drafts are for it."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, callback_data.product)
        if product.archived_at is not None:
            raise Stale("the product has been archived", product_id=product.id)
        await chats.remember(session, ctx.chat_id, product_id=product.id)
    await _say(query, ctx.about(product.id), callback_data, "products-chosen", name=product.name)


async def pause(query: CallbackQuery, callback_data: cb.PauseProduct, ctx: Context) -> None:
    """Hold the product's queue."""
    async with ctx.runtime.unit_of_work() as session:
        await products.pause(session, callback_data.product, now=ctx.now)
    await _say(query, ctx, callback_data, "product-paused")


async def resume(query: CallbackQuery, callback_data: cb.ResumeProduct, ctx: Context) -> None:
    """Let the queue go on."""
    async with ctx.runtime.unit_of_work() as session:
        resumed = await pausing.resume_product(session, callback_data.product, now=ctx.now)
    said = Markup("\n".join(filter(None, [ctx.t("product-resumed"), resumed_lines(resumed, ctx.t)])))
    await show(query, ctx.bot, (await product_screen(ctx, callback_data.product)).noticed(said))


async def ask_archive(query: CallbackQuery, callback_data: cb.AskArchive, ctx: Context) -> None:
    """Ask before putting the product away."""
    card = await load_card(ctx, callback_data.product)
    if card.archived:
        raise Stale("the product has been archived", product_id=card.product_id)
    await show(query, ctx.bot, view.ask_archive(card, ctx.t))


async def archive(query: CallbackQuery, callback_data: cb.ArchiveProduct, ctx: Context) -> None:
    """Put the product away and show it there: Restore is at hand."""
    async with ctx.runtime.unit_of_work() as session:
        await products.archive(session, callback_data.product, now=ctx.now)
    await _say(query, ctx, callback_data, "product-archived")


async def restore(query: CallbackQuery, callback_data: cb.RestoreProduct, ctx: Context) -> None:
    """Bring the product back, paused."""
    async with ctx.runtime.unit_of_work() as session:
        await products.restore(session, callback_data.product)
    await _say(query, ctx, callback_data, "product-restored")


async def _say(query: CallbackQuery, ctx: Context, data: cb.AboutProduct, key: str, **values: str) -> None:
    """Draw the card with what has just been done above it."""
    await show(query, ctx.bot, (await product_screen(ctx, data.product)).noticed(ctx.t(key, **values)))
