"""How does the owner change a post's words? For all platforms or one, by the button or by answering the card."""

import uuid
from functools import partial
from typing import Any, NamedTuple

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.replies import Refusal
from bot.screens.draft import callbacks as cb
from bot.screens.draft import pieces
from bot.screens.draft.card import load_model, place_of, redraw_card, send_card
from bot.screens.draft.editing_view import ask_for_platform, ask_for_text
from bot.screens.draft.handlers import redraw_stale
from bot.screens.draft.intake import keep_media, text_of
from bot.screens.draft.media import attachment_of
from bot.screens.draft.states import DraftForm
from bot.ui import form
from bot.ui.screen import show
from core.content import forms, queries
from core.content import service as content
from core.errors import Stale
from core.platforms.base import MediaItem
from core.publications.models import PublicationStatus


class _About(NamedTuple):
    content_id: uuid.UUID
    version: int
    platform: str = ""  # empty: all of them


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="draft_editing")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(ask_text, cb.EditText.filter())
    screen.callback_query.register(ask_platform_text, cb.EditFor.filter())
    screen.callback_query.register(common_text, cb.CommonText.filter())
    screen.message.register(take_text, DraftForm.new_text, ~F.text.startswith("/"))
    screen.message.register(
        take_answer, StateFilter(None), F.reply_to_message, ~F.text.startswith("/"), answered_card
    )
    return screen


async def answered_card(message: Message, ctx: Context) -> bool | dict[str, Any]:
    """Tell whether the message answers a card of this chat, or its preview; an edit is made of it then."""
    reply = message.reply_to_message
    if reply is None or (message.text is None and attachment_of(message) is None):
        return False
    async with ctx.runtime.unit_of_work() as session:
        group = pieces.group_of(ctx, message) if message.media_group_id else None
        if group is not None and await content.by_media_group(session, group) is not None:
            return (
                False  # the album's first photo has made the edit; the others join it like those of any album
            )
        card = await content.card_at(session, ctx.chat_id, reply.message_id)
    return {"about": _About(card.content_id, card.version)} if card is not None else False


async def ask_text(query: CallbackQuery, callback_data: cb.EditText, ctx: Context, state: FSMContext) -> None:
    """Ask for the new text, where the card stands; with several platforms one of them can be chosen."""
    async with ctx.runtime.unit_of_work() as session:
        await content.at_version(session, callback_data.content, callback_data.version)
        card = await queries.card(session, callback_data.content, ctx.runtime.platforms)
    await form.wait_for(
        state, DraftForm.new_text, content=card.content_id.hex, version=card.version, platform=""
    )
    await show(query, ctx.bot, ask_for_text(card, ctx.t))


async def ask_platform_text(
    query: CallbackQuery, callback_data: cb.EditFor, ctx: Context, state: FSMContext
) -> None:
    """Ask for the text of one platform."""
    async with ctx.runtime.unit_of_work() as session:
        await content.at_version(session, callback_data.content, callback_data.version)
        card = await queries.card(session, callback_data.content, ctx.runtime.platforms)
    platform = callback_data.platform
    if not any(channel.platform == platform for channel in card.channels):
        raise Stale("this platform is not connected any more", content_id=card.content_id)
    await form.wait_for(
        state, DraftForm.new_text, content=card.content_id.hex, version=card.version, platform=platform
    )
    await show(query, ctx.bot, ask_for_platform(card, platform, ctx.t))


async def common_text(
    query: CallbackQuery, callback_data: cb.CommonText, ctx: Context, state: FSMContext
) -> None:
    """Have one platform say what the others say."""
    await state.clear()
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, callback_data.content, callback_data.version)
        adapted = forms.without_text(found.adapted, callback_data.platform)
        await content.edit(session, found.id, expected_version=found.version, adapted=adapted)
    message_id = query.message.message_id if query.message else None
    notice = ctx.t("draft-notice-common")
    await redraw_card(place_of(ctx), callback_data.content, notice=notice, message_id=message_id)


async def take_text(message: Message, ctx: Context, state: FSMContext) -> None:
    """Replace the text (and the media, when some came) by what was sent; the approval does not carry over."""
    data = await state.get_data()
    about = _About(uuid.UUID(data["content"]), int(data["version"]), data.get("platform") or "")
    await _apply(message, ctx, state, about)


async def take_answer(message: Message, ctx: Context, state: FSMContext, about: _About) -> None:
    """An answer to a card is its new text or its new picture."""
    await _apply(message, ctx, state, about)


async def _apply(message: Message, ctx: Context, state: FSMContext, about: _About) -> None:
    text, media = text_of(message), await _media(message, ctx, about, state)
    if media is None and not text:
        raise Refusal("form-need-text")
    try:
        async with ctx.runtime.unit_of_work() as session:
            found = await content.at_version(session, about.content_id, about.version)
            if about.platform:
                adapted = forms.with_text(found.adapted, about.platform, text)
                edited = await content.edit(
                    session, found.id, expected_version=about.version, adapted=adapted
                )
            else:
                edited = await content.edit(
                    session,
                    found.id,
                    expected_version=about.version,
                    # A new picture without words keeps the words.
                    text=text or None,
                    adapted=forms.for_new_words(found.adapted) if text else None,
                    media=media,
                    made_by="owner" if text else None,
                    media_group=pieces.group_of(ctx, message) if message.media_group_id else None,
                )
    except Stale:
        await state.clear()
        await send_card(place_of(ctx), about.content_id, notice=ctx.t("draft-notice-edit-stale"))
        return
    await state.clear()
    await _show(message, ctx, state, edited.id, edited.version)


async def _media(message: Message, ctx: Context, about: _About, state: FSMContext) -> list[MediaItem] | None:
    """Return the files that replace the post's; None when the message has none. Raises ``Refusal``."""
    if attachment_of(message) is None:
        return None
    if about.platform:
        raise Refusal("draft-platform-text-only")
    kept = await keep_media(message, ctx)
    if kept.item is None:
        raise Refusal(kept.problem, name=kept.name)
    return [kept.item]


async def _show(
    message: Message, ctx: Context, state: FSMContext, content_id: uuid.UUID, version: int
) -> None:
    model = await load_model(place_of(ctx), content_id)
    waits = any(channel.publication_status is PublicationStatus.SCHEDULED for channel in model.card.channels)
    notice = ctx.t("draft-notice-edited-waits" if waits else "draft-notice-edited")
    if pieces.may_go_on(message) or message.media_group_id:
        await pieces.remember(state, message, content_id, version)
        ctx.afterwards.append(partial(pieces.show_when_complete, ctx, content_id, version, notice))
        return
    await send_card(place_of(ctx), content_id, notice=notice)
