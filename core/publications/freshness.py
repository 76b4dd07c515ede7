"""Can a channel be called with what we have? Asked before a publication is claimed, and from time to time for all.

Renewing may take a while, so no transaction is open meanwhile. Who is locked out is told of once.
"""

import uuid

from core.channels import renewal
from core.channels import service as channels
from core.channels.renewal import Freshness
from core.publications import announcements, policy, repository, settling
from core.publications.models import PublicationStatus
from core.runtime import Runtime


async def ready(runtime: Runtime, publication_id: uuid.UUID) -> bool:
    """Renew what ends; False when the publication has to wait for it, and is then put back for a while."""
    async with runtime.unit_of_work() as session:
        channel_id = await repository.channel_if_due(session, publication_id, runtime.clock.now())
    if channel_id is None:
        return True  # not due, or gone: the claim says so
    outcome = await renewal.keep_fresh(runtime, channel_id)
    if outcome.freshness is Freshness.GOOD:
        return True
    async with runtime.unit_of_work() as session:
        now = runtime.clock.now()
        publication = await repository.lock_in(session, publication_id, [PublicationStatus.SCHEDULED])
        if publication is not None:
            # A channel that is locked out holds its queue back by itself; this one is only looked at later.
            await settling.wait(session, publication, now + policy.backoff(1))
        if outcome.news:
            product_id = await repository.product_of(session, publication_id)
            if product_id is not None:
                await announcements.channel_error(session, product_id, channel_id, now)
    return False


async def renew_due(runtime: Runtime) -> None:
    """Renew every long-lived access whose end comes near, posts or no posts."""
    async with runtime.unit_of_work() as session:
        due = await renewal.due_for_renewal(session, runtime.platforms, runtime.clock.now())
    for channel_id in due:
        outcome = await renewal.keep_fresh(runtime, channel_id)
        if outcome.news:
            async with runtime.unit_of_work() as session:
                channel = await channels.get(session, channel_id)
                await announcements.channel_error(
                    session, channel.product_id, channel_id, runtime.clock.now()
                )
