"""Who does which job? Every job name and its handler; a test holds this equal to ``JobName``."""

from core.jobs.jobs import JobName
from workers.running import Handlers
from workers.tasks import analytics, automations, publications

HANDLERS: Handlers = {
    JobName.PUBLISH: publications.publish,
    JobName.CHECK_SCHEDULED: publications.check_scheduled,
    JobName.SYNC_METRICS: analytics.sync_metrics,
    JobName.PROCESS_EVENT: automations.process_event,
    JobName.PROCESS_EVENTS: automations.process_events,
    JobName.RUN_AUTOMATION: automations.run_automation,
}
