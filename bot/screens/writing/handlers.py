"""What happens when the owner stops a text? It ends at once; whoever writes it shows the card with what there is."""

import structlog
from aiogram import Router
from aiogram.types import CallbackQuery, MessageGenerationStopped

from bot.context import Context
from bot.screens.draft.card import place_of, redraw_card
from bot.screens.writing.callbacks import StopWriting
from bot.writings import Ending

log = structlog.get_logger(__name__)


def router() -> Router:
    """Return the handlers."""
    screen = Router(name="writing")
    screen.callback_query.register(stop, StopWriting.filter())
    screen.stopped_message_generation.register(stop_draft)
    return screen


async def stop(query: CallbackQuery, callback_data: StopWriting, ctx: Context) -> None:
    """End the writing; where there is none any more, after a restart say, draw the card."""
    if ctx.writings.end(callback_data.content, Ending.STOPPED):
        return
    message_id = query.message.message_id if query.message else None
    notice = ctx.t("writing-nothing")
    await redraw_card(place_of(ctx), callback_data.content, notice=notice, message_id=message_id)


async def stop_draft(event: MessageGenerationStopped, ctx: Context) -> None:
    """End what Telegram's own stop button stands on."""
    if not ctx.writings.end_draft(event.chat.id, event.draft_id):
        log.info("stopped_too_late", draft_id=event.draft_id)
