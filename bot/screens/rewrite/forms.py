"""What is done with the owner's own words about a text? A tone, a language, or a wish for another try."""

import uuid
from functools import partial

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.draft.card import place_of, send_card
from bot.screens.draft.writing import Wish, rewriting, write_into
from bot.screens.rewrite import callbacks as cb
from bot.screens.rewrite import view, working
from bot.screens.rewrite.handlers import redraw_stale
from bot.screens.rewrite.states import RewriteForm
from bot.ui import form
from bot.ui.screen import send, show
from core.ai.tools import Tool
from core.content import service as content
from core.errors import Stale

_LIMITS = {cb.Asked.TONE: 300, cb.Asked.LANGUAGE: 60, cb.Asked.ANEW: 1_000}  # UTF-16 units
_TOOLS = {cb.Asked.TONE: Tool.TONE, cb.Asked.LANGUAGE: Tool.TRANSLATE}


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="rewrite_forms")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(ask, cb.AskWish.filter())
    screen.message.register(take, RewriteForm.wish, ~F.text.startswith("/"))
    return screen


async def ask(query: CallbackQuery, callback_data: cb.AskWish, ctx: Context, state: FSMContext) -> None:
    """Ask for the words, unless nothing could be done with them."""
    model = await working.load(ctx, callback_data.content, callback_data.version)
    tool = _TOOLS.get(callback_data.about)
    hindrance = await working.hindrance(ctx, model.text, tool) if tool is not None else None
    if hindrance is not None:
        await show(query, ctx.bot, view.menu(model, ctx.t).noticed(hindrance))
        return
    await form.wait_for(
        state,
        RewriteForm.wish,
        content=model.content_id.hex,
        version=model.version,
        about=callback_data.about.value,
    )
    await show(query, ctx.bot, view.ask(model, callback_data.about, ctx.t))


async def take(message: Message, ctx: Context, state: FSMContext) -> None:
    """Have the text rewritten as the words say."""
    data = await state.get_data()
    about, content_id, version = cb.Asked(data["about"]), uuid.UUID(data["content"]), int(data["version"])
    wish = form.typed_text(message, limit=_LIMITS[about])
    await state.clear()
    try:
        if about is cb.Asked.ANEW:
            await _anew(ctx, content_id, version, wish)
            return
        model = await working.load(ctx, content_id, version)
    except Stale:
        await send_card(place_of(ctx), content_id, notice=ctx.t("draft-notice-stale"))
        return
    job = working.Job(model.content_id, model.version, _TOOLS[about], wish)
    waiting = await send(ctx.bot, ctx.chat_id, working.progress(ctx, model.content_id))
    ctx.afterwards.append(partial(working.run, ctx, job, waiting.message_id))


async def _anew(ctx: Context, content_id: uuid.UUID, version: int, wish: str) -> None:
    """Write it once more from the idea, with the wish as feedback."""
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, content_id, version)
        wanted = Wish(
            content_id=found.id,
            version=found.version,
            product_id=found.product_id,
            idea=found.idea or found.original_text,
            feedback=wish,
            previous=found.original_text,
            has_media=bool(found.media),
            purpose="regenerate",
        )
    if not wanted.idea:
        raise Refusal("draft-nothing-to-rewrite")
    waiting = await send(ctx.bot, ctx.chat_id, rewriting(ctx, wanted))
    ctx.afterwards.append(partial(write_into, ctx, wanted, progress_id=waiting.message_id))
