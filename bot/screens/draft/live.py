"""What can the owner still do with a post that is out? Bring it to the new text, or take it down."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.errors import reply_to
from bot.middlewares.taps import RedrawStale
from bot.screens.draft import callbacks as cb
from bot.screens.draft.card import place_of, redraw_card
from bot.screens.draft.handlers import redraw_stale
from bot.ui.confirm import confirm
from bot.ui.screen import show
from core.content import queries
from core.content import service as content
from core.errors import PlatformError
from core.publications import afterwards, scheduling
from core.publications.models import PublicationStatus
from core.runtime import Runtime


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="draft_live")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(update_live, cb.UpdateLive.filter())
    screen.callback_query.register(ask_take_down, cb.AskTakeDown.filter())
    screen.callback_query.register(take_down, cb.TakeDown.filter())
    return screen


async def update_live(query: CallbackQuery, callback_data: cb.UpdateLive, ctx: Context) -> None:
    """Approve this version and bring every published post to it."""
    async with ctx.runtime.unit_of_work() as session:
        await content.approve(session, callback_data.content, version=callback_data.version, now=ctx.now)
        await scheduling.follow_approval(
            session, callback_data.content, version=callback_data.version, now=ctx.now
        )
    await _with_each(
        query, ctx, callback_data.content, afterwards.edit_published, done="draft-notice-updated"
    )


async def ask_take_down(query: CallbackQuery, callback_data: cb.AskTakeDown, ctx: Context) -> None:
    """Ask before removing what readers already see."""
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, callback_data.content, callback_data.version)
    yes = cb.TakeDown(content=callback_data.content, version=callback_data.version)
    no = cb.OpenCard(content=callback_data.content)
    question = ctx.t("draft-ask-take-down", number=str(found.number))
    await show(
        query, ctx.bot, confirm(ctx.t, question, yes=yes, no=no, yes_label=ctx.t.label("draft-take-down"))
    )


async def take_down(query: CallbackQuery, callback_data: cb.TakeDown, ctx: Context) -> None:
    """Remove every published post of this content from its platform; the draft stays."""
    async with ctx.runtime.unit_of_work() as session:
        await content.at_version(session, callback_data.content, callback_data.version)
    await _with_each(
        query, ctx, callback_data.content, afterwards.delete_published, done="draft-notice-taken-down"
    )


async def _with_each(
    query: CallbackQuery,
    ctx: Context,
    content_id: uuid.UUID,
    action: Callable[[Runtime, uuid.UUID], Awaitable[Any]],
    *,
    done: str,
) -> None:
    """Do ``action`` with every published post; what one platform refuses does not keep the others from it."""
    async with ctx.runtime.unit_of_work() as session:
        card = await queries.card(session, content_id, ctx.runtime.platforms)
    said = []
    for channel in card.channels:
        if channel.publication_id is None or channel.publication_status is not PublicationStatus.PUBLISHED:
            continue
        try:
            await action(ctx.runtime, channel.publication_id)
        except PlatformError as error:
            said.append(ctx.t("draft-live-failed", name=channel.name) + " " + reply_to(ctx.t, error))
        else:
            said.append(ctx.t(done, name=channel.name))
    message_id = query.message.message_id if query.message else None
    await redraw_card(place_of(ctx), content_id, notice="\n".join(said), message_id=message_id)
