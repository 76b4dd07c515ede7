"""Is there a handler for every job, and do those without work say so?"""

import uuid

import pytest

from core.jobs.jobs import AnalyticsJob, AutomationJob, JobName, SchedulerJob
from core.runtime import Runtime
from workers.tasks import HANDLERS


def test_every_job_has_a_handler() -> None:
    assert set(HANDLERS) == set(JobName)


async def test_work_of_a_later_release_is_said_to_be_missing(
    runtime: Runtime, capsys: pytest.CaptureFixture[str]
) -> None:
    job = AutomationJob(event_id=uuid.uuid4())
    await HANDLERS[job.type](runtime, job)
    assert "job_has_no_work_yet" in capsys.readouterr().out


async def test_a_scheduler_job_looks_for_due_work(runtime: Runtime) -> None:
    await HANDLERS[JobName.CHECK_SCHEDULED](runtime, SchedulerJob(timestamp=1_772_442_000_000))


async def test_numbers_of_a_post_that_nobody_knows_are_not_asked_for(runtime: Runtime) -> None:
    await HANDLERS[JobName.SYNC_METRICS](runtime, AnalyticsJob(publication_id=uuid.uuid4()))
