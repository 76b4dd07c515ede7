"""Which work about numbers is done in the background? Asking about a post, and what else is due for its channel."""

from core.analytics import collecting
from core.jobs.jobs import AnalyticsJob
from core.runtime import Runtime


async def sync_metrics(runtime: Runtime, job: AnalyticsJob) -> None:
    """Ask about one post, if it is still due and nobody else asks its channel."""
    await collecting.collect_for(runtime, job.publication_id)
