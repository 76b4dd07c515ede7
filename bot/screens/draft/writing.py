"""How does AI write into a draft? Outside any transaction and any lock, with signs of life, never over an edit."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import structlog

from bot.context import Context
from bot.screens.draft.callbacks import UseMine
from bot.screens.usage.view import cap_detail
from bot.screens.writing.attending import Attended, attend
from bot.screens.writing.view import under_way
from bot.ui.formatted import Formatted
from bot.ui.keyboard import button
from bot.ui.screen import Screen
from core.ai import writer
from core.ai.notices import Notice
from core.channels import service as channels
from core.channels.models import ChannelStatus
from core.content import forms
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
    purpose: str = "generate"  # what `ai_usage` keeps


async def write_into(ctx: Context, wish: Wish, *, progress_id: int | None = None) -> None:
    """Write, save as a new version and show the card; ``progress_id`` is the message that said "writing…".

    When the draft was changed meanwhile, the owner's change wins and what was written is dropped. Whatever goes
    wrong, the card comes back: the owner's words were saved before.
    """
    anew = wish.previous is not None
    await attend(
        ctx,
        wish.content_id,
        wish.version,
        partial(_write, ctx, wish),
        partial(rewriting if anew else writing, ctx, wish),
        progress_id=progress_id,
    )


async def platforms_of(ctx: Context, content_id: uuid.UUID) -> Sequence[str]:
    """Return the platforms the draft is written for, the one shown first on its card first; not those switched off."""
    async with ctx.runtime.unit_of_work() as session:
        found = await content.get(session, content_id)
        rows = await channels.list_for_product(session, found.product_id)
        connected = {row.platform for row in rows if row.status != ChannelStatus.DISCONNECTED}
    wanted = connected - forms.switched_off(found.adapted)
    return sorted(wanted or connected) or ["telegram"]


async def _write(ctx: Context, wish: Wish, attended: Attended) -> str:
    """Write and save; returns what is to be said about it."""
    platforms = await platforms_of(ctx, wish.content_id)
    async with ctx.runtime.unit_of_work() as session:
        kind = (await content.get(session, wish.content_id)).content_type
    draft = await writer.write_post(
        ctx.runtime,
        product_id=wish.product_id,
        idea=wish.idea,
        platforms=platforms,
        kind=kind,
        feedback=wish.feedback,
        previous=wish.previous,
        content_id=wish.content_id,
        has_media=wish.has_media,
        purpose=wish.purpose,
        shown=platforms[0],
        listening=attended.listening,
    )
    attended.keep_going()
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
    return notice_of(ctx, draft)


def notice_of(ctx: Context, draft: writer.Draft) -> str:
    """Say how it was made when that is not the usual way; what to look at twice stands on the card itself."""
    lines = [ctx.t(f"notice-{draft.notice.value}")] if draft.notice else []
    if draft.notice is Notice.CAP_REACHED:
        lines.append(cap_detail(draft.details, ctx.t))
    return "\n".join(lines)


def writing(ctx: Context, wish: Wish, text: Formatted | None = None) -> Screen:
    """Return the message shown while an idea is written out; taking one's own words instead works meanwhile."""
    mine = button(ctx.t.label("draft-mine"), UseMine(content=wish.content_id, version=wish.version))
    return under_way(ctx.t, ctx.t("draft-writing"), wish.content_id, mine, text=text)


def rewriting(ctx: Context, wish: Wish, text: Formatted | None = None) -> Screen:
    """Return the message shown while a draft is written anew; stopping leads back to the card."""
    return under_way(ctx.t, ctx.t("draft-rewriting"), wish.content_id, text=text)
