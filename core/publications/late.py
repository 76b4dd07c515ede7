"""What is done with posts whose time has passed, or has come in the quiet hours? Their late policy says, in one digest."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from core.notifications.models import NotificationKind
from core.publications import announcements, repository
from core.publications.models import LateCause, LatePolicy, Publication, PublicationStatus
from core.publications.quiet import Quiet

_BATCH = 1000  # rows decided in one transaction


@dataclass(frozen=True, slots=True)
class Decided:
    """How many posts now wait for the owner's word, and how many were let go."""

    asked: int = 0
    skipped: int = 0

    @property
    def total(self) -> int:
        """How many were decided about."""
        return self.asked + self.skipped


def awake(quiet: Quiet | None, now: datetime) -> Sequence[ColumnElement[bool]]:
    """Return the condition under which a due post may go out at ``now``; none when it is not quiet."""
    since = quiet.since(now) if quiet is not None else None
    return () if since is None else (~repository.is_hushed(now, since),)


async def decide(
    session: AsyncSession, now: datetime, *which: ColumnElement[bool], cause: LateCause = LateCause.OUTAGE
) -> Decided:
    """Ask about what is late, or skip it, as each post's policy says; ``which`` narrows it down."""
    late = await repository.lock_waiting(session, now, _BATCH, repository.is_late(now), *which)
    return await _miss(session, late, "late", now, cause)


async def ask_about(session: AsyncSession, posts: Sequence[Publication], now: datetime) -> Decided:
    """Ask about ``posts``, locked and waiting, however late; for when nobody knows whether they have gone out."""
    return await _miss(session, posts, "late", now, LateCause.OUTAGE)


async def hush(session: AsyncSession, quiet: Quiet, now: datetime, *which: ColumnElement[bool]) -> Decided:
    """Decide about what has come due in quiet hours: a retry, a post delayed into them, hours that were set later.

    It waits for their end when that is soon enough for its policy or the policy is to publish; otherwise it is asked
    about or skipped. Either way the row says so.
    """
    since = quiet.since(now)
    if since is None:
        return Decided()
    until = quiet.until(now)
    hushed = await repository.lock_waiting(session, now, _BATCH, repository.is_hushed(now, since), *which)
    too_long: list[Publication] = []
    for publication in hushed:
        due = publication.next_attempt_at or publication.scheduled_at
        patience = timedelta(seconds=publication.late_after_seconds)
        if publication.late_policy == LatePolicy.PUBLISH or until - due <= patience:
            await repository.move(
                session, publication.id, [PublicationStatus.SCHEDULED],
                next_attempt_at=until, nudged_at=None, error_code="quiet",
            )  # fmt: skip
        else:
            too_long.append(publication)
    return await _miss(session, too_long, "quiet", now, LateCause.QUIET)


async def _miss(
    session: AsyncSession, late: Sequence[Publication], code: str, now: datetime, cause: LateCause
) -> Decided:
    if not late:
        return Decided()
    to_ask: list[Publication] = []
    skipped: list[Publication] = []
    for publication in late:
        skip = publication.late_policy == LatePolicy.SKIP
        moved = await repository.move(
            session,
            publication.id,
            [PublicationStatus.SCHEDULED],
            status=PublicationStatus.MISSED,
            error_code="late_skipped" if skip else code,
            error_message=None,
            next_attempt_at=None,
        )
        if moved is not None:
            (skipped if skip else to_ask).append(moved)
    decided = Decided(asked=len(to_ask), skipped=len(skipped))
    if len(skipped) == 1:
        product_id, _ = (await repository.channels_of(session, skipped))[skipped[0].channel_id]
        await announcements.about(session, NotificationKind.MISSED, product_id, skipped[0].id, now)
    else:
        # Skipping is settled, but twenty messages that say so would be the burst a digest is there to prevent.
        to_ask.extend(skipped)
    if to_ask:
        await announcements.late(session, [publication.id for publication in to_ask], cause, now)
    return decided
