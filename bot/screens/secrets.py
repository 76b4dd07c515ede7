"""What when a secret is written into the chat? It is deleted at once, becomes no draft, and the owner hears where it belongs."""

import structlog
from aiogram import Router
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.fsm.context import FSMContext
from aiogram.types import Message

from bot.context import Context
from bot.i18n import Markup
from bot.misplaced import kind_of
from bot.screens.channels.callbacks import Connect
from bot.screens.channels.states import ConnectForm
from bot.screens.events.hooks.states import HookForm
from bot.screens.home.callbacks import Home
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen, show

log = structlog.get_logger(__name__)


def router() -> Router:
    """Return the handlers; they come before everything that would keep a text."""
    screen = Router(name="secrets")
    screen.message.register(take_away, is_misplaced)
    screen.edited_message.register(take_away, is_misplaced)
    return screen


async def is_misplaced(message: Message, state: FSMContext) -> bool:
    """Tell whether the message holds a secret where none was asked for."""
    if kind_of(message) is None:
        return False
    return await state.get_state() not in {ConnectForm.secret.state, HookForm.secret.state}


async def take_away(message: Message, ctx: Context) -> None:
    """Delete the message and say where its secret belongs; what was being asked goes on waiting."""
    notice = await remove_secret(message, ctx)
    kind = kind_of(message)
    log.warning("secret_in_chat", kind=kind)
    belongs = kind in {"bot_token", "platform_key"}
    connect = button(ctx.t.label("channels-connect"), Connect()) if belongs else None
    home = button(ctx.t.label("ui-home"), Home())
    text = Markup(f"{notice}\n\n{ctx.t(f'secret-{kind}')}")
    await show(message, ctx.bot, Screen.of(text, keyboard([connect], [home])))


async def remove_secret(message: Message, ctx: Context) -> Markup:
    """Delete the message and say so; where Telegram will not, ask the owner to."""
    try:
        await ctx.bot.delete_message(message.chat.id, message.message_id)
    except (TelegramAPIError, ClientDecodeError) as error:
        log.warning("secret_not_deleted", message_id=message.message_id, reason=error.message)
        return ctx.t("secret-not-deleted")
    return ctx.t("secret-deleted")
