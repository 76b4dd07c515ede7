"""What is done by one process at a time? Advisory locks of PostgreSQL, all in one place so that no two share a number."""

from enum import IntEnum, unique

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession


@unique
class Lock(IntEnum):
    """The numbers are any constants; they are never changed, since two versions may run side by side."""

    MIGRATION = 7_306_923_481
    LATE_DIGEST = 7_306_923_482  # two schedulers must not open a digest each
    AI_SPENDING = 7_306_923_483  # whoever reserves money does so one at a time
    CHANNELS = 7_306_923_491  # whoever looks whether an account is taken, and takes it, does so alone
    TROUBLES = 7_306_923_495  # of several who see the same trouble one tells it
    GROUPS = 7_306_923_496  # two owners may allow a group at once
    LEADING_BOT = 7_306_923_497  # one process answers the chat; held by its connection, not by a transaction
    BACKUP = 7_306_923_498  # of several schedulers one makes the backup that is due
    PAUSE = 7_306_923_484  # shared by those who claim a post, held by whoever pauses
    IMPORT = 5_216_087_331  # each import compares with what the one before has written


async def hold(session: AsyncSession, lock: Lock) -> None:
    """Wait until nobody else holds ``lock``, and hold it until this transaction ends."""
    await session.execute(select(func.pg_advisory_xact_lock(lock.value)))


async def share(session: AsyncSession, lock: Lock) -> None:
    """Keep anybody from holding ``lock`` until this transaction ends; any number may share it."""
    await session.execute(select(func.pg_advisory_xact_lock_shared(lock.value)))
