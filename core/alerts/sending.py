"""How does news leave by e-mail and webhook? Claimed, said in words, sent with no transaction open, recorded."""

from collections.abc import Callable, Sequence

import structlog

from core.alerts import deliveries, hook, mail
from core.alerts.deliveries import Claimed, Way
from core.alerts.saying import Said, say, wording
from core.errors import NotFound, Transient
from core.media import fetching
from core.media.fetching import Address
from core.notifications import policy
from core.notifications.models import NotificationKind
from core.runtime import Runtime
from core.settings import service as settings
from core.settings.service import General

log = structlog.get_logger(__name__)

_BATCH = 30  # news in one letter


async def send_due(runtime: Runtime, *, allowed: Callable[[Address], bool] = fetching.is_public) -> int:
    """Send what is due by every way that is set up; returns how much was looked at. Any number of workers may."""
    async with runtime.unit_of_work() as session:
        general = await settings.get(session, General)
        to = mail.recipients(runtime.settings, general.notifications.email)
        ways = deliveries.configured(runtime.settings, to)
        await deliveries.enrol(session, ways, runtime.clock.now())
    looked = 0
    for way in sorted(ways):
        async with runtime.unit_of_work() as session:
            claimed = await deliveries.claim(session, way, runtime.clock.now(), _BATCH)
        looked += len(claimed)
        told = await _wanted(runtime, way, claimed, general)
        if way is Way.EMAIL and told:
            await _post(runtime, to, told, general)
        elif way is Way.WEBHOOK:
            for item, said in told:
                await _call(runtime, item, said, allowed)
    return looked


async def _wanted(
    runtime: Runtime, way: Way, claimed: list[Claimed], general: General
) -> list[tuple[Claimed, Said]]:
    """Put what is to be told into words; what is muted, held or gone is recorded as that."""
    now = runtime.clock.now()
    told: list[tuple[Claimed, Said]] = []
    for item in claimed:
        kind = NotificationKind(item.notification.kind)
        how = policy.way(kind, general.notifications, general.zone, now)
        until = policy.quiet_until(general.notifications, general.zone, now)
        async with runtime.unit_of_work() as session:
            if how is policy.Way.MUTE:
                await deliveries.muted(session, [item.id], now)
            elif (
                how is policy.Way.HOLD and way is Way.EMAIL and until is not None
            ):  # a machine does not sleep
                await deliveries.hold(session, [item.id], until)
            else:
                try:
                    told.append((item, await say(session, item.notification, general)))
                except NotFound:
                    await deliveries.dropped(session, [item.id], "what it was about is gone")
    return told


async def _post(
    runtime: Runtime, to: Sequence[str], told: list[tuple[Claimed, Said]], general: General
) -> None:
    """Send one letter with all that is due."""
    words = wording(general.language)
    first = told[0][1].title
    subject = first if len(told) == 1 else words["several"].format(n=len(told))
    blocks = ["\n".join(filter(None, [said.title if len(told) > 1 else "", said.text])) for _, said in told]
    text = "\n\n".join(filter(None, blocks)) + f"\n\n-- \n{words['footer']}"
    try:
        await mail.send(runtime.settings, runtime.clock, to, subject, text)
    except Transient as error:
        for item, _ in told:
            await _failed(runtime, item, Way.EMAIL, error)
        return
    async with runtime.unit_of_work() as session:
        await deliveries.sent(session, [item.id for item, _ in told], runtime.clock.now())
    log.info("alerts_mailed", count=len(told))


async def _call(runtime: Runtime, item: Claimed, said: Said, allowed: Callable[[Address], bool]) -> None:
    """Send one alert to the owner's address."""
    news = item.notification
    data = {
        "id": str(news.id), "kind": news.kind, "priority": news.priority, "title": said.title, "text": said.text,
        "product_id": str(news.product_id) if news.product_id else None, "payload": news.payload,
        "created_at": news.created_at.isoformat(),
    }  # fmt: skip
    try:
        await hook.send(runtime.settings, runtime.clock, item.id, data, allowed=allowed)
    except Transient as error:
        await _failed(runtime, item, Way.WEBHOOK, error)
        return
    async with runtime.unit_of_work() as session:
        await deliveries.sent(session, [item.id], runtime.clock.now())


async def _failed(runtime: Runtime, item: Claimed, way: Way, error: Transient) -> None:
    async with runtime.unit_of_work() as session:
        again = await deliveries.failed(session, item, str(error), runtime.clock.now())
    log.warning("alert_not_sent", way=way.value, kind=item.notification.kind, reason=str(error), again=again)
