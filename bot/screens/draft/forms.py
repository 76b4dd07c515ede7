"""What happens to what is typed about a draft? A new text replaces the old one; a reason has it written anew."""

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
from bot.screens.draft import pieces
from bot.screens.draft.card import load_model, place_of, send_card
from bot.screens.draft.handlers import redraw_stale
from bot.screens.draft.intake import keep_media, text_of
from bot.screens.draft.media import attachment_of
from bot.screens.draft.states import DraftForm
from bot.screens.draft.writing import Wish, rewriting, write_into
from bot.ui import form
from bot.ui.formatted import TEXT_LIMIT
from bot.ui.keyboard import button
from bot.ui.screen import send, show
from core.content import service as content
from core.errors import Stale
from core.platforms.base import MediaItem
from core.publications.models import PublicationStatus


class _About(NamedTuple):
    content_id: uuid.UUID
    version: int


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="draft_forms")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(ask_text, cb.EditText.filter())
    screen.callback_query.register(ask_reason, cb.Reject.filter())
    not_a_command = ~F.text.startswith("/")
    screen.message.register(take_text, DraftForm.new_text, not_a_command)
    screen.message.register(take_reason, DraftForm.reason, not_a_command)
    return screen


async def ask_text(query: CallbackQuery, callback_data: cb.EditText, ctx: Context, state: FSMContext) -> None:
    """Ask for the new text, where the card stands."""
    number = await _number(ctx, callback_data)
    await form.wait_for(
        state, DraftForm.new_text, content=callback_data.content.hex, version=callback_data.version
    )
    question = form.question(
        ctx.t,
        ctx.t("draft-ask-edit", number=number),
        cancel=cb.OpenCard(content=callback_data.content),
    )
    await show(query, ctx.bot, question)


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


async def take_text(message: Message, ctx: Context, state: FSMContext) -> None:
    """Replace the text (and the media, when some came) by what was sent; the approval does not carry over."""
    about = await _about(state)
    text = text_of(message)
    media: list[MediaItem] | None = None
    if attachment_of(message) is not None:
        kept = await keep_media(message, ctx)
        if kept.item is None:
            raise Refusal(kept.problem, name=kept.name)
        media = [kept.item]
    elif not text:
        raise Refusal("form-need-text")
    try:
        async with ctx.runtime.unit_of_work() as session:
            edited = await content.edit(
                session,
                about.content_id,
                expected_version=about.version,
                # A new picture without words keeps the words.
                text=text or None,
                adapted={} if text else None,
                media=media,
                made_by="owner" if text else None,
            )
    except Stale:
        await state.clear()
        await send_card(place_of(ctx), about.content_id, notice=ctx.t("draft-notice-edit-stale"))
        return
    await state.clear()
    notice = ctx.t("draft-notice-edited-waits" if await _is_scheduled(ctx, about) else "draft-notice-edited")
    if pieces.may_go_on(message):
        await pieces.remember(state, message, edited)
        show = partial(pieces.show_when_complete, ctx, edited.id, edited.version, notice)
        ctx.afterwards.append(show)
        return
    await send_card(place_of(ctx), about.content_id, notice=notice)


async def take_reason(message: Message, ctx: Context, state: FSMContext) -> None:
    """Have the draft written anew with the reason as feedback."""
    about = await _about(state)
    reason = form.typed_text(message, limit=TEXT_LIMIT)
    await state.clear()
    try:
        async with ctx.runtime.unit_of_work() as session:
            found = await content.at_version(session, about.content_id, about.version)
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


async def _number(ctx: Context, data: cb.EditText | cb.Reject) -> str:
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, data.content, data.version)
    return str(found.number)


async def _about(state: FSMContext) -> _About:
    data = await state.get_data()
    return _About(uuid.UUID(data["content"]), int(data["version"]))


async def _is_scheduled(ctx: Context, about: _About) -> bool:
    model = await load_model(place_of(ctx), about.content_id)
    return any(channel.publication_status is PublicationStatus.SCHEDULED for channel in model.card.channels)
