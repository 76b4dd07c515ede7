"""What do /suggest and its buttons do?"""

import uuid
from functools import partial

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.origin import made_id
from bot.screens.draft.writing import Wish, write_into, writing
from bot.screens.products.forms import ask_name
from bot.screens.suggest import callbacks as cb
from bot.screens.suggest import view
from bot.screens.suggest.states import SuggestForm
from bot.ui import form
from bot.ui.formatted import TEXT_LIMIT
from bot.ui.screen import Screen, send, show
from core.analytics import suggestions
from core.content import service as content
from core.platforms.registry import title_of
from core.products import service as products
from core.templates.kinds import PostKind


def router() -> Router:
    """Return the screen's handlers."""
    screen = Router(name="suggest")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.message.register(open_command, Command("suggest"))
    screen.callback_query.register(open_suggestions, cb.OpenSuggestions.filter())
    screen.callback_query.register(put_away, cb.PutAway.filter())
    screen.callback_query.register(ask_idea, cb.AskIdea.filter())
    screen.callback_query.register(ask_idea_of_kind, cb.AskIdeaOfKind.filter())
    screen.message.register(take_idea, SuggestForm.idea, ~F.text.startswith("/"))
    return screen


async def redraw_stale(query: CallbackQuery, data: cb.AboutSuggestions, ctx: Context) -> None:
    """Draw the hints as they are now."""
    screen = await suggestions_screen(ctx, data.product)
    await show(query, ctx.bot, screen.noticed(ctx.t("suggest-stale")))


async def open_command(message: Message, ctx: Context, state: FSMContext) -> None:
    """Show the current product's hints."""
    if ctx.product_id is None:
        await ask_name(message, ctx, state, notice=ctx.t("suggest-no-product"))
        return
    await show(message, ctx.bot, await suggestions_screen(ctx, ctx.product_id))


async def open_suggestions(
    query: CallbackQuery, callback_data: cb.OpenSuggestions, ctx: Context, state: FSMContext
) -> None:
    """Show a product's hints; it is also the way back from the question for an idea."""
    await state.clear()
    await show(query, ctx.bot, await suggestions_screen(ctx, callback_data.product))


async def put_away(query: CallbackQuery, callback_data: cb.PutAway, ctx: Context) -> None:
    """Keep a hint silent for a week."""
    async with ctx.runtime.unit_of_work() as session:
        await suggestions.put_away(session, callback_data.product, callback_data.mark, ctx.now)
    screen = await suggestions_screen(ctx, callback_data.product)
    await show(query, ctx.bot, screen.noticed(ctx.t("suggest-put-away")))


async def ask_idea(query: CallbackQuery, callback_data: cb.AskIdea, ctx: Context, state: FSMContext) -> None:
    """Ask what a post shall be about."""
    await _ask(query, ctx, state, callback_data.product, None)


async def ask_idea_of_kind(
    query: CallbackQuery, callback_data: cb.AskIdeaOfKind, ctx: Context, state: FSMContext
) -> None:
    """Ask what a post of a kind shall be about."""
    await _ask(query, ctx, state, callback_data.product, callback_data.kind)


async def take_idea(message: Message, ctx: Context, state: FSMContext) -> None:
    """Make a draft from the idea, of the suggested kind."""
    idea = form.typed_text(message, limit=TEXT_LIMIT)
    data = await state.get_data()
    product_id, kind = uuid.UUID(data["product"]), data["kind"] or None
    # Saved before anything else happens: whatever fails later, the owner's words are kept.
    async with ctx.runtime.unit_of_work() as session:
        await products.get(session, product_id)
        draft = await content.create_draft(
            session,
            content_id=made_id("draft"),
            product_id=product_id,
            text=idea,
            idea=idea,
            content_type=kind,
        )
    await state.clear()
    wish = Wish(content_id=draft.id, version=draft.version, product_id=product_id, idea=idea)
    waiting = await send(ctx.bot, ctx.chat_id, writing(ctx, wish))
    ctx.afterwards.append(partial(write_into, ctx, wish, progress_id=waiting.message_id))


async def suggestions_screen(ctx: Context, product_id: uuid.UUID) -> Screen:
    """Load and draw. Raises ``NotFound``."""
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
        found = await suggestions.for_product(session, product_id, ctx.now)
    titles = {
        item.platform: title_of(item.platform, ctx.runtime.platforms) for item in found if item.platform
    }
    return view.suggestions(product.id, product.name, found, titles, ctx.t)


async def _ask(
    query: CallbackQuery, ctx: Context, state: FSMContext, product_id: uuid.UUID, kind: PostKind | None
) -> None:
    async with ctx.runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
    await form.wait_for(
        state, SuggestForm.idea, product=product.id.hex, kind=kind.value if kind is not None else ""
    )
    await show(query, ctx.bot, view.ask_idea(product.id, product.name, kind, ctx.t))
