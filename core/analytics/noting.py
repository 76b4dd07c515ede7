"""What is written down of a platform's answer? The number as history and as the newest, and when to ask again.

The turn's row is locked first: an answer that comes after the lease was lost is dropped, the next look brings a newer one.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import cadence, remarkable, turns
from core.analytics.asking import Failed, Gone, LockedOut, NeverTold, Refused, Said, Slower, Trouble
from core.analytics.models import (
    ChannelCollection,
    ChannelFollowers,
    Ended,
    PublicationCollection,
    PublicationMetric,
)
from core.analytics.turns import Post, Turn
from core.channels import service as channels
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.platforms.base import TOKEN_ENDED, PostMetrics
from core.publications import announcements
from core.publications.models import Publication

_REFUSALS = 3  # of one post in a row; then it is not asked about any more
_TROUBLES = 2  # in a row; then the channel waits, since the trouble is not one post's
_SHORTEST_WAIT = timedelta(seconds=1)
_NAMES = ("impressions", "likes", "comments", "shares", "clicks", "engagements")


async def post(
    session: AsyncSession, turn: Turn, of: Post, answer: Said[PostMetrics] | Trouble, now: datetime
) -> bool:
    """Write down what came of asking about one post. False when the turn is over."""
    row = await turns.held(session, turn, now)
    if row is None:
        return False
    match answer:
        case Said(value):
            await keep(session, of.publication_id, numbers_of(value), now)
            upcoming = cadence.next_look(of.published_at, now)
            await _next(session, of, upcoming, failures=0, error=None)
            row.failures, row.stale = 0, True
            return True
        case Gone(message):
            await _end(session, of, Ended.GONE, message)
            return True
        case Refused(message) if of.failures + 1 >= _REFUSALS:
            await _end(session, of, Ended.REFUSED, message)
            return True
        case Refused(message):
            upcoming = cadence.next_look(of.published_at, now)
            await _next(session, of, upcoming, failures=of.failures + 1, error=message)
            return True
        case NeverTold():
            row.posts_refused = turn.fingerprint
            await _tell_once(session, turn, "posts", now)
            return False
        case Failed(_, message):
            failures = of.failures + 1
            upcoming = cadence.after_failure(of.published_at, failures, now)
            await _next(session, of, upcoming, failures=failures % cadence.MAX_FAILURES, error=message)
    return await _trouble(session, turn, row, answer, now)


async def followers(session: AsyncSession, turn: Turn, answer: Said[int] | Trouble, now: datetime) -> None:
    """Write down how many follow, or why nobody knows."""
    row = await turns.held(session, turn, now)
    if row is None:
        return
    row.followers_due_at = now + cadence.FOLLOWERS_EVERY
    match answer:
        case Said(value):
            await remarkable.after_count(session, turn.channel_id, value, now)
            await count(session, turn.channel_id, value, now)
            row.failures, row.stale = 0, True
        case NeverTold():
            row.followers_refused = turn.fingerprint
            await _tell_once(session, turn, "followers", now)
        case Gone() | Refused():
            pass  # whatever it is about, it is asked again in its turn
        case Failed():
            row.followers_due_at = now + cadence.backoff(row.failures + 1)
            await _trouble(session, turn, row, answer, now)
        case Slower(retry_at):
            row.followers_due_at = retry_at
            await _trouble(session, turn, row, answer, now)
        case LockedOut():
            await _trouble(session, turn, row, answer, now)


async def keep(
    session: AsyncSession,
    publication_id: uuid.UUID,
    numbers: dict[str, Any],
    now: datetime,
    *,
    taken_at: datetime | None = None,
) -> None:
    """Keep a post's numbers as history, and as the newest in ``publications.metrics``, whose other keys stay.

    What was kept for the same ``taken_at`` (now by default) is replaced.
    """
    history = insert(PublicationMetric).values(
        publication_id=publication_id, taken_at=taken_at or now, numbers=numbers
    )
    await session.execute(
        history.on_conflict_do_update(
            index_elements=[PublicationMetric.publication_id, PublicationMetric.taken_at],
            set_={"numbers": history.excluded.numbers},
        )
    )
    await session.execute(
        update(Publication)
        .where(Publication.id == publication_id)
        # Numbers are no change of the post: what guards its buttons stays.
        .values(
            metrics=Publication.metrics.concat(numbers | {"collected_at": now.isoformat()}),
            updated_at=Publication.updated_at,
        )
        .execution_options(synchronize_session=False)
    )


async def count(session: AsyncSession, channel_id: uuid.UUID, number: int, now: datetime) -> None:
    """Keep a count of followers as history."""
    row = insert(ChannelFollowers).values(channel_id=channel_id, taken_at=now, count=number)
    await session.execute(row.on_conflict_do_nothing())


async def mark_stale(session: AsyncSession, channel_id: uuid.UUID) -> None:
    """Have the channel's days added up anew."""
    await session.execute(
        update(ChannelCollection).where(ChannelCollection.channel_id == channel_id).values(stale=True)
    )


def numbers_of(told: PostMetrics) -> dict[str, Any]:
    """Return what is stored of an answer: what was told, under the data model's names; ``raw`` has the platform's own."""
    numbers: dict[str, Any] = {
        name: value for name in _NAMES if (value := getattr(told, name)) is not None and value >= 0
    }
    return numbers | ({"raw": dict(told.raw)} if told.raw else {})


async def _trouble(
    session: AsyncSession, turn: Turn, row: ChannelCollection, answer: object, now: datetime
) -> bool:
    """Write down what concerns the whole channel. False when nothing more is to be asked now."""
    match answer:
        case Slower(retry_at):
            row.wait_until = max(retry_at, now + _SHORTEST_WAIT)
            return False
        case LockedOut(message):
            if await channels.mark_error(session, turn.channel_id, message):
                await announcements.channel_error(session, turn.product_id, turn.channel_id, now)
            return False
        case Failed(code, _):
            row.failures += 1
            if code == TOKEN_ENDED:
                await channels.mark_ended(session, turn.channel_id, now)
            if code == TOKEN_ENDED or row.failures >= _TROUBLES:
                row.wait_until = now + cadence.backoff(row.failures)
                return False
    return True


async def _next(
    session: AsyncSession, of: Post, upcoming: datetime | None, *, failures: int, error: str | None
) -> None:
    if upcoming is None:
        await _end(session, of, Ended.DONE, error)
        return
    await _change(session, of, due_at=upcoming, failures=failures, error=error and error[:500])


async def _end(session: AsyncSession, of: Post, ended: Ended, error: str | None) -> None:
    await _change(session, of, ended=ended, error=error and error[:500])


async def _change(session: AsyncSession, of: Post, **values: Any) -> None:
    await session.execute(
        update(PublicationCollection)
        .where(PublicationCollection.publication_id == of.publication_id)
        .values(**values)
    )


async def _tell_once(session: AsyncSession, turn: Turn, what: str, now: datetime) -> None:
    """Say that a platform tells no numbers, once for a channel: what is missing on the screens is then no surprise."""
    await notifications.notify(
        session,
        NotificationKind.NUMBERS_UNTOLD,
        payload={"channel_id": str(turn.channel_id), "what": what},
        product_id=turn.product_id,
        dedupe_key=f"numbers/{turn.channel_id}/{what}",
        priority="low",
        not_before=now,
    )
