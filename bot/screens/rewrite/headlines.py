"""Which first line is better? Three headlines with their reasons; the one that is tapped goes on top of the text."""

import uuid
from functools import partial

from aiogram import Router
from aiogram.types import CallbackQuery
from aiogram.utils.chat_action import ChatActionSender

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.draft.card import place_of, redraw_card
from bot.screens.draft.writing import platforms_of
from bot.screens.rewrite import callbacks as cb
from bot.screens.rewrite import view, working
from bot.screens.rewrite.handlers import redraw_stale
from bot.screens.writing.view import under_way
from bot.ui.screen import edit, show
from bot.writings import Ending, Writing
from core.ai import headlines
from core.ai.stopping import Stopped
from core.ai.tools import unfit_for_headlines
from core.content import service as content
from core.errors import Stale


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="rewrite_headlines")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(open_headlines, cb.OpenHeadlines.filter())
    screen.callback_query.register(take, cb.TakeHeadline.filter())
    return screen


async def open_headlines(query: CallbackQuery, callback_data: cb.OpenHeadlines, ctx: Context) -> None:
    """Show the headlines of this version; have them made where there are none, or others are wanted."""
    model = await working.load(ctx, callback_data.content, callback_data.version)
    async with ctx.runtime.unit_of_work() as session:
        known = await headlines.kept(session, model.content_id, model.version)
    if known and not callback_data.again:
        await show(query, ctx.bot, view.headlines(model, known, ctx.t))
        return
    hindrance = await working.why_not(ctx, unfit_for_headlines(model.text))
    if hindrance is not None:
        await show(query, ctx.bot, view.menu(model, ctx.t).noticed(hindrance))
        return
    waiting = under_way(ctx.t, ctx.t("rewrite-headlines-wait"), model.content_id)
    progress_id = await show(query, ctx.bot, waiting)
    ctx.afterwards.append(partial(_propose, ctx, model.content_id, model.version, progress_id))


async def take(query: CallbackQuery, callback_data: cb.TakeHeadline, ctx: Context) -> None:
    """Make a new version whose first line it is."""
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, callback_data.content, callback_data.version)
        known = await headlines.kept(session, found.id, found.version)
        if callback_data.number >= len(known):
            raise Stale("these headlines are not kept any more", content_id=found.id)
        chosen = known[callback_data.number].headline
        text, adapted = headlines.put_on_top(chosen, found.original_text, found.adapted)
        await content.edit(
            session,
            found.id,
            expected_version=callback_data.version,
            text=text,
            adapted=adapted,
            reason="headline",
            made_by="ai",
            ai_model=found.ai_model,
            ai_prompt=found.ai_prompt,
        )
    message_id = query.message.message_id if query.message else None
    notice = ctx.t("rewrite-headline-taken")
    await redraw_card(place_of(ctx), callback_data.content, notice=notice, message_id=message_id)


async def _propose(ctx: Context, content_id: uuid.UUID, version: int, progress_id: int) -> None:
    writing = ctx.writings.begin(ctx.chat_id, content_id, version)
    if writing is None:  # a second tap: the first one goes on
        return
    try:
        await _proposed(ctx, writing, progress_id)
    except Stopped:
        await _card(ctx, writing, ctx.t("rewrite-headlines-stopped"), progress_id)
    except Stale:
        await _card(ctx, writing, ctx.t("draft-written-late"), progress_id)
    except Exception:
        await _card(ctx, writing, "", progress_id)
        raise
    finally:
        ctx.writings.finish(writing)


async def _proposed(ctx: Context, writing: Writing, progress_id: int) -> None:
    platforms = await platforms_of(ctx, writing.content_id)
    async with ChatActionSender.typing(chat_id=ctx.chat_id, bot=ctx.bot):
        proposed = await headlines.propose(
            ctx.runtime,
            content_id=writing.content_id,
            version=writing.version,
            platforms=platforms,
            stop=writing.stop,
        )
    model = await working.load(ctx, writing.content_id, writing.version)
    if proposed.variants:
        screen = view.headlines(model, proposed.variants, ctx.t)
    else:
        screen = view.menu(model, ctx.t).noticed(working.failure(ctx, proposed))
    await edit(ctx.bot, ctx.chat_id, progress_id, screen)


async def _card(ctx: Context, writing: Writing, notice: str, progress_id: int) -> None:
    if writing.ending is not Ending.OVERTAKEN:
        await redraw_card(place_of(ctx), writing.content_id, notice=notice, message_id=progress_id)
