"""What do /products and its buttons do?"""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.cancel.callbacks import CancelForm
from bot.screens.products import view
from bot.screens.products.callbacks import AddProduct, ChooseProduct, OpenProducts
from bot.screens.products.states import ProductForm
from bot.ui import form
from bot.ui.screen import Screen, show
from core.channels import service as channels
from core.chats import service as chats
from core.products import service as products

_NAME_LIMIT = 255  # UTF-16 units


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="products")
    screen.message.register(open_products, Command("products"))
    screen.callback_query.register(open_products, OpenProducts.filter())
    screen.callback_query.register(choose, ChooseProduct.filter())
    screen.callback_query.register(add, AddProduct.filter())
    screen.message.register(take_name, ProductForm.name, ~F.text.startswith("/"))
    return screen


async def open_products(event: Message | CallbackQuery, ctx: Context) -> None:
    """Show the products."""
    await show(event, ctx.bot, await products_screen(ctx))


async def choose(query: CallbackQuery, callback_data: ChooseProduct, ctx: Context) -> None:
    """Make a product the current one: new drafts are for it."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, callback_data.product)
        await chats.remember(session, ctx.chat_id, product_id=product.id)
    notice = ctx.t("products-chosen", name=product.name)
    await show(query, ctx.bot, (await products_screen(ctx.about(product.id))).noticed(notice))


async def add(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Ask for a new product's name."""
    await ask_name(query, ctx, state)


async def ask_name(
    event: Message | CallbackQuery, ctx: Context, state: FSMContext, *, notice: str = ""
) -> None:
    """Ask for the name of a new product."""
    await form.wait_for(state, ProductForm.name)
    question = form.question(ctx.t, ctx.t("products-ask-name"), cancel=CancelForm())
    await show(event, ctx.bot, question.noticed(notice) if notice else question)


async def take_name(message: Message, ctx: Context, state: FSMContext) -> None:
    """Add the product and make it the current one."""
    name = form.typed_text(message, limit=_NAME_LIMIT)
    async with ctx.runtime.unit_of_work() as session:
        product = await products.create(session, name=name)
        await chats.remember(session, ctx.chat_id, product_id=product.id)
    await state.clear()
    notice = ctx.t("products-added", name=product.name)
    await show(message, ctx.bot, (await products_screen(ctx.about(product.id))).noticed(notice))


async def products_screen(ctx: Context) -> Screen:
    """Load and draw the products."""
    async with ctx.runtime.unit_of_work() as session:
        lines = [
            view.ProductLine(
                product_id=product.id,
                name=product.name,
                channels=[
                    channel.platform_name or channel.platform
                    for channel in await channels.list_for_product(session, product.id)
                ],
            )
            for product in await products.list_active(session)
        ]
    return view.products(lines, ctx.product_id, ctx.t)
