"""What becomes of what the owner sends? Text, media, albums and forwarded posts become drafts of the current product."""

import re
from functools import partial
from typing import Any

from aiogram import F, Router
from aiogram.filters import StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.types import (
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from bot.context import Context
from bot.origin import made_id
from bot.replies import Refusal
from bot.screens.draft import pieces
from bot.screens.draft.card import place_of, send_card
from bot.screens.draft.media import Kept, attachment_of, keep
from bot.screens.draft.writing import Wish, write_into, writing
from bot.screens.products.forms import ask_name
from bot.ui.formatted import utf16_length
from bot.ui.screen import send
from core.content import service as content
from core.text import markdown

_IDEA_LIMIT = 280  # UTF-16 units: anything longer is a text of its own
_IDEA_LINES = 2
_PLAIN = frozenset({"url", "mention", "hashtag", "cashtag", "bot_command", "email", "phone_number"})
_WORD = re.compile(r"\w{2,}")
_ADDRESS = re.compile(r"(?:https?://\S+|(?:[\w-]+\.)+[^\W\d_]{2,}(?:/\S*)?)", re.IGNORECASE)


def router() -> Router:
    """Return the handlers; they come after every form."""
    screen = Router(name="intake")
    screen.message.register(take_text, StateFilter(None), F.text, ~F.text.startswith("/"))
    for kind in (F.photo, F.video, F.animation, F.document, F.audio):
        screen.message.register(take_media, StateFilter(None), kind)
    return screen


async def take_text(message: Message, ctx: Context, state: FSMContext) -> None:
    """A short idea is written out by AI; any other text is the post itself."""
    text = text_of(message)
    if ctx.product_id is None:
        await ask_name(message, ctx, state, notice=ctx.t("draft-notice-no-product"))
        return
    longer = await pieces.join_text(ctx, state, message, text)
    if longer is not None:
        ctx.afterwards.append(partial(pieces.show_when_complete, ctx, longer.id, longer.version))
        return
    idea = is_idea(message)
    origin = origin_of(message)
    # Saved before anything else happens: whatever fails later, the owner's words are kept.
    async with ctx.runtime.unit_of_work() as session:
        draft = await content.create_draft(
            session,
            content_id=made_id("draft"),
            product_id=ctx.product_id,
            text=text,
            idea=text if idea else None,
            origin=origin,
        )
    if pieces.may_go_on(message):
        await pieces.remember(state, message, draft.id, draft.version)
        ctx.afterwards.append(partial(pieces.show_when_complete, ctx, draft.id, draft.version))
        return
    if not idea:
        notice = ctx.t("draft-notice-forwarded") if origin else ""
        if is_link(message):
            notice = ctx.t("draft-notice-link")
        await send_card(place_of(ctx), draft.id, notice=notice)
        return
    wish = Wish(content_id=draft.id, version=draft.version, product_id=ctx.product_id, idea=text)
    waiting = await send(ctx.bot, ctx.chat_id, writing(ctx, wish))
    ctx.afterwards.append(partial(write_into, ctx, wish, progress_id=waiting.message_id))


async def take_media(message: Message, ctx: Context, state: FSMContext) -> None:
    """A file with its caption is the owner's own post; photos of one album join one draft."""
    if ctx.product_id is None:
        await ask_name(message, ctx, state, notice=ctx.t("draft-notice-no-product"))
        return
    kept = await keep_media(message, ctx)
    text = text_of(message)
    if kept.item is None and not text and not message.media_group_id:
        raise Refusal(
            "draft-media-nothing" if kept.problem == "draft-media-too-big" else "draft-media-nothing-failed",
            name=kept.name,
        )
    if message.media_group_id is None:
        async with ctx.runtime.unit_of_work() as session:
            draft = await content.create_draft(
                session,
                content_id=made_id("draft"),
                product_id=ctx.product_id,
                text=text,
                media=[kept.item] if kept.item else [],
                origin=origin_of(message),
            )
        await send_card(place_of(ctx), draft.id, notice=kept.notice(ctx))
        return
    draft = await pieces.join_album(ctx, ctx.product_id, message, text, kept.item, origin_of(message))
    ctx.afterwards.append(partial(pieces.show_when_complete, ctx, draft.id, draft.version))
    if kept.problem:
        raise Refusal(kept.problem, name=kept.name)


async def keep_media(message: Message, ctx: Context) -> Kept:
    """Store the message's file."""
    attachment = attachment_of(message)
    if attachment is None:
        raise Refusal("draft-empty")
    return await keep(ctx, attachment)


def text_of(message: Message) -> str:
    """Return the message's text or caption as neutral Markdown, its formatting kept."""
    text = message.text or message.caption or ""
    entities = message.entities or message.caption_entities or []
    raw = [entity.model_dump(exclude_none=True) for entity in entities]
    return markdown.to_markdown(markdown.from_telegram(text, raw)).strip()


def is_idea(message: Message) -> bool:
    """Tell a short idea, to be written out, from a finished text: unformatted, in words, and brief."""
    text = message.text or ""
    return (
        message.forward_origin is None
        and not is_link(message)
        and utf16_length(text) <= _IDEA_LIMIT
        and len(text.splitlines()) <= _IDEA_LINES
        and all(entity.type in _PLAIN for entity in message.entities or [])
        and _WORD.search(text) is not None
    )


def is_link(message: Message) -> bool:
    """Tell a link alone: NEXUS opens no pages, so nothing could be written from it but inventions."""
    text = (message.text or "").strip()
    return bool(text) and " " not in text and "\n" not in text and _ADDRESS.fullmatch(text) is not None


def origin_of(message: Message) -> dict[str, Any] | None:
    """Return where a forwarded post came from: the name, and its address where there is one."""
    origin = message.forward_origin
    if isinstance(origin, MessageOriginChannel):
        url = f"https://t.me/{origin.chat.username}/{origin.message_id}" if origin.chat.username else ""
        return {"name": origin.chat.title or origin.chat.username or "", "url": url}
    if isinstance(origin, MessageOriginChat):
        return {"name": origin.sender_chat.title or "", "url": ""}
    if isinstance(origin, MessageOriginUser):
        return {"name": origin.sender_user.full_name, "url": ""}
    if isinstance(origin, MessageOriginHiddenUser):
        return {"name": origin.sender_user_name, "url": ""}
    return None
