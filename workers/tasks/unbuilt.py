"""What happens to a job whose work is not part of this release? It is said in the log, and nothing is marked as done."""

import structlog

from core.jobs.jobs import AnalyticsJob
from core.runtime import Runtime

log = structlog.get_logger(__name__)


async def sync_metrics(runtime: Runtime, job: AnalyticsJob) -> None:
    """Fetching metrics is not part of this release; the publication is left as it is."""
    log.warning("job_has_no_work_yet", publication_id=str(job.publication_id))
