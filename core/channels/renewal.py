"""Are a channel's credentials good for a while? They are renewed before they end, by one process at a time.

A refresh token often works once: two renewals at once would end both. Whoever renews holds a lease in the channel's
row; no transaction is open during the call. A blank field never replaces a stored one, passing trouble disconnects
nothing, and what the owner has meanwhile connected anew is not overwritten by an older answer.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import structlog
from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels import service
from core.channels.models import Channel, ChannelStatus
from core.errors import AuthExpired, InvalidInput, OutcomeUnknown, PlatformError, RateLimited, Transient
from core.platforms.base import Platform, Target
from core.runtime import Runtime
from core.security.keyring import CannotOpen

log = structlog.get_logger(__name__)

_LEASE = timedelta(minutes=3)  # longer than a call may take


class Freshness(StrEnum):
    """What can be said of a channel's credentials."""

    GOOD = "good"  # they last, or do not end
    LATER = "later"  # they have ended, and renewing has to wait: for another process, or for the platform
    LOCKED_OUT = "locked-out"  # only the owner can help


@dataclass(frozen=True, slots=True)
class Renewal:
    """How it went. ``news`` is True when the channel was found locked out just now: the owner is to be told."""

    freshness: Freshness
    news: bool = False


_GOOD = Renewal(Freshness.GOOD)


async def keep_fresh(runtime: Runtime, channel_id: uuid.UUID) -> Renewal:
    """Renew the channel's credentials if they end within the platform's ``renew_ahead``. Call it outside a unit of work.

    Raises ``NotFound``. Trouble is logged and told by the result.
    """
    async with runtime.unit_of_work() as session:
        channel = await service.get(session, channel_id)
        platform = runtime.platforms.get(channel.platform)
        if platform is None or platform.refresh is None or platform.expires_at is None:
            return _GOOD
        try:
            target = service.target(runtime, channel)
        except (CannotOpen, InvalidInput):
            return _GOOD  # the claim finds the same, and tells the owner
        now = runtime.clock.now()
        ends = _ends(platform, channel, target)
        if ends is None or not is_due(platform, channel, target, now):
            return _GOOD
        still_good = ends > now
        if not await _take_lease(session, channel_id, now):
            return _GOOD if still_good else Renewal(Freshness.LATER)
    return await _renew(runtime, platform, target, still_good=still_good)


def is_due(platform: Platform, channel: Channel, target: Target, now: datetime) -> bool:
    """Tell whether the channel's credentials end within the platform's ``renew_ahead`` and can be renewed."""
    ends = _ends(platform, channel, target)
    return ends is not None and ends <= now + platform.renew_ahead


def _ends(platform: Platform, channel: Channel, target: Target) -> datetime | None:
    """The earlier of what the credentials say and what the platform has let us know since; None: no end, no renewal."""
    if platform.refresh is None or platform.expires_at is None:
        return None
    told = [platform.expires_at(target.credentials), channel.credentials_expire_at]
    return min((moment for moment in told if moment is not None), default=None)


async def _renew(runtime: Runtime, platform: Platform, target: Target, *, still_good: bool) -> Renewal:
    assert platform.refresh is not None  # noqa: S101 - asked by the caller
    try:
        changes = await platform.refresh(target)
    except AuthExpired as error:
        news = await _locked_out(runtime, target, error, still_good=still_good)
        return _GOOD if still_good else Renewal(Freshness.LOCKED_OUT, news)
    except (Transient, RateLimited, OutcomeUnknown) as error:
        _say(target, platform, error)
        await _release(runtime, target.channel_id)
        return _GOOD if still_good else Renewal(Freshness.LATER)
    except PlatformError as error:
        _say(target, platform, error)
        news = await _locked_out(runtime, target, error, still_good=still_good)
        return _GOOD if still_good else Renewal(Freshness.LOCKED_OUT, news)
    await _keep(runtime, platform, target, changes)
    return _GOOD


def _say(target: Target, platform: Platform, error: PlatformError) -> None:
    log.warning(
        "credentials_not_renewed",
        channel=str(target.channel_id),
        platform=platform.slug,
        reason=error.error_code,
    )


async def _take_lease(session: AsyncSession, channel_id: uuid.UUID, now: datetime) -> bool:
    free = or_(Channel.renewal_lease_until.is_(None), Channel.renewal_lease_until < now)
    taken = await session.scalar(
        update(Channel)
        .where(Channel.id == channel_id, free)
        .values(renewal_lease_until=now + _LEASE)
        .returning(Channel.id)
    )
    return taken is not None


async def _release(runtime: Runtime, channel_id: uuid.UUID) -> None:
    async with runtime.unit_of_work() as session:
        await session.execute(
            update(Channel).where(Channel.id == channel_id).values(renewal_lease_until=None)
        )


async def _locked_out(runtime: Runtime, target: Target, error: PlatformError, *, still_good: bool) -> bool:
    """Mark the channel once its credentials have ended; before that there is time, and a warning tells the owner."""
    async with runtime.unit_of_work() as session:
        await session.execute(
            update(Channel).where(Channel.id == target.channel_id).values(renewal_lease_until=None)
        )
        return not still_good and await service.mark_error(session, target.channel_id, str(error))


async def _keep(runtime: Runtime, platform: Platform, target: Target, changes: Mapping[str, Any]) -> None:
    async with runtime.unit_of_work() as session:
        channel = await session.scalar(
            select(Channel)
            .where(Channel.id == target.channel_id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        if channel is None:
            return
        channel.renewal_lease_until = None
        stored = service.open_credentials(runtime.keyring, channel)
        if platform.credentials.model_validate(stored) != target.credentials:
            log.info("renewal_dropped", channel=str(channel.id), reason="connected anew meanwhile")
            return
        merged = stored | {name: value for name, value in changes.items() if value not in {None, ""}}
        service.seal_credentials(runtime.keyring, platform, channel, merged)


async def due_for_renewal(
    session: AsyncSession, platforms: Mapping[str, Platform], now: datetime
) -> list[uuid.UUID]:
    """Return the active channels whose long-lived credentials should be renewed, posts or no posts.

    Short-lived ones (hours) are renewed when they are used.
    """
    found: list[uuid.UUID] = []
    for slug, platform in platforms.items():
        if platform.refresh is None or platform.renew_ahead < timedelta(days=1):
            continue
        rows = await session.scalars(
            select(Channel.id).where(
                Channel.platform == slug,
                Channel.status == ChannelStatus.ACTIVE,
                Channel.credentials_expire_at < now + platform.renew_ahead,
            )
        )
        found += rows
    return found
