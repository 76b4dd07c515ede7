"""Which automation work is done in the background? Matching events, and taking the steps of one run."""

from core.automations import matching, running
from core.jobs.jobs import AutomationJob, EventsJob, RunJob
from core.runtime import Runtime
from workers.identity import worker_name


async def process_event(runtime: Runtime, job: AutomationJob) -> None:
    """Start what the event sets off, if nobody has done so."""
    await matching.process_event(runtime, job.event_id)


async def process_events(runtime: Runtime, job: EventsJob) -> None:
    """Start what each of the events sets off."""
    await matching.process_events(runtime, job.event_ids)


async def run_automation(runtime: Runtime, job: RunJob) -> None:
    """Take the run's steps, as far as they are due and nobody else has it."""
    await running.run(runtime, job.run_id, worker=worker_name())
