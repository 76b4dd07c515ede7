"""How does the bot process live? It proves the token, polls, tells the owner the news, and stops without losing."""

import asyncio

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramServerError,
    TelegramUnauthorizedError,
)
from aiogram.types import User
from aiogram.utils.backoff import BackoffConfig

from bot.app import build_dispatcher
from bot.commands import set_commands
from bot.notifier import run_notifier
from bot.session import make_bot
from core import outage
from core.errors import ConfigError
from core.notifications import watching
from core.runtime import Runtime
from core.settings import heartbeats

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
# Between tries of getUpdates after 409 (another poller), 5xx and network errors, in seconds.
_BACKOFF = BackoffConfig(min_delay=1.0, max_delay=30.0, factor=1.7, jitter=0.1)
_POLL_SECONDS = 25
_BEAT_SECONDS = 15.0
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
        me = await _introduce(bot, settings.telegram_owner_ids, stop)
        if me is not None:
            log.info("bot_started", username=me.username, bot_id=me.id)
            await _serve(runtime, bot, stop)
    finally:
        await bot.session.close()


async def _introduce(bot: Bot, owner_ids: tuple[int, ...], stop: asyncio.Event) -> User | None:
    """Prove the token and switch to polling, keeping what waits; None when stopped before Telegram was reached."""
    delay = 1.0
    while not stop.is_set():
        try:
            me = await bot.get_me()
            await bot.delete_webhook(drop_pending_updates=False)
            for owner_id in owner_ids:
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


async def _serve(runtime: Runtime, bot: Bot, stop: asyncio.Event) -> None:
    dispatcher = build_dispatcher(runtime)

    async def stop_polling() -> None:
        await stop.wait()
        await dispatcher.stop()

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(stop_polling())
        tasks.create_task(run_notifier(runtime, bot, stop))
        tasks.create_task(_beat(runtime, stop))
        tasks.create_task(watching.keep_watch(runtime, stop))
        await dispatcher.start_polling(
            bot,
            polling_timeout=_POLL_SECONDS,
            allowed_updates=ALLOWED_UPDATES,
            backoff_config=_BACKOFF,
            handle_signals=False,
            close_bot_session=False,
        )
        await dispatcher.wait_idle()
        log.info("bot_stopped")


async def _beat(runtime: Runtime, stop: asyncio.Event) -> None:
    """Leave a sign of life that /status and the doctor read."""

    async def beat() -> None:
        async with runtime.unit_of_work() as session:
            await heartbeats.beat(session, "bot", runtime.clock.now(), {"keys": list(runtime.keyring.ids)})

    # A database that is away for a while must not end the bot; its silence shows in /status.
    await outage.repeat("bot_heartbeat", beat, _BEAT_SECONDS, stop)
