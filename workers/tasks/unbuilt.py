"""What happens to a job whose work is not part of this release? It is said in the log, and nothing is marked as done."""

import structlog

from core.jobs.jobs import AutomationJob
from core.runtime import Runtime

log = structlog.get_logger(__name__)


async def process_event(runtime: Runtime, job: AutomationJob) -> None:
    """Automations are not part of this release; the event stays unprocessed and is found by the one that has them."""
    log.warning("job_has_no_work_yet", event_id=str(job.event_id))
