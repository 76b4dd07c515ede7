"""When is a post asked about? Often while it is fresh, ever more rarely as it ages; what was missed is not made up for."""

from datetime import datetime, timedelta

# After publishing. What a post gets, it mostly gets in its first hours.
LOOKS = (
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
    timedelta(days=1),
    timedelta(days=3),
    timedelta(days=7),
    timedelta(days=30),
)
FOLLOWERS_EVERY = timedelta(hours=6)
MAX_FAILURES = 5  # in a row; then the post waits for its next look

_LONGEST_BACKOFF = timedelta(hours=1)


def first_look(published_at: datetime) -> datetime:
    """Return when a post is asked about first. For one that is older that lies in the past: it is due at once."""
    return published_at + LOOKS[0]


def next_look(published_at: datetime, now: datetime) -> datetime | None:
    """Return when a post that was asked about ``now`` is asked about again; None after the last look."""
    return next((published_at + after for after in LOOKS if published_at + after > now), None)


def backoff(failures: int) -> timedelta:
    """Return how long to wait after the ``failures``-th failure in a row: 1, 2, 4… minutes, at most an hour."""
    return min(timedelta(minutes=2 ** (min(max(failures, 1), 10) - 1)), _LONGEST_BACKOFF)


def after_failure(published_at: datetime, failures: int, now: datetime) -> datetime | None:
    """Return when to ask again about a post that could not be asked about; None when no look is left.

    A try comes after a pause that doubles; once the next look is nearer, or the tries are used up, that one replaces
    the one that was missed.
    """
    upcoming = next_look(published_at, now)
    if failures >= MAX_FAILURES:
        return upcoming
    retry = now + backoff(failures)
    return retry if upcoming is None else min(retry, upcoming)
