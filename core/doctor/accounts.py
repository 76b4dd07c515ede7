"""Do the stored credentials still work? Each platform is asked who they belong to; nothing is changed, nothing posted."""

import asyncio
from datetime import datetime, timedelta

from pydantic import BaseModel
from sqlalchemy import select

from core.channels import service as channels
from core.channels.models import Channel, ChannelStatus
from core.doctor.findings import Finding, failure, ok, warning
from core.errors import AuthExpired, NexusError
from core.platforms.base import Platform
from core.products.models import Product
from core.runtime import Runtime
from core.security.keyring import CannotOpen

_SECONDS = 15.0
_AT_ONCE = 8
_SOON = timedelta(days=7)


async def check_accounts(runtime: Runtime) -> list[Finding]:
    """Ask about every channel that is connected; as many at once as a careful client may."""
    async with runtime.unit_of_work() as session:
        rows = await session.execute(
            select(Product.name, Channel)
            .join(Channel, Channel.product_id == Product.id)
            .where(Product.archived_at.is_(None), Channel.status == ChannelStatus.ACTIVE)
            .order_by(Product.name, Channel.platform)
        )
        found = [(str(row[0]), row[1]) for row in rows]
    turn = asyncio.Semaphore(_AT_ONCE)

    async def one(product: str, channel: Channel) -> list[Finding]:
        async with turn:
            return await _check(runtime, f"{product}: {channel.platform}", channel)

    groups = await asyncio.gather(*(one(product, channel) for product, channel in found))
    return [finding for group in groups for finding in group]


async def _check(runtime: Runtime, name: str, channel: Channel) -> list[Finding]:
    platform = runtime.platforms.get(channel.platform)
    if platform is None:
        return [failure("account", f"{name}: this platform is not known", "Update NEXUS")]
    now = runtime.clock.now()
    if _is_renewed_by_itself(platform, channel, now):
        return [ok("account", f"{name}: the access has ended and is renewed with the next post")]
    try:
        target = channels.target(runtime, channel)
        async with asyncio.timeout(_SECONDS):
            account = await platform.check(target)
    except AuthExpired as error:
        return [
            failure(
                "account", f"{name}: the access does not work any more: {error}", "Reconnect it in the bot"
            )
        ]
    except CannotOpen:
        return []  # said of the keys
    except (NexusError, TimeoutError) as error:
        reason = str(error) or "no answer in time"
        return [warning("account", f"{name}: could not be checked: {reason}", "Look again later")]
    if not account.usable:
        missing = ", ".join(problem.code for problem in account.problems)
        return [
            failure("account", f"{name}: rights are missing: {missing}", "Give them, then check in the bot")
        ]
    return [
        ok("account", f"{name}: works for {account.name}"),
        *_ending(name, platform, target.credentials, now),
    ]


def _is_renewed_by_itself(platform: Platform, channel: Channel, now: datetime) -> bool:
    ends = channel.credentials_expire_at
    return platform.refresh is not None and ends is not None and ends <= now


def _ending(name: str, platform: Platform, credentials: BaseModel, now: datetime) -> list[Finding]:
    """Warn of an access that only the owner can prolong."""
    last = platform.lasts_until or (platform.expires_at if platform.refresh is None else None)
    ends = last(credentials) if last is not None else None
    if ends is None or ends > now + _SOON:
        return []
    return [
        warning("account", f"{name}: the access ends on {ends:%Y-%m-%d}", "Reconnect it in the bot before")
    ]
