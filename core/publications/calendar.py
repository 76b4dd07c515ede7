"""Which moments of a product's calendar are free, and which of them does a wish mean? Limits kept, or named when broken.

The caller holds the product's lock while it writes what was chosen: two posts planned at once then see each other.
"""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel
from core.errors import InvalidInput
from core.publications import slots
from core.publications.errors import DayFull, NotFree, PlatformDayFull, QuietHours, TooClose
from core.publications.models import Publication, PublicationStatus
from core.publications.occupied import Occupied, Taken
from core.publications.quiet import quiet_of
from core.publications.slots import Obstacle, Rules
from core.publications.wishes import At, Distributed, NextFree, Now, Optimal, When, pause_between
from core.settings import service as settings_service
from core.settings.service import General, Publishing

_LOOK_BACK = timedelta(days=2)  # enough for the whole local day in any zone
_TAKING = (
    PublicationStatus.SCHEDULED,
    PublicationStatus.PUBLISHING,
    PublicationStatus.UNCERTAIN,
    PublicationStatus.PUBLISHED,
)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What is taken in a product's calendar, and the rules for what is not."""

    taken: Occupied
    rules: Rules
    now: datetime

    def is_free(self, moment: datetime, platforms: Collection[str]) -> bool:
        """Tell whether a post for ``platforms`` may go out at ``moment``."""
        return slots.obstacle(moment, self.taken, self.rules, platforms) is None

    def is_quiet(self, moment: datetime) -> bool:
        """Tell whether ``moment`` lies in quiet hours."""
        return self.rules.quiet is not None and self.rules.quiet.covers(moment)

    def next_slot(self, platforms: Collection[str]) -> datetime:
        """Return the next free default hour; where the rules leave none, the next free moment. Raises ``DayFull``."""
        soon = self.now + slots.LEAD
        found = slots.next_default(self.now, self.taken, self.rules, platforms)
        found = found or slots.next_allowed(soon, self.taken, self.rules, platforms)
        if found is None:
            raise DayFull(nearest=None, limit=self.rules.per_day)
        return found

    def check(self, moment: datetime, platforms: Collection[str]) -> None:
        """Raise the ``NotFree`` that stands against ``moment``, with the nearest free one."""
        against = slots.obstacle(moment, self.taken, self.rules, platforms)
        if against is not None:
            raise self._refusal(against, moment, platforms)

    def _refusal(self, against: Obstacle, moment: datetime, platforms: Collection[str]) -> NotFree:
        nearest = slots.next_allowed(moment, self.taken, self.rules, platforms)
        if against is Obstacle.GAP:
            return TooClose(nearest=nearest, gap_hours=self.rules.gap / timedelta(hours=1))
        full = slots.full_platform(moment, self.taken, self.rules, platforms)
        if against is Obstacle.PLATFORM_DAY and full is not None:
            return PlatformDayFull(nearest=nearest, platform=full, limit=self.rules.per_platform[full])
        quiet = self.rules.quiet
        if against is Obstacle.QUIET and quiet is not None:
            return QuietHours(
                nearest=nearest, quiet_from=f"{quiet.start:%H:%M}", quiet_to=f"{quiet.end:%H:%M}"
            )
        return DayFull(nearest=nearest, limit=self.rules.per_day)


async def load(
    session: AsyncSession, product_id: uuid.UUID, now: datetime, *, but: uuid.UUID | None = None
) -> Calendar:
    """Return the product's calendar as of ``now``, without the content ``but``."""
    rules = await _rules(session)
    taken = await _taken(session, product_id, now - rules.gap - _LOOK_BACK, but)
    return Calendar(Occupied(rules.zone, taken), rules, now)


async def free(
    session: AsyncSession,
    product_id: uuid.UUID,
    platforms: Collection[str],
    now: datetime,
    *,
    but: uuid.UUID | None = None,
) -> Callable[[datetime], bool]:
    """Return a test that tells which moments are free for a post on ``platforms``, for whoever suggests times."""
    calendar = await load(session, product_id, now, but=but)
    return lambda moment: calendar.is_free(moment, platforms)


def choose(
    calendar: Calendar, content_id: uuid.UUID, channels: Sequence[Channel], when: When, *, force: bool
) -> dict[uuid.UUID, datetime]:
    """Return the moment for each channel. Raises ``NotFree``, unless forced, and ``InvalidInput``."""
    if isinstance(when, Distributed):
        return _spread(calendar, content_id, channels, when, force=force)
    platforms = {channel.platform for channel in channels}
    if isinstance(when, Optimal | NextFree):
        wished = when.wished if isinstance(when, Optimal) else ()
        good = [at for at in wished if at > calendar.now and calendar.is_free(at, platforms)]
        moment = good[0] if good else calendar.next_slot(platforms)
    else:
        moment = _wanted(calendar, when)
        if not force:
            calendar.check(moment, platforms)
    return {channel.id: moment for channel in channels}


def _spread(
    calendar: Calendar, content_id: uuid.UUID, channels: Sequence[Channel], when: Distributed, *, force: bool
) -> dict[uuid.UUID, datetime]:
    first, *others = sorted(channels, key=lambda channel: when.turn(channel.platform))
    if when.start is None:
        moment = calendar.next_slot([first.platform])
    else:
        moment = _checked(when.start, calendar.now)
        if not force:
            calendar.check(moment, [first.platform])
    moments = {first.id: moment}
    for channel in others:
        wished = moment + pause_between(content_id, channel.id)
        found = slots.next_allowed(wished, calendar.taken, calendar.rules, [channel.platform])
        if found is None:
            raise DayFull(nearest=None, limit=calendar.rules.per_day)
        moment = moments[channel.id] = found
    return moments


def _wanted(calendar: Calendar, when: Now | At) -> datetime:
    if isinstance(when, Now):
        return calendar.now + timedelta(seconds=when.undo_seconds)
    return _checked(when.moment, calendar.now)


def _checked(moment: datetime, now: datetime) -> datetime:
    if moment.tzinfo is None:
        raise InvalidInput("a time needs its zone", reason="no-zone")
    if moment < now:
        raise InvalidInput("this time is in the past", reason="past", moment=moment)
    if moment > now + slots.HORIZON:
        raise InvalidInput("this time is more than a year ahead", reason="too-far", moment=moment)
    return moment


async def _rules(session: AsyncSession) -> Rules:
    publishing = await settings_service.get(session, Publishing)
    general = await settings_service.get(session, General)
    return Rules(
        gap=timedelta(hours=publishing.min_gap_hours),
        per_day=publishing.max_posts_per_day,
        zone=general.zone,
        per_platform=publishing.max_per_platform_per_day,
        quiet=quiet_of(general, publishing),
    )


async def _taken(
    session: AsyncSession, product_id: uuid.UUID, since: datetime, but: uuid.UUID | None
) -> list[Taken]:
    moment = func.coalesce(Publication.published_at, Publication.scheduled_at)
    query = (
        select(Publication.content_id, moment.label("moment"), Channel.platform)
        .join(Channel, Channel.id == Publication.channel_id)
        .where(Channel.product_id == product_id, Publication.status.in_(_TAKING), moment >= since)
        .distinct()
    )
    if but is not None:
        query = query.where(Publication.content_id != but)
    return [Taken(row.content_id, row.moment, row.platform) for row in await session.execute(query)]
