"""Which commands are in Telegram's menu? Told to the owners' chats only: a stranger's menu stays empty."""

import structlog
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramAPIError
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.i18n import FALLBACK, LANGUAGES, translator

log = structlog.get_logger(__name__)

COMMANDS = (
    "start",
    "new",
    "post",
    "generate",
    "week",
    "queue",
    "drafts",
    "approve",
    "find",
    "products",
    "channels",
    "templates",
    "automations",
    "events",
    "analytics",
    "suggest",
    "usage",
    "pause",
    "resume",
    "settings",
    "status",
    "help",
    "cancel",
)  # fmt: skip


def described(language: str) -> list[BotCommand]:
    """Return the commands with their descriptions."""
    t = translator(language)
    return [BotCommand(command=name, description=t.label(f"command-{name}")) for name in COMMANDS]


async def set_commands(bot: Bot, chat_id: int, language: str | None = None) -> None:
    """Describe the commands in both languages to one chat; ``language`` overrides what its client reports."""
    scope = BotCommandScopeChat(chat_id=chat_id)
    try:
        await bot.set_my_commands(described(language or FALLBACK), scope=scope)
        for code in LANGUAGES:
            await bot.set_my_commands(described(language or code), scope=scope, language_code=code)
    except (TelegramAPIError, ClientDecodeError) as error:
        # Telegram knows the chat only after the owner's first message; /start tells it again. The menu is a
        # convenience: it must not keep the bot from starting or the home screen from coming.
        log.info("commands_not_set", chat_id=chat_id, reason=error.message)
