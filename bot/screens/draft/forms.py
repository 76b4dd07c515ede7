"""What happens when a draft is rejected? The reason is kept with the version, and the text is written anew with it."""

import uuid
from functools import partial
from typing import NamedTuple

from aiogram import F, Router
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.draft import callbacks as cb
from bot.screens.draft.card import place_of, send_card
from bot.screens.draft.handlers import redraw_stale
from bot.screens.draft.states import DraftForm
from bot.screens.draft.writing import Wish, rewriting, write_into
from bot.ui import form
from bot.ui.formatted import TEXT_LIMIT
from bot.ui.keyboard import button
from bot.ui.screen import send, show
from core.content import history
from core.content import service as content
from core.errors import Stale


class _About(NamedTuple):
    content_id: uuid.UUID
    version: int


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="draft_forms")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(ask_reason, cb.Reject.filter())
    not_a_command = ~F.text.startswith("/")
    screen.message.register(take_reason, DraftForm.reason, not_a_command)
    return screen


async def ask_reason(query: CallbackQuery, callback_data: cb.Reject, ctx: Context, state: FSMContext) -> None:
    """Ask what is wrong with it; saying nothing is possible too."""
    number = await _number(ctx, callback_data)
    await form.wait_for(
        state, DraftForm.reason, content=callback_data.content.hex, version=callback_data.version
    )
    silently = cb.RejectSilently(content=callback_data.content, version=callback_data.version)
    question = form.question(
        ctx.t,
        ctx.t("draft-ask-reason", number=number),
        [button(ctx.t.label("draft-reject-silently"), silently)],
        cancel=cb.OpenCard(content=callback_data.content),
    )
    await show(query, ctx.bot, question)


async def take_reason(message: Message, ctx: Context, state: FSMContext) -> None:
    """Have the draft written anew with the reason as feedback."""
    about = await _about(state)
    reason = form.typed_text(message, limit=TEXT_LIMIT)
    await state.clear()
    try:
        async with ctx.runtime.unit_of_work() as session:
            found = await content.at_version(session, about.content_id, about.version)
            await history.note_rejection(session, found.id, found.version, reason)
            wish = Wish(
                content_id=found.id,
                version=found.version,
                product_id=found.product_id,
                idea=found.idea or found.original_text,
                feedback=reason,
                previous=found.original_text,
                has_media=bool(found.media),
                purpose="regenerate",
            )
    except Stale:
        await send_card(place_of(ctx), about.content_id, notice=ctx.t("draft-notice-stale"))
        return
    if not wish.idea:
        raise Refusal("draft-nothing-to-rewrite")
    waiting = await send(ctx.bot, ctx.chat_id, rewriting(ctx, wish))
    ctx.afterwards.append(partial(write_into, ctx, wish, progress_id=waiting.message_id))


async def _number(ctx: Context, data: cb.Reject) -> str:
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, data.content, data.version)
    return str(found.number)


async def _about(state: FSMContext) -> _About:
    data = await state.get_data()
    return _About(uuid.UUID(data["content"]), int(data["version"]))
