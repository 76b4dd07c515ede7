"""What may have gone out since a backup was made? Nobody knows, so the owner is asked and nothing leaves meanwhile."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from core.publications import dispatch, late, pausing
from core.publications.models import Publication, PublicationStatus


async def hold_back(session: AsyncSession, now: datetime) -> int:
    """Ask about every post that was due or on its way, and pause everything. Returns how many posts are asked about.

    The rest is paused too: rules and repeats would make again what they have made since. One tap lets it go on.
    """
    # Whoever held these is gone with the database it had them from.
    await session.execute(
        update(Publication)
        .where(Publication.status == PublicationStatus.PUBLISHING)
        .values(lease_until=now - timedelta(seconds=1))
    )
    doubtful = 0
    # Without platforms: what they would say of a call made before the backup is for the owner to hear.
    while recovered := await dispatch.recover(session, now, platforms={}):
        doubtful += recovered
    asked = 0
    while (decided := await late.decide_all(session, now)).total:
        asked += decided.total
    await pausing.pause_everything(session, now=now)
    return doubtful + asked
