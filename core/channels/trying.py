"""Does a channel still work? It is looked at again, or a test post proves it; what was found is recorded."""

import hashlib
import uuid
from datetime import datetime

from sqlalchemy import func, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels import renewal, service
from core.channels.models import Channel, ChannelStatus
from core.errors import AuthExpired, NotFound, Rejected, Stale, Unsupported
from core.platforms.base import Account, Platform, Post, Sent, Target
from core.runtime import Runtime


async def look(runtime: Runtime, channel_id: uuid.UUID) -> Account:
    """Ask the platform about a connected channel and note the answer. A passing network error changes nothing.

    Raises ``PlatformError``, ``CannotOpen``, ``InvalidInput``, ``NotFound``.
    """
    platform, target = await _ready(runtime, channel_id)
    try:
        account = await platform.check(target)
    except AuthExpired as error:
        async with runtime.unit_of_work() as session:
            await service.mark_error(session, channel_id, str(error))
        raise
    async with runtime.unit_of_work() as session:
        if account.usable:
            await service.mark_working(session, channel_id)
        else:
            missing = ", ".join(problem.code for problem in account.problems)
            await service.mark_error(session, channel_id, f"rights are missing: {missing}")
    return account


async def claim(session: AsyncSession, channel_id: uuid.UUID, seen: datetime) -> None:
    """Take the one test post that a button may send: it holds while nothing has changed since it was shown.

    Raises ``Stale`` for the second tap, or when the channel is disconnected.
    """
    taken = await session.scalar(
        update(Channel)
        .where(
            Channel.id == channel_id, Channel.updated_at == seen, Channel.status != ChannelStatus.DISCONNECTED
        )
        .values(updated_at=func.now())
        .returning(Channel.id)
    )
    if taken is None:
        raise Stale("the channel has changed since", channel_id=channel_id)


async def send_test(runtime: Runtime, channel_id: uuid.UUID, text: str) -> Sent:
    """Send a test post to a connected channel and note that it works, or no longer does. Raises like ``look``."""
    platform, target = await _ready(runtime, channel_id)
    try:
        sent = await send(platform, target, text)
    except AuthExpired as error:
        async with runtime.unit_of_work() as session:
            await service.mark_error(session, channel_id, str(error))
        raise
    async with runtime.unit_of_work() as session:
        await service.mark_working(session, channel_id)
        await service.mark_used(session, [channel_id], runtime.clock.now())
    return sent


def takes_text(platform: Platform) -> bool:
    """Tell whether the platform takes a post of nothing but text, so that a test post can be sent."""
    return not platform.render(Post(text="test"), {}).blocked


async def send(platform: Platform, target: Target, text: str) -> Sent:
    """Send ``text`` as it is. Raises ``PlatformError``."""
    rendered = platform.render(Post(text=text), target.settings)
    if rendered.blocked:
        raise Rejected(", ".join(problem.code for problem in rendered.problems))
    moment = target.clock.now().isoformat()
    key = hashlib.sha256(f"test {target.channel_id} {moment}".encode()).hexdigest()
    return await platform.publish(target, rendered.parts[0], key=key, earlier=())


async def take_back(runtime: Runtime, channel_id: uuid.UUID, post_id: str) -> None:
    """Delete a test post; one that is gone already counts as deleted. Raises like ``look``, and ``Unsupported``."""
    platform, target = await _ready(runtime, channel_id)
    if platform.delete is None:
        raise Unsupported("posts cannot be deleted there", platform=platform.slug)
    await platform.delete(target, Sent((post_id,)))


async def _ready(runtime: Runtime, channel_id: uuid.UUID) -> tuple[Platform, Target]:
    await renewal.keep_fresh(
        runtime, channel_id
    )  # what has ended and can be renewed is no reason to be refused
    async with runtime.unit_of_work() as session:
        channel = await service.get(session, channel_id)
    platform = runtime.platforms.get(channel.platform)
    if platform is None:
        raise Unsupported("this platform is not known", platform=channel.platform)
    if channel.status == ChannelStatus.DISCONNECTED:
        raise NotFound("this channel is disconnected", channel_id=channel_id)
    return platform, service.target(runtime, channel)
