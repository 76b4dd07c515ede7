"""How often is a post tried, how long is a claim held, and what is it known by? The numbers and their reasons."""

import hashlib
import uuid
from datetime import datetime, timedelta

from core.platforms.base import Platform

MAX_TRIES = 5
# A wait the platform asked for is not a failed try; but one that never ends must reach the owner some day.
MAX_CALLS = 30
# A worker that died is noticed after this long; one that lives renews well before it.
LEASE = timedelta(seconds=90)
RENEW_EVERY = 25.0  # seconds
# The longest call we wait for (a big video over a slow line); then the outcome counts as unknown.
CALL_LIMIT = 900.0  # seconds
# A due row is nudged again after this long: the message was lost, or the workers are busy.
NUDGE_AGAIN = timedelta(seconds=15)
# Overdue by this much, a post is sent by any worker that sees it, queue or not; longer than a lost message takes.
OVERLOOKED = timedelta(seconds=20)
# Platforms forget keys (Mastodon after about an hour): within this time repeating a call is harmless.
KEY_MEMORY = timedelta(minutes=45)

_MAX_BACKOFF = timedelta(hours=1)
_MIN_WAIT = timedelta(seconds=1)
_MAX_PATIENCE = timedelta(minutes=15)


def backoff(failures: int) -> timedelta:
    """Return how long to wait after the ``failures``-th failed try (1-based): 1, 2, 4, 8, 16 minutes, at most an hour."""
    return min(timedelta(minutes=2 ** (max(failures, 1) - 1)), _MAX_BACKOFF)


def wait_until(retry_at: datetime, now: datetime, in_a_row: int = 1) -> datetime:
    """Return when to come back after the ``in_a_row``-th rate limit without anything else between: as told, or later.

    Not at once, which would be a hot loop; and a platform that says "in three seconds" again and again is left alone
    for 1, 2, 4, 8 ... seconds, at most a quarter of an hour: all ``MAX_CALLS`` would else be spent in a minute and a
    half of its trouble, instead of some five hours.
    """
    patience: timedelta = min(_MIN_WAIT * 2 ** min(in_a_row - 1, 20), _MAX_PATIENCE)
    return max(retry_at, now + patience)


def idempotency_key(publication_id: uuid.UUID, version: int, part: int) -> str:
    """Return the key of one part of one version: the same for every try, so that a platform can drop a repetition."""
    return hashlib.sha256(f"nexus/{publication_id}/{version}/{part}".encode()).hexdigest()


def claim_token(worker: str) -> str:
    """Return a name for one claim, at most 64 characters: two claims of one worker must not be taken for each other."""
    return f"{worker[:47]}#{uuid.uuid4().hex[:16]}"


def may_settle_itself(platform: Platform | None) -> bool:
    """Tell whether an unknown outcome can be cleared up without the owner: repeating is harmless, or we can look."""
    return platform is not None and (platform.idempotent or platform.look_up is not None)
