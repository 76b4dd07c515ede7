"""What do /new, /post and /generate do? They make a draft of the named product, as plain messages do of the current one."""

import uuid
from collections.abc import Sequence
from enum import StrEnum
from functools import partial

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.origin import made_id
from bot.replies import Refusal
from bot.screens.compose import callbacks as cb
from bot.screens.compose import view
from bot.screens.compose.rest import rest_of
from bot.screens.compose.states import ComposeForm
from bot.screens.draft import intake
from bot.screens.draft.card import place_of, send_card
from bot.screens.draft.media import attachment_of
from bot.screens.draft.writing import Wish, write_into, writing
from bot.screens.products.forms import ask_name
from bot.ui.screen import send, show
from core.chats import service as chats
from core.content import service as content
from core.content.rendering import read_media, stored_media
from core.platforms.base import MediaItem
from core.products import finding
from core.products import service as products
from core.products.models import Product


class Deed(StrEnum):
    """What a command makes of its text."""

    POST = "post"  # the text is the post
    GENERATE = "generate"  # the text is an idea, and AI writes the post


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="compose")
    screen.message.register(new, Command("new"))
    screen.message.register(post, Command("post"))
    screen.message.register(generate, Command("generate"))
    screen.callback_query.register(ask_new, cb.NewPost.filter())
    screen.callback_query.register(new_of, cb.NewPostOf.filter())
    screen.callback_query.register(for_product, cb.ForProduct.filter())
    return screen


async def new(message: Message, command: CommandObject, ctx: Context, state: FSMContext) -> None:
    """Say what can be sent; what stands behind the command is taken like a message of its own."""
    await state.clear()
    if ctx.product_id is None:
        await ask_name(message, ctx, state, notice=ctx.t("draft-notice-no-product"))
        return
    if attachment_of(message) is not None:
        await intake.take_media(rest_of(message, command.args or ""), ctx, state)
    elif (command.args or "").strip():
        await intake.take_text(rest_of(message, command.args or ""), ctx, state)
    else:
        await _show_new(message, ctx)


async def ask_new(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """Say what can be sent."""
    await state.clear()
    if ctx.product_id is None:
        await ask_name(query, ctx, state, notice=ctx.t("draft-notice-no-product"))
        return
    await _show_new(query, ctx)


async def new_of(query: CallbackQuery, callback_data: cb.NewPostOf, ctx: Context, state: FSMContext) -> None:
    """Work with another product from now on, and say what can be sent."""
    await state.clear()
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, callback_data.product)
        if product.archived_at is None:
            await chats.remember(session, ctx.chat_id, product_id=product.id)
    await _show_new(query, ctx.about(product.id) if product.archived_at is None else ctx)


async def post(message: Message, command: CommandObject, ctx: Context, state: FSMContext) -> None:
    """Make the text a draft of the named product, word for word."""
    await _compose(message, command, ctx, state, Deed.POST)


async def generate(message: Message, command: CommandObject, ctx: Context, state: FSMContext) -> None:
    """Have a post of the named product written from the idea."""
    await _compose(message, command, ctx, state, Deed.GENERATE)


async def for_product(
    query: CallbackQuery, callback_data: cb.ForProduct, ctx: Context, state: FSMContext
) -> None:
    """The product has been chosen: go on with the text that waits. A second tap finds none."""
    data = await state.get_data()
    if await state.get_state() != ComposeForm.product.state:
        raise Refusal("compose-gone")
    await state.clear()
    media = read_media(data.get("media") or [])
    await _make(ctx, callback_data.product, Deed(data["deed"]), data["text"], media)


async def _compose(
    message: Message, command: CommandObject, ctx: Context, state: FSMContext, deed: Deed
) -> None:
    await state.clear()
    if ctx.product_id is None:
        await ask_name(message, ctx, state, notice=ctx.t("draft-notice-no-product"))
        return
    async with ctx.runtime.unit_of_work() as session:
        active = await products.list_active(session)
    typed = command.args or ""
    found = finding.find(active, typed)
    text = intake.text_of(rest_of(message, typed[found.end :]))
    media = await _media(message, ctx, deed)
    if not typed.strip() or not (text or media):
        raise Refusal(f"compose-usage-{deed.value}", slug=active[0].slug if active else "my-product")
    if len(found.products) == 1:
        await _make(ctx, found.products[0].id, deed, text, media)
        return
    await state.set_data({"deed": deed.value, "text": text, "media": stored_media(media)})
    await state.set_state(ComposeForm.product)
    choice = _names(found.products or active)
    first = typed.split()[0]
    await show(message, ctx.bot, view.which(choice, first, ctx.t, known=bool(found.products)))


async def _media(message: Message, ctx: Context, deed: Deed) -> list[MediaItem]:
    if attachment_of(message) is None:
        return []
    if deed is Deed.GENERATE:
        raise Refusal("compose-idea-text")
    kept = await intake.keep_media(message, ctx)
    if kept.item is None:
        raise Refusal(kept.problem, name=kept.name)
    return [kept.item]


async def _make(ctx: Context, product_id: uuid.UUID, deed: Deed, text: str, media: list[MediaItem]) -> None:
    # Saved before anything else happens: whatever fails later, the owner's words are kept.
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
        draft = await content.create_draft(
            session,
            content_id=made_id("draft"),
            product_id=product.id,
            text=text,
            media=media,
            idea=text if deed is Deed.GENERATE else None,
        )
    if deed is Deed.POST:
        await send_card(place_of(ctx), draft.id)
        return
    wish = Wish(content_id=draft.id, version=draft.version, product_id=product.id, idea=text)
    waiting = await send(ctx.bot, ctx.chat_id, writing(ctx, wish))
    ctx.afterwards.append(partial(write_into, ctx, wish, progress_id=waiting.message_id))


async def _show_new(event: Message | CallbackQuery, ctx: Context) -> None:
    async with ctx.runtime.unit_of_work() as session:
        active = await products.list_active(session)
    current = next((item for item in active if item.id == ctx.product_id), active[0])
    others = [item for item in active if item.id != current.id]
    await show(event, ctx.bot, view.new_post(_names([current])[0], _names(others), ctx.t))


def _names(found: Sequence[Product]) -> list[view.ProductName]:
    return [view.ProductName(item.id, item.name) for item in found]
