"""Which publication work is done in the background? Publishing one, and looking for due ones."""

from core.jobs.jobs import PublishJob, SchedulerJob
from core.publications import dispatch, execution
from core.runtime import Runtime
from workers.identity import worker_name


async def publish(runtime: Runtime, job: PublishJob) -> None:
    """Publish one publication, if it is still due and nobody else has it."""
    await execution.execute(runtime, job.publication_id, worker=worker_name())


async def check_scheduled(runtime: Runtime, job: SchedulerJob) -> None:
    """Ask for everything that is due now, without waiting for the scheduler's next round."""
    async with runtime.unit_of_work() as session:
        await dispatch.nudge_due(session, runtime.clock.now())
