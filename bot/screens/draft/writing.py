"""How does AI write into a draft? Outside any transaction and any lock, with signs of life, never over an edit."""

import uuid
from dataclasses import dataclass

import structlog
from aiogram.utils.chat_action import ChatActionSender

from bot.context import Context
from bot.screens.draft.callbacks import OpenCard, UseMine
from bot.screens.draft.card import place_of, redraw_card, send_card
from bot.screens.usage.view import cap_detail
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen, retire
from core.ai import writer
from core.ai.notices import Notice
from core.channels import service as channels
from core.content import service as content
from core.errors import Stale

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be written into which version of a draft."""

    content_id: uuid.UUID
    version: int
    product_id: uuid.UUID
    idea: str
    feedback: str | None = None
    previous: str | None = None
    has_media: bool = False


async def write_into(ctx: Context, wish: Wish, *, progress_id: int | None = None) -> None:
    """Write, save as a new version and show the card; ``progress_id`` is the message that said "writing…".

    When the draft was changed meanwhile, the owner's change wins and what was written is dropped. Whatever goes
    wrong, the card comes back: the owner's words were saved before.
    """
    try:
        notice = await _write(ctx, wish)
    except Exception:
        await _show(ctx, wish.content_id, "", progress_id)
        raise
    await _show(ctx, wish.content_id, notice, progress_id)


async def _show(ctx: Context, content_id: uuid.UUID, notice: str, progress_id: int | None) -> None:
    if progress_id is None:
        await redraw_card(place_of(ctx), content_id, notice=notice)
        return
    await send_card(place_of(ctx), content_id, notice=notice)
    await retire(ctx.bot, ctx.chat_id, progress_id)


async def _write(ctx: Context, wish: Wish) -> str:
    """Write and save; returns what is to be said about it."""
    async with ctx.runtime.unit_of_work() as session:
        platforms = [row.platform for row in await channels.list_for_product(session, wish.product_id)]
        kind = (await content.get(session, wish.content_id)).content_type
    async with ChatActionSender.typing(chat_id=ctx.chat_id, bot=ctx.bot):
        draft = await writer.write_post(
            ctx.runtime,
            product_id=wish.product_id,
            idea=wish.idea,
            platforms=platforms or ["telegram"],
            kind=kind,
            feedback=wish.feedback,
            previous=wish.previous,
            content_id=wish.content_id,
            has_media=wish.has_media,
        )
    try:
        async with ctx.runtime.unit_of_work() as session:
            await content.edit(
                session,
                wish.content_id,
                expected_version=wish.version,
                text=draft.text,
                adapted=draft.adapted,
                reason="regenerated",
                made_by=draft.made_by,
                ai_model=draft.model,
                ai_prompt=draft.prompt,
            )
    except Stale:
        log.info("written_too_late", content_id=str(wish.content_id), version=wish.version)
        return ctx.t("draft-written-late")
    return _notice(ctx, draft)


def _notice(ctx: Context, draft: writer.Draft) -> str:
    """Say how it was made when that is not the usual way; what to look at twice stands on the card itself."""
    lines = [ctx.t(f"notice-{draft.notice.value}")] if draft.notice else []
    if draft.notice is Notice.CAP_REACHED:
        lines.append(cap_detail(draft.details, ctx.t))
    return "\n".join(lines)


def writing(ctx: Context, wish: Wish) -> Screen:
    """Return the message shown while an idea is written out; taking one's own words instead works meanwhile."""
    mine = UseMine(content=wish.content_id, version=wish.version)
    return Screen.of(ctx.t("draft-writing"), keyboard([button(ctx.t.label("draft-mine"), mine)]))


def rewriting(ctx: Context, wish: Wish) -> Screen:
    """Return the message shown while a draft is written anew; the way back leads to the card as it is."""
    back = OpenCard(content=wish.content_id)
    return Screen.of(ctx.t("draft-rewriting"), keyboard([button(ctx.t.label("ui-back"), back)]))
