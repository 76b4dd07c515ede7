"""How does a text come about while the owner goes on? Written outside every lock, watched, stoppable, never twice at once.

Whatever becomes of it, the card comes back: what the owner had was saved before.
"""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import structlog
from aiogram.utils.chat_action import ChatActionSender

from bot.context import Context
from bot.screens.draft.card import place_of, redraw_card, send_card
from bot.screens.writing.showing import Draw, Showing
from bot.ui.screen import retire
from bot.writings import Ending, Writing
from core.ai import choosing
from core.ai.listening import Listening
from core.ai.stopping import Stopped
from core.content import service as content
from core.settings import service as settings

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Attended:
    """What the work is given: who listens, and whether its result is still wanted."""

    listening: Listening
    writing: Writing

    def keep_going(self) -> None:
        """Raise ``Stopped`` when nothing may be saved any more."""
        if self.writing.ending in {Ending.OVERTAKEN, Ending.SHUTDOWN}:
            raise Stopped("nobody waits for it any more")


# Writes and saves; returns what is to be said about it above the card.
Work = Callable[[Attended], Awaitable[str]]


async def attend(
    ctx: Context,
    content_id: uuid.UUID,
    version: int,
    work: Work,
    draw: Draw,
    *,
    progress_id: int | None = None,
) -> None:
    """Have ``work`` done for this version of the draft, show its text growing, then the card.

    ``progress_id`` is the message that says so: the card's own, or one below it. None stands for the card's own.
    """
    writing = ctx.writings.begin(ctx.chat_id, content_id, version)
    card_id = await _card_of(ctx, content_id)
    if writing is None:
        await _already(ctx, content_id, None if progress_id == card_id else progress_id)
        return
    showing = Showing(ctx, writing, progress_id or card_id, draw)
    try:
        notice = await _watched(ctx, showing, work, writing)
    except Exception:
        await _show(ctx, content_id, "", showing, card_id)
        raise
    finally:
        ctx.writings.finish(writing)
    if writing.ending is not Ending.OVERTAKEN:
        await _show(ctx, content_id, notice, showing, card_id)


async def _watched(ctx: Context, showing: Showing, work: Work, writing: Writing) -> str:
    async with ctx.runtime.unit_of_work() as session:
        streamed = (await settings.get(session, settings.General)).stream_drafts
        choice = await choosing.current(session, ctx.runtime.settings)
    try:
        async with ChatActionSender.typing(chat_id=ctx.chat_id, bot=ctx.bot):
            if not streamed or choice.missing is not None:
                return await work(Attended(Listening(stop=writing.stop), writing))
            async with showing.running():
                return await work(Attended(Listening(showing.hear, writing.stop), writing))
    except Stopped:
        log.info("writing_stopped", content_id=str(writing.content_id), ending=writing.ending)
        shutdown = writing.ending is Ending.SHUTDOWN
        return ctx.t("writing-shutdown" if shutdown else "writing-stopped-old")


async def _show(
    ctx: Context, content_id: uuid.UUID, notice: str, showing: Showing, card_id: int | None
) -> None:
    """Show the card: in place of the progress message when that was the card, else below everything."""
    in_place = showing.progress_id == card_id
    if in_place and not showing.as_draft:
        await redraw_card(place_of(ctx), content_id, notice=notice, message_id=showing.progress_id)
        return
    # A growing draft goes away only when a message comes.
    await send_card(place_of(ctx), content_id, notice=notice)
    if showing.progress_id is not None and not in_place:
        await retire(ctx.bot, ctx.chat_id, showing.progress_id)


async def _already(ctx: Context, content_id: uuid.UUID, extra_id: int | None) -> None:
    """A second tap: the first one goes on, here or in another owner's chat."""
    if extra_id is not None:
        await retire(ctx.bot, ctx.chat_id, extra_id)
    if not ctx.writings.is_here(ctx.chat_id, content_id):
        await redraw_card(place_of(ctx), content_id, notice=ctx.t("writing-elsewhere"))


async def _card_of(ctx: Context, content_id: uuid.UUID) -> int | None:
    async with ctx.runtime.unit_of_work() as session:
        cards = await content.cards_of(session, content_id)
    return next((card.message_id for card in cards if card.chat_id == ctx.chat_id), None)
