"""Is there a handler for every job, and does one whose row is gone do nothing?"""

import uuid

from core.jobs.jobs import AnalyticsJob, AutomationJob, EventsJob, JobName, RunJob, SchedulerJob
from core.runtime import Runtime
from workers.tasks import HANDLERS


def test_every_job_has_a_handler() -> None:
    assert set(HANDLERS) == set(JobName)


async def test_an_event_and_a_run_that_nobody_knows_are_left_alone(runtime: Runtime) -> None:
    await HANDLERS[JobName.PROCESS_EVENT](runtime, AutomationJob(event_id=uuid.uuid4()))
    await HANDLERS[JobName.PROCESS_EVENTS](runtime, EventsJob(event_ids=(uuid.uuid4(),)))
    await HANDLERS[JobName.RUN_AUTOMATION](runtime, RunJob(run_id=uuid.uuid4()))


async def test_a_scheduler_job_looks_for_due_work(runtime: Runtime) -> None:
    await HANDLERS[JobName.CHECK_SCHEDULED](runtime, SchedulerJob(timestamp=1_772_442_000_000))


async def test_numbers_of_a_post_that_nobody_knows_are_not_asked_for(runtime: Runtime) -> None:
    await HANDLERS[JobName.SYNC_METRICS](runtime, AnalyticsJob(publication_id=uuid.uuid4()))
