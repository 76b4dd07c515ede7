"""Whose credentials end soon so that only the owner can help? The owner is warned 7, 3 and 1 days before, and at the end.

What NEXUS renews by itself is no news; a long-lived token that should have been renewed days ago and was not, is.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels import service
from core.channels.models import Channel, ChannelStatus
from core.errors import InvalidInput, Unsupported
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.platforms.base import Platform, Target
from core.runtime import Runtime
from core.security.keyring import CannotOpen

log = structlog.get_logger(__name__)

DAYS: Sequence[int] = (0, 1, 3, 7)  # before the end, the most pressing first
_LONG_LIVED = timedelta(days=1)


def ends_at(platform: Platform, target: Target) -> datetime | None:
    """Return when the owner's hands are needed; None for credentials that last, or that are renewed."""
    credentials = target.credentials
    last = platform.lasts_until or (platform.expires_at if platform.refresh is None else None)
    moments = [last(credentials)] if last else []
    if platform.expires_at is not None and platform.renew_ahead >= _LONG_LIVED:
        # Renewed well before its end: whoever finds it close has found renewals that did not work.
        moments.append(platform.expires_at(credentials))
    return min((moment for moment in moments if moment is not None), default=None)


def days_left(ends: datetime, now: datetime) -> int | None:
    """Return which warning is due: the most pressing one of ``DAYS``; None while the end is far."""
    return next((days for days in DAYS if ends - now <= timedelta(days=days)), None)


async def warn(session: AsyncSession, runtime: Runtime) -> int:
    """Have the owner told of every channel in use whose access ends soon, each warning once. Returns how many are near.

    Access that has ended is marked, so that its queue waits instead of failing.
    """
    now = runtime.clock.now()
    near = 0
    for channel in await session.scalars(select(Channel).where(Channel.status == ChannelStatus.ACTIVE)):
        ends = _end_of(runtime, channel)
        days = days_left(ends, now) if ends is not None else None
        if ends is None or days is None:
            continue
        near += 1
        if days == 0 and not await service.mark_error(session, channel.id, "the access has ended"):
            continue  # somebody has found it meanwhile, and told
        await notifications.notify(
            session,
            NotificationKind.CHANNEL_EXPIRES,
            payload={"channel_id": str(channel.id), "ends_at": ends.isoformat()},
            product_id=channel.product_id,
            # New credentials have another end, and their warnings are others.
            dedupe_key=f"expiry:{channel.id}:{ends:%Y%m%d%H%M}:{days}",
            not_before=now,
        )
    return near


def still_ends(runtime: Runtime, channel: Channel, ends: datetime) -> bool:
    """Tell whether a warning about ``ends`` is still true: the channel may have been connected again, or disconnected."""
    if channel.status == ChannelStatus.DISCONNECTED:
        return False
    return _end_of(runtime, channel) == ends


def _end_of(runtime: Runtime, channel: Channel) -> datetime | None:
    platform = runtime.platforms.get(channel.platform)
    if platform is None:
        return None
    try:
        return ends_at(platform, service.target(runtime, channel))
    except (CannotOpen, InvalidInput, Unsupported) as error:
        log.info("expiry_not_known", channel=str(channel.id), reason=type(error).__name__)
        return None
