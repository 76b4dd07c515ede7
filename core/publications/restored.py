"""What may have gone out since a backup was made? Nobody knows, so the owner is asked and nothing leaves meanwhile."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.publications import dispatch, late, pausing
from core.publications.models import Publication, PublicationStatus

_BATCH = 1000  # rows looked at together


async def hold_back(session: AsyncSession, now: datetime) -> int:
    """Ask about every post that was due or on its way, and pause everything. Returns how many posts are asked about.

    The rest is paused too: rules and repeats would make again what they have made since. One tap lets it go on.
    """
    # Whoever held these is gone with the database it had them from.
    moving = await session.scalars(
        update(Publication)
        .where(Publication.status == PublicationStatus.PUBLISHING)
        .values(lease_until=now - timedelta(seconds=1))
        .returning(Publication.id)
    )
    on_their_way = list(moving)
    # Without platforms: what they would say of a call made before the backup is for the owner to hear.
    while await dispatch.recover(session, now, platforms={}):
        pass
    doubtful = await session.scalar(
        select(func.count()).where(
            Publication.id.in_(on_their_way), Publication.status == PublicationStatus.UNCERTAIN
        )
    )
    asked = 0
    due = func.coalesce(Publication.next_attempt_at, Publication.scheduled_at)
    # Those of a paused product or channel too: they may have gone on since.
    waiting = (
        select(Publication)
        .where(Publication.status == PublicationStatus.SCHEDULED, due <= now)
        .order_by(due, Publication.id)
        .limit(_BATCH)
        .with_for_update()
    )
    while posts := list(await session.scalars(waiting)):
        asked += (await late.ask_about(session, posts, now)).total
    await pausing.pause_everything(session, now=now)
    return (doubtful or 0) + asked
