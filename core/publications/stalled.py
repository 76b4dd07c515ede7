"""Do posts go out at all? What should have gone out minutes ago and is held by nothing says that the sending stands."""

from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from core.notifications import troubles
from core.publications import queries
from core.publications.models import PublicationStatus

KEY = "queue"
_LATE = timedelta(minutes=5)  # the scan comes each second, overlooked posts are found within some more
_HEAD = 100  # of the queue, the earliest first


async def look(session: AsyncSession, now: datetime) -> int:
    """Have the owner told when posts stay where they are, and when they move again. Returns how many stay."""
    page = await queries.queue(session, limit=_HEAD)
    staying = [
        item
        for item in page.items
        if item.status is PublicationStatus.SCHEDULED and not item.held_by and item.due_at < now - _LATE
    ]
    if staying:
        await troubles.report(session, KEY, now, detail={"count": len(staying)}, since=staying[0].due_at)
    else:
        await troubles.over(session, KEY, now)
    return len(staying)
