"""How does news reach the owner? Rows are claimed, drawn and sent; a row counts as told only when Telegram took it."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import structlog
from aiogram import Bot
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramForbiddenError,
    TelegramRetryAfter,
)

from bot.i18n import translator
from bot.notifications import morning
from bot.notifications.registry import KINDS
from bot.notifications.telling import Telling, Told
from bot.screens.draft.card import redraw_everywhere
from bot.ui.screen import edit, send
from core import outage, tracing
from core.chats import service as chats
from core.errors import NexusError, NotFound
from core.metrics import meters
from core.notifications import policy
from core.notifications import service as notifications
from core.notifications.models import Notification, NotificationKind
from core.notifications.policy import Way
from core.runtime import Runtime
from core.settings import service as settings
from core.settings.service import General

log = structlog.get_logger(__name__)

_PAUSE = 1.0  # seconds between looks when there is nothing to tell
_BATCH = 10
_MORNING = 60  # of what has waited for the end of quiet hours, told in one message
_FIRST_RETRY, _LAST_RETRY = timedelta(seconds=15), timedelta(minutes=10)
_DOUBTFUL_TRIES = 3  # of a message that Telegram took but answered in a way nobody understands
_NOT_STARTED = "no owner has started the bot (or all have blocked it): open the bot and press Start"


@dataclass(frozen=True, slots=True)
class _Reader:
    """A chat that is told things, and its language."""

    chat_id: int
    language: str


@dataclass(frozen=True, slots=True)
class _Trouble:
    """Why a chat was not reached, and whether it may be in a while."""

    reason: str
    passing: bool = False


async def run_notifier(runtime: Runtime, bot: Bot, stop: asyncio.Event) -> None:
    """Tell what there is to tell until ``stop`` is set. Outages are waited out: the rows are safe."""

    async def everything_there_is() -> None:
        while await drain(runtime, bot) == _BATCH:
            if stop.is_set():
                return

    await outage.repeat("notifier", everything_there_is, _PAUSE, stop)


async def drain(runtime: Runtime, bot: Bot) -> int:
    """Send one batch of notifications; returns how many were taken."""
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        await notifications.tell_of_unreadable_settings(session, now)
        waited = await notifications.claim_held(session, now, limit=_MORNING)
        claimed = await notifications.claim(session, now, limit=_BATCH)
        general = await settings.get(session, settings.General)
    for notification in [*await _tell_together(runtime, bot, waited, general), *claimed]:
        try:
            with tracing.traced(notification.correlation_id):
                content_id = await _treat(runtime, bot, notification, general)
        except Exception as error:
            if outage.is_away(error):  # the whole round waits; what it claimed comes again after the lease
                raise
            # One that cannot be drawn would come first each time, and keep all the others from the owner.
            log.exception("notification_broken", kind=notification.kind, id=str(notification.id))
            await _again(runtime, notification, f"it cannot be shown ({type(error).__name__})")
            continue
        if content_id is not None:
            await _redraw(runtime, bot, content_id)
    return len(claimed) or len(waited)


async def _tell_together(
    runtime: Runtime, bot: Bot, waited: Sequence[Notification], general: General
) -> list[Notification]:
    """Tell what has waited for the morning in one message. Returns what is to be treated by itself all the same."""
    alone: list[Notification] = []
    digests: dict[uuid.UUID, list[Notification]] = {}
    now = runtime.clock.now()
    for notification in waited:
        way = policy.way(NotificationKind(notification.kind), general.notifications, general.zone, now)
        if way is Way.TELL and notification.digest_id is not None:
            digests.setdefault(notification.digest_id, []).append(notification)
        else:
            alone.append(notification)
    for digest_id, items in digests.items():
        if len(items) == 1:
            alone += items
            continue

        async def draw(reader: _Reader, digest_id: uuid.UUID = digest_id) -> Told:
            t, at = translator(reader.language), runtime.clock.now()
            return Told(await morning.load(runtime, digest_id, t, general.zone, at))

        lead, *others = items
        try:
            await _deliver(runtime, bot, lead, silent=False, draw=draw)
        except Exception as error:
            if outage.is_away(error):
                raise
            log.exception(
                "digest_broken", digest_id=str(digest_id)
            )  # one by one, the broken one is found out
            alone += items
            continue
        async with runtime.unit_of_work() as session:
            await notifications.share_fate(session, lead.id, [one.id for one in others])
    return alone


async def _treat(
    runtime: Runtime, bot: Bot, notification: Notification, general: General
) -> uuid.UUID | None:
    """Tell, hold or mute, as the owner wishes. Returns the content whose cards have changed, told of or not."""
    now = runtime.clock.now()
    way = policy.way(NotificationKind(notification.kind), general.notifications, general.zone, now)
    if way in {Way.TELL, Way.SILENTLY}:
        return await _deliver(runtime, bot, notification, silent=way is Way.SILENTLY)
    try:
        told = await _draw(runtime, notification, _Reader(0, general.language))
    except NotFound as error:
        await _give_up(runtime, notification, f"what it was about is gone: {error}")
        return None
    until = policy.quiet_until(general.notifications, general.zone, now)
    async with runtime.unit_of_work() as session:
        if way is Way.MUTE or until is None:
            await notifications.mark_muted(session, notification.id, now)
        else:
            await notifications.hold(session, notification.id, until)
    return told.content_id


async def _deliver(
    runtime: Runtime,
    bot: Bot,
    notification: Notification,
    *,
    silent: bool,
    draw: Callable[[_Reader], Awaitable[Told]] | None = None,
) -> uuid.UUID | None:
    """Tell every owner who has not been told yet; who could not be reached for the moment is told later.

    Returns the content whose cards have changed with it.
    """
    readers = await _readers(runtime)
    if not readers:
        await _again(runtime, notification, _NOT_STARTED)
        return None
    sent = {int(chat_id): int(message_id) for chat_id, message_id in notification.sent_to.items()}
    troubles: list[_Trouble] = []
    content_id: uuid.UUID | None = None
    for reader in readers:
        if reader.chat_id in sent:
            continue
        try:
            told = await (draw(reader) if draw else _draw(runtime, notification, reader))
            sent[reader.chat_id] = await _put(bot, reader, told, silent=silent)
            content_id = told.content_id
        except NotFound as error:
            await _give_up(runtime, notification, f"what it was about is gone: {error}")
            return None
        except ClientDecodeError as error:
            # It was taken most likely. Telling it a few times is better than never, and than for ever.
            if notification.attempts < _DOUBTFUL_TRIES:
                troubles.append(_Trouble(error.message, passing=True))
            else:
                sent[reader.chat_id] = 0
        except TelegramAPIError as error:
            troubles.append(await _explained(runtime, notification, reader, error))
    if not sent or any(trouble.passing for trouble in troubles):
        await _again(runtime, notification, troubles[-1].reason, sent)
        return content_id
    async with runtime.unit_of_work() as session:
        await notifications.mark_sent(session, notification.id, sent, runtime.clock.now())
    meters.NOTIFICATIONS.labels(notification.kind, "told").inc()
    return content_id


async def _put(bot: Bot, reader: _Reader, told: Told, *, silent: bool) -> int:
    """Send the news, or redraw the message it belongs to; returns the id, 0 where it is of no concern."""
    if told.place is None:
        return (await send(bot, reader.chat_id, told.screen, silent=silent)).message_id
    if told.place.chat_id != reader.chat_id:
        return 0
    return await edit(bot, reader.chat_id, told.place.message_id, told.screen)


async def _redraw(runtime: Runtime, bot: Bot, content_id: uuid.UUID) -> None:
    try:
        await redraw_everywhere(runtime, bot, content_id)
    except NexusError as error:  # e.g. deleted since: the news itself has been told
        log.warning("card_not_redrawn", content_id=str(content_id), reason=str(error))


async def _explained(
    runtime: Runtime, notification: Notification, reader: _Reader, error: TelegramAPIError
) -> _Trouble:
    """Say what Telegram's refusal means. A chat that has blocked the bot is not written to until it comes back."""
    match error:
        case TelegramForbiddenError():
            async with runtime.unit_of_work() as session:
                await chats.remember(session, reader.chat_id, blocked_at=runtime.clock.now())
            return _Trouble(_NOT_STARTED)
        case TelegramRetryAfter():
            return _Trouble(f"Telegram asks to wait {error.retry_after} s", passing=True)
        case TelegramBadRequest():
            if "chat not found" not in error.message.lower():
                log.error("notification_refused", kind=notification.kind, reason=error.message)
            return _Trouble(error.message)
        case _:
            return _Trouble(error.message, passing=True)


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
    """Try later, less and less often, those who are not in ``sent``; /status shows that it is not delivered."""
    delay = min(_FIRST_RETRY * 2 ** min(notification.attempts - 1, 10), _LAST_RETRY)
    meters.NOTIFICATIONS.labels(notification.kind, "not_sent").inc()
    log.warning("notification_not_sent", kind=notification.kind, reason=reason, retry_in=str(delay))
    async with runtime.unit_of_work() as session:
        await notifications.mark_failed(
            session, notification.id, reason, runtime.clock.now() + delay, sent_to=sent
        )


async def _give_up(runtime: Runtime, notification: Notification, reason: str) -> None:
    meters.NOTIFICATIONS.labels(notification.kind, "dropped").inc()
    log.warning("notification_dropped", kind=notification.kind, reason=reason)
    async with runtime.unit_of_work() as session:
        await notifications.mark_failed(session, notification.id, reason, None)
