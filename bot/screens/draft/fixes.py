"""How is what a platform would refuse repaired in one tap? Split, moved under the file, fewer hashtags, or shortened by AI."""

from functools import partial
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.context import Context
from bot.middlewares.taps import RedrawStale
from bot.screens.draft import callbacks as cb
from bot.screens.draft.card import place_of, redraw_card
from bot.screens.draft.handlers import redraw_stale
from bot.screens.draft.writing import Wish, rewriting, write_into
from bot.ui.screen import show
from core.content import forms, queries
from core.content import service as content
from core.content.rendering import hashtags_to_keep
from core.errors import Stale
from core.platforms.base import Fix, Rendering

# The entry of ``content.adapted[platform]`` that makes the platform's rendering do it.
_OPTIONS = {Fix.SPLIT: "split", Fix.TEXT_BELOW: "text_below"}


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="draft_fixes")
    screen.callback_query.middleware(RedrawStale(redraw_stale))
    screen.callback_query.register(repair, cb.Repair.filter())
    return screen


async def repair(query: CallbackQuery, callback_data: cb.Repair, ctx: Context) -> None:
    """Make a new version in which the problem is gone; it wants an approval like any other."""
    if callback_data.fix is Fix.SHORTEN:
        await _shorten(query, callback_data, ctx)
        return
    fix = callback_data.fix
    if fix is Fix.EDIT:
        raise Stale("editing is a button of its own")
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, callback_data.content, callback_data.version)
        card = await queries.card(session, callback_data.content, ctx.runtime.platforms)
        adapted: dict[str, Any] = dict(found.adapted)
        for channel in card.outlets:
            if any(fix in problem.fixes for problem in channel.rendering.problems):
                own = forms.of(adapted, channel.platform)
                adapted[channel.platform] = own | _option(fix, channel.rendering)
        if adapted == found.adapted:
            raise Stale("there is nothing to repair any more")
        await content.edit(
            session, callback_data.content, expected_version=callback_data.version, adapted=adapted
        )
    message_id = query.message.message_id if query.message else None
    await redraw_card(place_of(ctx), callback_data.content, message_id=message_id)


def _option(fix: Fix, rendering: Rendering) -> dict[str, Any]:
    """Return what of ``content.adapted[platform]`` makes the platform's rendering do it."""
    if fix is not Fix.DROP_HASHTAGS:
        return {_OPTIONS[fix]: True}
    return {
        forms.HASHTAGS: min(
            hashtags_to_keep(problem) for problem in rendering.problems if fix in problem.fixes
        )
    }


async def _shorten(query: CallbackQuery, data: cb.Repair, ctx: Context) -> None:
    async with ctx.runtime.unit_of_work() as session:
        found = await content.at_version(session, data.content, data.version)
        card = await queries.card(session, data.content, ctx.runtime.platforms)
    limits = [
        part.limit for channel in card.outlets for part in channel.rendering.parts if part.count > part.limit
    ]
    wish = Wish(
        content_id=found.id,
        version=found.version,
        product_id=found.product_id,
        idea=found.idea or found.original_text,
        feedback=ctx.t.label("fix-shorten-feedback", limit=str(min(limits, default=1000))),
        previous=found.original_text,
        has_media=bool(found.media),
        purpose="shorter",
    )
    progress_id = await show(query, ctx.bot, rewriting(ctx, wish))
    ctx.afterwards.append(partial(write_into, ctx, wish, progress_id=progress_id))
