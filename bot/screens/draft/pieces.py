"""Was this sent in several messages? Albums arrive photo by photo, and long texts cut at Telegram's limit; both are one draft.

What arrived so far is saved at once, as a new version of the draft; the card waits until nothing more comes.
"""

import asyncio
import uuid
from typing import Any

from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.context import Context
from bot.origin import is_again, made_id
from bot.screens.draft.card import place_of, send_card
from bot.ui.formatted import utf16_length
from core.content import service as content
from core.content.models import Content, ContentStatus
from core.content.rendering import media_of
from core.errors import NotFound, Stale
from core.platforms.base import MediaItem

PAUSE = 0.8  # seconds without another piece after which a post is complete
_CUT_FROM = 3_500  # UTF-16 units: clients cut at 4096, or a little before, at the end of a word
_TOGETHER = 5  # seconds between two pieces of one text


async def show_when_complete(ctx: Context, content_id: uuid.UUID, version: int, notice: str = "") -> None:
    """Show the card unless another piece has come meanwhile: then that one shows it."""
    if await is_complete(ctx, content_id, version):
        await send_card(place_of(ctx), content_id, notice=notice)


async def is_complete(ctx: Context, content_id: uuid.UUID, version: int) -> bool:
    """Wait a little, and tell whether ``version`` is still the current one: no other piece has come."""
    await asyncio.sleep(PAUSE)
    async with ctx.runtime.unit_of_work() as session:
        return (await content.get(session, content_id)).version == version


async def join_album(
    ctx: Context,
    product_id: uuid.UUID,
    message: Message,
    text: str,
    item: MediaItem | None,
    origin: dict[str, Any] | None = None,
) -> Content:
    """Add a photo to the album's draft, making it with the first one. Updates of a chat come here one by one."""
    async with ctx.runtime.unit_of_work() as session:
        draft = await content.by_media_group(session, group_of(ctx, message))
        if draft is None or draft.status == ContentStatus.ARCHIVED:
            return await content.create_draft(
                session,
                content_id=made_id("draft"),
                product_id=product_id,
                text=text,
                media=[item] if item else [],
                media_group=group_of(ctx, message),
                origin=origin,
            )
        if item is None and not text:
            return draft
        if is_again() and item is not None and item in media_of(draft):
            return draft  # this photo has joined it, and the process died before it could say so
        return await content.edit(
            session,
            draft.id,
            expected_version=draft.version,
            text="\n\n".join(part for part in (draft.original_text, text) if part),
            media=[*media_of(draft), *([item] if item else [])],
            reason="media",
        )


def may_go_on(message: Message) -> bool:
    """Tell whether the text is as long as a client makes it when it cuts a longer one."""
    return message.forward_origin is None and utf16_length(message.text or "") >= _CUT_FROM


def group_of(ctx: Context, message: Message) -> str:
    """Return what the album is known by; two chats may get the same group from a forwarded album."""
    return f"{ctx.chat_id}:{message.media_group_id}"


async def remember(state: FSMContext, message: Message, content_id: uuid.UUID, version: int) -> None:
    """Keep where the next piece belongs."""
    at = int(message.date.timestamp())
    await state.set_data({"piece": {"content": content_id.hex, "version": version, "at": at}})


async def join_text(ctx: Context, state: FSMContext, message: Message, text: str) -> Content | None:
    """Add the text to the draft whose text was cut a moment ago; None when there is no such draft."""
    piece = (await state.get_data()).get("piece")
    if not isinstance(piece, dict) or message.forward_origin is not None:
        return None
    await state.set_data({})
    if message.date.timestamp() - piece["at"] > _TOGETHER:
        return None
    try:
        draft = await _joined(ctx, piece, text) or await _join(ctx, piece, text)
    except (Stale, NotFound):  # changed or deleted in between: this text stands by itself
        return None
    if may_go_on(message):
        await remember(state, message, draft.id, draft.version)
    return draft


async def _joined(ctx: Context, piece: dict[str, Any], text: str) -> Content | None:
    """Return the draft when it ends with ``text`` already: it was added, and the process died before it could say so."""
    if not is_again():
        return None
    async with ctx.runtime.unit_of_work() as session:
        draft = await content.get(session, uuid.UUID(piece["content"]))
    return draft if f"\n{draft.original_text}".endswith(f"\n{text}") else None


async def _join(ctx: Context, piece: dict[str, Any], text: str) -> Content:
    async with ctx.runtime.unit_of_work() as session:
        draft = await content.at_version(session, uuid.UUID(piece["content"]), piece["version"])
        return await content.edit(
            session,
            draft.id,
            expected_version=draft.version,
            text=f"{draft.original_text}\n{text}",
            adapted={},
        )
