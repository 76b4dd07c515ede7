"""What does the bot say in a group that an owner has allowed? A few things to look at; all else is done in private.

The gate lets through what owners say to the bot there, and nothing of anybody else. No button of ours works in a group and
nothing that is typed there is taken as an answer, so no secret is ever asked for in one.
"""

from collections.abc import Awaitable, Callable

import structlog
from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.commands import COMMANDS
from bot.context import Context
from bot.i18n import Markup
from bot.misplaced import kind_of
from bot.screens.drafts.handlers import drafts_screen
from bot.screens.groups import view
from bot.screens.queue.callbacks import TurnQueue
from bot.screens.queue.loading import queue_screen
from bot.screens.secrets import remove_secret
from bot.screens.status.handlers import status_screen
from bot.screens.usage.callbacks import OpenUsage
from bot.screens.usage.handlers import usage_screen
from bot.ui.screen import Screen, show

log = structlog.get_logger(__name__)

_SHOWN: dict[str, Callable[[Context], Awaitable[Screen]]] = {
    "status": status_screen,
    "queue": lambda ctx: queue_screen(ctx, TurnQueue()),
    "drafts": lambda ctx: drafts_screen(ctx, 0),
    "usage": lambda ctx: usage_screen(ctx, OpenUsage()),
}


def router() -> Router:
    """Return the handlers; they come first, so that no other screen ever sees a message from a group."""
    screen = Router(name="groups_inside")
    screen.message.filter(F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP}))
    screen.message.register(secret, lambda message: kind_of(message) is not None)
    screen.message.register(look, Command(*_SHOWN))
    screen.message.register(other_command, Command(*COMMANDS))
    screen.message.register(reply, F.reply_to_message)
    screen.message.register(nothing)
    return screen


async def secret(message: Message, ctx: Context) -> None:
    """Delete a secret, or ask for that; it belongs into no group."""
    log.warning("secret_in_group", kind=kind_of(message), chat_id=message.chat.id)
    notice = await remove_secret(message, ctx)
    screen = view.elsewhere("groups-secret", await _username(ctx), ctx.t)
    await show(message, ctx.bot, screen.noticed(Markup(notice)))


async def look(message: Message, command: CommandObject, ctx: Context) -> None:
    """Show what is asked for, without buttons that would do something."""
    screen = await _SHOWN[command.command](ctx)
    await show(message, ctx.bot, view.inside(screen, await _username(ctx), ctx.t))


async def other_command(message: Message, ctx: Context) -> None:
    """Whatever changes something is done in the private chat."""
    await show(message, ctx.bot, view.elsewhere("groups-not-here", await _username(ctx), ctx.t))


async def reply(message: Message, ctx: Context) -> None:
    """A reply to the bot: nothing is taken from a group."""
    await show(message, ctx.bot, view.elsewhere("groups-not-here", await _username(ctx), ctx.t))


async def nothing(message: Message) -> None:
    """Another bot's command: not for us."""
    log.debug("group_message_left_alone", chat_id=message.chat.id)


async def _username(ctx: Context) -> str:
    return (await ctx.bot.me()).username or ""
