"""What happens when a job comes to its turn? Its handler is called; an error is logged and ends only this job."""

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import structlog

from core import tracing
from core.jobs.jobs import AnalyticsJob, AutomationJob, EventsJob, Job, JobName, PublishJob, RunJob
from core.metrics import meters
from core.runtime import Runtime

log = structlog.get_logger(__name__)

Handler = Callable[[Runtime, Any], Awaitable[None]]
Handlers = Mapping[JobName, Handler]


def job_key(job: Job) -> str:
    """Return what makes two jobs the same work; asking twice before it starts is asking once."""
    match job:
        case PublishJob() | AnalyticsJob():
            return f"{job.type}:{job.publication_id}"
        case AutomationJob():
            return f"{job.type}:{job.event_id}"
        case EventsJob():
            return f"{job.type}:{job.event_ids[0]}:{job.event_ids[-1]}"
        case RunJob():
            return f"{job.type}:{job.run_id}"
        case _:
            return str(job.type)


async def run_job(runtime: Runtime, handlers: Handlers, job: Job) -> None:
    """Run ``job``. Never raises an error of the handler: the row says what became of the work, a sweeper asks again."""
    with (
        structlog.contextvars.bound_contextvars(job=str(job.type), job_key=job_key(job)),
        tracing.traced(str(job.event_id) if isinstance(job, AutomationJob) else None),
    ):
        began, outcome = time.perf_counter(), "cancelled"
        try:
            await handlers[job.type](runtime, job)
            outcome = "done"
        except Exception:
            outcome = "failed"
            log.exception("job_failed")
        finally:
            meters.JOB_SECONDS.labels(str(job.type), outcome).observe(time.perf_counter() - began)
