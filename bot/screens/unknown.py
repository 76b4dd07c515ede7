"""What is said to what nobody wanted? Something helpful, and a line in the log: a wrong filter is never silence."""

import structlog
from aiogram import F, Router
from aiogram.enums import ContentType
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.context import Context
from bot.screens.home.callbacks import Home
from bot.screens.home.handlers import home_screen
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen, show

log = structlog.get_logger(__name__)

# Kinds that get an answer of their own; the rest share one.
_KINDS = {
    ContentType.VOICE: "unknown-voice",
    ContentType.VIDEO_NOTE: "unknown-voice",
    ContentType.STICKER: "unknown-sticker",
    ContentType.POLL: "unknown-poll",
    ContentType.CONTACT: "unknown-contact",
    ContentType.LOCATION: "unknown-location",
    ContentType.VENUE: "unknown-location",
}
# Notices Telegram puts into the chat by itself; nobody waits for an answer to them.
_SERVICE = {
    ContentType.PINNED_MESSAGE, ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED, ContentType.CHAT_BACKGROUND_SET,
    ContentType.WRITE_ACCESS_ALLOWED,
}  # fmt: skip


def router() -> Router:
    """Return the handlers; they come last."""
    screen = Router(name="unknown")
    screen.callback_query.register(tap)
    screen.message.register(service_notice, F.content_type.in_(_SERVICE))
    screen.message.register(command, F.text.startswith("/"))
    screen.message.register(anything)
    screen.edited_message.register(edited)
    return screen


async def tap(query: CallbackQuery, ctx: Context, state: FSMContext) -> None:
    """A button of an earlier version of NEXUS, or of nothing: the screen is drawn anew."""
    log.warning("unknown_button", data=query.data)
    await state.clear()
    await show(query, ctx.bot, (await home_screen(ctx)).noticed(ctx.t("unknown-button")))


async def service_notice(message: Message) -> None:
    """Leave it alone."""
    log.debug("service_notice", kind=message.content_type)


async def command(message: Message, ctx: Context) -> None:
    """A command that does not exist."""
    name = (message.text or "").split()[0].partition("@")[0][:64]
    log.info("unknown_command", command=name)
    await _answer(message, ctx, Screen.of(ctx.t("unknown-command", command=name)))


async def anything(message: Message, ctx: Context, state: FSMContext) -> None:
    """A kind of message that cannot become a post, or that the question being asked does not want."""
    log.info("unknown_message", kind=message.content_type)
    if await state.get_state() is not None:
        if message.text is None:
            await _answer(message, ctx, Screen.of(ctx.t("form-need-text")))
            return
        # A question from a version of NEXUS that asked differently: nobody waits for its answer any more.
        await state.clear()
        await _answer(message, ctx, Screen.of(ctx.t("unknown-question")))
        return
    key = _KINDS.get(ContentType(message.content_type), "unknown-kind")
    await _answer(message, ctx, Screen.of(ctx.t(key)))


async def edited(message: Message, ctx: Context) -> None:
    """An edited message changes nothing: what was made of it may have been approved already."""
    log.info("edited_message", message_id=message.message_id)
    await _answer(message, ctx, Screen.of(ctx.t("unknown-edited")))


async def _answer(message: Message, ctx: Context, screen: Screen) -> None:
    home = keyboard([button(ctx.t.label("ui-home"), Home())])
    await show(message, ctx.bot, Screen(screen.body, home))
