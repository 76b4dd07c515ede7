"""How does the bot process live? It proves the token, answers, tells the owner the news, and stops without losing."""

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import User

from bot.answering import Answering
from bot.app import build_dispatcher
from bot.commands import set_commands
from bot.fetching import fetch
from bot.heartbeat import Heartbeat
from bot.i18n import translator
from bot.notifier import run_notifier
from bot.session import make_bot
from core import outage
from core.config import Settings
from core.db.leading import Leadership
from core.db.locks import Lock
from core.errors import ConfigError
from core.inbox import service as updates
from core.notifications import watching
from core.runtime import Runtime

log = structlog.get_logger(__name__)

ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "stopped_message_generation",
    # From channels, of what their readers do; not sent unless asked for by name.
    "message_reaction_count",
    "chat_member",
]
PATIENCE = 30.0  # seconds of an outage before the owners hear of it
_PASSING = (TelegramNetworkError, TelegramServerError, TelegramRetryAfter, ClientDecodeError)


async def run_bot(runtime: Runtime, stop: asyncio.Event) -> None:
    """Serve the owner until ``stop`` is set, then wait for the handlers under way.

    Raises ``ConfigError`` when there is no token or owner, or Telegram does not know the token.
    """
    settings = runtime.settings
    if settings.telegram_bot_token is None:
        raise ConfigError("TELEGRAM_BOT_TOKEN is not set; @BotFather gives one")
    if not settings.telegram_owner_ids:
        raise ConfigError(
            "TELEGRAM_OWNER_IDS is not set; it is your numeric Telegram id, @userinfobot tells it"
        )
    bot = make_bot(settings.telegram_bot_token.get_secret_value(), str(settings.telegram_api_base))
    try:
        me = await _introduce(runtime, bot, stop)
        if me is not None:
            log.info("bot_started", username=me.username, bot_id=me.id)
            await _serve(runtime, bot, stop)
    finally:
        await bot.session.close()


async def _introduce(runtime: Runtime, bot: Bot, stop: asyncio.Event) -> User | None:
    """Prove the token and say how updates are to come; None when stopped before Telegram was reached."""
    delay = 1.0
    while not stop.is_set():
        try:
            me = await bot.get_me()
            await _choose_way(runtime.settings, bot)
            for owner_id in runtime.settings.telegram_owner_ids:
                await set_commands(bot, owner_id)
        except (TelegramUnauthorizedError, TelegramNotFound):
            raise ConfigError(
                "TELEGRAM_BOT_TOKEN is refused: Telegram does not know this token; copy it again from @BotFather"
            ) from None
        except _PASSING as error:
            log.warning("telegram_unreachable", reason=str(error)[:200], retry_in=delay)
        else:
            return me
        await outage.pause(stop, delay)
        delay = min(delay * 2, 30.0)
    return None


async def _choose_way(settings: Settings, bot: Bot) -> None:
    """Have updates called in or wait to be asked for; what waits at Telegram is kept either way."""
    if settings.telegram_mode == "polling":
        await bot.delete_webhook(drop_pending_updates=False)
        return
    address, secret = settings.webhook_address, settings.telegram_webhook_secret
    if address is None or secret is None:
        raise ConfigError(
            "TELEGRAM_MODE=webhook needs TELEGRAM_WEBHOOK_SECRET, and PUBLIC_URL or TELEGRAM_WEBHOOK_URL"
        )
    await bot.set_webhook(
        address,
        secret_token=secret.get_secret_value(),
        max_connections=1,  # so that they come in their order
        allowed_updates=ALLOWED_UPDATES,
        drop_pending_updates=False,
    )


async def _serve(runtime: Runtime, bot: Bot, stop: asyncio.Event) -> None:
    dispatcher = build_dispatcher(runtime)
    heartbeat = Heartbeat(runtime)
    polling = runtime.settings.telegram_mode == "polling"

    async def end_writings() -> None:
        await stop.wait()
        dispatcher.writings.end_all()

    async with asyncio.TaskGroup() as tasks:
        answering = Answering(runtime, bot, dispatcher, tasks)

        async def lead(until: asyncio.Event, woken: asyncio.Event) -> None:
            async with asyncio.TaskGroup() as leading:
                leading.create_task(run_notifier(runtime, bot, until))
                leading.create_task(heartbeat.lead(until))
                if polling:
                    leading.create_task(fetch(runtime, bot, ALLOWED_UPDATES, until))
                await answering.run(until, woken)

        tasks.create_task(end_writings())
        tasks.create_task(heartbeat.stand_by(stop))
        tasks.create_task(watching.keep_watch(runtime, stop))
        leadership = Leadership(
            runtime.database.engine, Lock.LEADING_BOT, updates.CHANNEL, on_away=_Apology(runtime, bot).say
        )
        await leadership.run(lead, stop)
    log.info("bot_stopped")


class _Apology:
    """Tells the owners, once an outage, that the database stays away: nothing can be stored, so nothing is fetched."""

    def __init__(self, runtime: Runtime, bot: Bot) -> None:
        self._owner_ids = runtime.settings.telegram_owner_ids
        self._bot = bot
        self._said = False

    async def say(self, seconds: float) -> None:
        if seconds < PATIENCE:
            self._said = False
            return
        if self._said:
            return
        self._said = True
        # Which language an owner speaks stands in the database.
        text = "\n\n".join(str(translator(language)("error-away")) for language in ("ru", "en"))
        for owner_id in self._owner_ids:
            try:
                await self._bot.send_message(owner_id, text)
            except AiogramError as error:
                log.warning("outage_not_told", chat_id=owner_id, reason=str(error)[:200])
