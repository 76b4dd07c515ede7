"""What happens to what is typed about a product? A name makes or renames one, a description says what it is."""

import uuid

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.origin import made_id
from bot.screens.cancel.callbacks import CancelForm
from bot.screens.products import callbacks as cb
from bot.screens.products.card import product_screen
from bot.screens.products.states import ProductForm
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.keyboard import button
from bot.ui.screen import show
from core.chats import service as chats
from core.products import service as products


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="product_forms")
    screen.callback_query.register(add, cb.AddProduct.filter())
    screen.callback_query.register(ask_new_name, cb.EditName.filter())
    screen.callback_query.register(ask_description, cb.EditDescription.filter())
    screen.callback_query.register(clear_description, cb.ClearDescription.filter())
    not_a_command = ~F.text.startswith("/")
    screen.message.register(take_name, ProductForm.name, not_a_command)
    screen.message.register(take_new_name, ProductForm.new_name, not_a_command)
    screen.message.register(take_description, ProductForm.description, not_a_command)
    return screen


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
    """Add the product, make it the current one, and show its card: the voice is one tap away."""
    name = form.typed_text(message, limit=products.NAME_LIMIT)
    async with ctx.runtime.unit_of_work() as session:
        product = await products.create(session, name=name, product_id=made_id("product"))
        await chats.remember(session, ctx.chat_id, product_id=product.id)
    await state.clear()
    notice = ctx.t("products-added", name=product.name)
    screen = await product_screen(ctx.about(product.id), product.id)
    await show(message, ctx.bot, screen.noticed(notice))


async def ask_new_name(
    query: CallbackQuery, callback_data: cb.EditName, ctx: Context, state: FSMContext
) -> None:
    """Ask for another name."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, callback_data.product)
    await form.wait_for(state, ProductForm.new_name, product=product.id.hex)
    text = ctx.t("product-ask-name", name=fmt.short(product.name, 160), slug=product.slug)
    await show(query, ctx.bot, form.question(ctx.t, text, cancel=cb.OpenProduct(product=product.id)))


async def ask_description(
    query: CallbackQuery, callback_data: cb.EditDescription, ctx: Context, state: FSMContext
) -> None:
    """Ask what the product is."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, callback_data.product)
    await form.wait_for(state, ProductForm.description, product=product.id.hex)
    clear = cb.ClearDescription(product=product.id)
    question = form.question(
        ctx.t,
        ctx.t("product-ask-description", name=fmt.short(product.name, 160), limit=products.DESCRIPTION_LIMIT),
        [button(ctx.t.label("product-description-clear"), clear) if product.description else None],
        cancel=cb.OpenProduct(product=product.id),
    )
    await show(query, ctx.bot, question)


async def take_new_name(message: Message, ctx: Context, state: FSMContext) -> None:
    """Rename the product."""
    name = form.typed_text(message, limit=products.NAME_LIMIT)
    product_id = uuid.UUID((await state.get_data())["product"])
    async with ctx.runtime.unit_of_work() as session:
        await products.rename(session, product_id, name)
    await state.clear()
    await show(message, ctx.bot, (await product_screen(ctx, product_id)).noticed(ctx.t("product-name-saved")))


async def take_description(message: Message, ctx: Context, state: FSMContext) -> None:
    """Keep what was said about the product."""
    description = form.typed_text(message, limit=products.DESCRIPTION_LIMIT)
    product_id = uuid.UUID((await state.get_data())["product"])
    async with ctx.runtime.unit_of_work() as session:
        await products.describe(session, product_id, description)
    await state.clear()
    notice = ctx.t("product-description-saved")
    await show(message, ctx.bot, (await product_screen(ctx, product_id)).noticed(notice))


async def clear_description(
    query: CallbackQuery, callback_data: cb.ClearDescription, ctx: Context, state: FSMContext
) -> None:
    """Take the description away."""
    async with ctx.runtime.unit_of_work() as session:
        await products.describe(session, callback_data.product, None)
    await state.clear()
    screen = await product_screen(ctx, callback_data.product)
    await show(query, ctx.bot, screen.noticed(ctx.t("product-description-cleared")))
