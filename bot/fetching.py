"""How are updates fetched by polling? A batch is stored first; only the next getUpdates lets Telegram forget it."""

import asyncio
from typing import Any

import structlog
from aiogram import Bot
from aiogram.exceptions import AiogramError, TelegramRetryAfter
from aiogram.methods import TelegramMethod
from aiogram.utils.backoff import Backoff, BackoffConfig

from core import outage
from core.inbox import service as updates
from core.runtime import Runtime

log = structlog.get_logger(__name__)

# Between tries of getUpdates after 409 (another poller), 5xx and network errors, in seconds.
_BACKOFF = BackoffConfig(min_delay=1.0, max_delay=30.0, factor=1.7, jitter=0.1)
_POLL_SECONDS = 25

_PASSING: tuple[type[Exception], ...] = (AiogramError, *outage.UNAVAILABLE)


class FetchUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates as it came: what a newer Telegram sends is stored all the same, and one poisonous update stops nothing."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int | None = None
    timeout: int
    allowed_updates: list[str]


async def fetch(runtime: Runtime, bot: Bot, kinds: list[str], until: asyncio.Event) -> None:
    """Ask for updates and store them until ``until`` is set. To be cut off at any point loses nothing."""
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(_keep_asking(runtime, bot, kinds))
        await until.wait()
        asking.cancel()


async def _keep_asking(runtime: Runtime, bot: Bot, kinds: list[str]) -> None:
    backoff = Backoff(_BACKOFF)
    offset: int | None = None
    while True:
        try:
            batch = await bot(
                FetchUpdates(offset=offset, timeout=_POLL_SECONDS, allowed_updates=kinds),
                request_timeout=int(bot.session.timeout) + _POLL_SECONDS,
            )
            known = [one for one in batch if updates.is_update(one)]
            async with runtime.unit_of_work() as session:
                await updates.store(session, bot.id, known)
        except _PASSING as error:
            delay = next(backoff)
            if isinstance(error, TelegramRetryAfter):
                delay = max(delay, float(error.retry_after))
            log.warning(
                "updates_not_fetched", reason=f"{type(error).__name__}: {error}"[:200], retry_in=delay
            )
            await asyncio.sleep(delay)
            continue
        backoff.reset()
        if known:
            offset = max(one["update_id"] for one in known) + 1
