"""How does news reach the owner? Rows are claimed, drawn and sent; a row counts as told only when Telegram took it."""

import asyncio
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
)

from bot.i18n import translator
from bot.notifications.registry import KINDS
from bot.notifications.telling import Telling, Told
from bot.screens.draft.card import redraw_everywhere
from bot.ui.screen import send
from core import outage
from core.chats import service as chats
from core.errors import NexusError, NotFound
from core.notifications import service as notifications
from core.notifications.models import Notification, NotificationKind
from core.runtime import Runtime
from core.settings import service as settings

log = structlog.get_logger(__name__)

_PAUSE = 1.0  # seconds between looks when there is nothing to tell
_BATCH = 10
_FIRST_RETRY, _LAST_RETRY = timedelta(seconds=15), timedelta(minutes=10)
_DOUBTFUL_TRIES = 3  # of a message that Telegram took but answered in a way nobody understands
_NOT_STARTED = "no owner has started the bot (or all have blocked it): open the bot and press Start"


@dataclass(frozen=True, slots=True)
class _Reader:
    """A chat that is told things, and its language."""

    chat_id: int
    language: str


@dataclass(frozen=True, slots=True)
class _Round:
    """Who has got a notification ({chat id: message id}), and why others have not."""

    sent: dict[int, int]
    waiting: list[str] = field(default_factory=list)  # passes: they are told later
    refused: list[str] = field(default_factory=list)  # enough when somebody else was told


async def run_notifier(runtime: Runtime, bot: Bot, stop: asyncio.Event) -> None:
    """Tell what there is to tell until ``stop`` is set. Outages are waited out: the rows are safe."""

    async def everything_there_is() -> None:
        while await drain(runtime, bot) == _BATCH:
            if stop.is_set():
                return

    await outage.repeat("notifier", everything_there_is, _PAUSE, stop)


async def drain(runtime: Runtime, bot: Bot) -> int:
    """Send one batch of notifications; returns how many were taken."""
    async with runtime.unit_of_work() as session:
        claimed = await notifications.claim(session, runtime.clock.now(), limit=_BATCH)
    for notification in claimed:
        try:
            content_id = await _deliver(runtime, bot, notification)
        except Exception as error:
            if outage.is_away(error):  # the whole round waits; what it claimed comes again after the lease
                raise
            # A defect of one kind of news must not hold back the rest of the batch.
            log.exception("notification_broken", kind=notification.kind)
            await _again(runtime, notification, f"{type(error).__name__}: {error}")
            continue
        if content_id is not None:
            await _redraw(runtime, bot, content_id)
    return len(claimed)


async def _deliver(runtime: Runtime, bot: Bot, notification: Notification) -> uuid.UUID | None:
    """Tell everybody who has not been told. Returns the content whose cards have changed with it."""
    readers = await _readers(runtime)
    if not readers:
        await _again(runtime, notification, _NOT_STARTED)
        return None
    round_ = _Round({int(chat): message for chat, message in notification.sent_to.items()})
    content_id: uuid.UUID | None = None
    for reader in readers:
        if reader.chat_id in round_.sent:  # told before somebody else could be
            continue
        try:
            told = await _draw(runtime, notification, reader)
        except NotFound as error:
            await _give_up(runtime, notification, f"what it was about is gone: {error}")
            return None
        await _tell(runtime, bot, notification, reader, told, round_)
        content_id = told.content_id
    if round_.waiting or not round_.sent:
        reason = "; ".join([*round_.waiting, *round_.refused])
        await _again(runtime, notification, reason, round_.sent)
    else:
        async with runtime.unit_of_work() as session:
            await notifications.mark_sent(session, notification.id, round_.sent, runtime.clock.now())
    return content_id


async def _tell(
    runtime: Runtime, bot: Bot, notification: Notification, reader: _Reader, told: Told, round_: _Round
) -> None:
    """Send it to one chat and note what came of it."""
    try:
        round_.sent[reader.chat_id] = (await send(bot, reader.chat_id, told.screen)).message_id
    except TelegramForbiddenError:
        round_.refused.append(_NOT_STARTED)
        async with runtime.unit_of_work() as session:
            await chats.remember(session, reader.chat_id, blocked_at=runtime.clock.now())
    except TelegramBadRequest as error:
        round_.refused.append(error.message)
        if "chat not found" not in error.message.lower():
            log.error("notification_refused", kind=notification.kind, reason=error.message)
    except TelegramAPIError as error:
        round_.waiting.append(error.message)
    except ClientDecodeError as error:
        # It was taken most likely. Telling it a few times is better than never, and than for ever.
        if notification.attempts < _DOUBTFUL_TRIES:
            round_.waiting.append(error.message)
        else:
            round_.sent[reader.chat_id] = 0


async def _redraw(runtime: Runtime, bot: Bot, content_id: uuid.UUID) -> None:
    try:
        await redraw_everywhere(runtime, bot, content_id)
    except NexusError as error:  # e.g. deleted since: the news itself has been told
        log.warning("card_not_redrawn", content_id=str(content_id), reason=str(error))


async def _draw(runtime: Runtime, notification: Notification, reader: _Reader) -> Told:
    async with runtime.unit_of_work() as session:
        general = await settings.get(session, settings.General)
    telling = Telling(
        runtime=runtime,
        notification_id=notification.id,
        payload=notification.payload,
        t=translator(reader.language),
        zone=general.zone,
        now=runtime.clock.now(),
    )
    return await KINDS[NotificationKind(notification.kind)](telling)


async def _readers(runtime: Runtime) -> list[_Reader]:
    """Return the owners' chats that can be written to."""
    owners = runtime.settings.telegram_owner_ids
    readers = []
    async with runtime.unit_of_work() as session:
        general = await settings.get(session, settings.General)
        for chat_id in await chats.reachable(session):
            if chat_id in owners:
                chat = await chats.get(session, chat_id)
                readers.append(_Reader(chat_id, (chat.language if chat else None) or general.language))
    return readers


async def _again(
    runtime: Runtime, notification: Notification, reason: str, sent: Mapping[int, int] | None = None
) -> None:
    """Try later, less and less often; /status shows that something could not be delivered."""
    delay = min(_FIRST_RETRY * 2 ** min(notification.attempts - 1, 10), _LAST_RETRY)
    log.warning("notification_not_sent", kind=notification.kind, reason=reason, retry_in=str(delay))
    async with runtime.unit_of_work() as session:
        await notifications.mark_failed(session, notification.id, reason, runtime.clock.now() + delay, sent)


async def _give_up(runtime: Runtime, notification: Notification, reason: str) -> None:
    log.warning("notification_dropped", kind=notification.kind, reason=reason)
    async with runtime.unit_of_work() as session:
        await notifications.mark_failed(session, notification.id, reason, None)
