"""How is a job asked for? Inside a unit of work it waits on the session; the commit lets it go."""

from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Actor, NexusError
from core.jobs.jobs import Job

_KEY = "nexus_jobs"


class JobQueueError(NexusError):
    """The queue could not take a job (Redis away, queue full); a sweeper sends it again later."""

    actor = Actor.NOBODY
    code = "queue-unavailable"


class JobQueue(Protocol):
    """Where jobs go: a queue in this process, or taskiq over Redis."""

    async def send(self, job: Job) -> None:
        """Hand over one job. Raises ``JobQueueError`` when it cannot be taken."""
        ...


class DroppingQueue:
    """Loses every job; proves that rows and sweepers alone keep everything going."""

    async def send(self, job: Job) -> None:
        return None


def ask(session: AsyncSession, job: Job) -> None:
    """Ask for ``job`` once the session's unit of work has committed; a rollback drops it."""
    session.info.setdefault(_KEY, []).append(job)


def take_jobs(session: AsyncSession) -> list[Job]:
    """Return and forget the jobs asked for on ``session``."""
    jobs: list[Job] = session.info.pop(_KEY, [])
    return jobs
