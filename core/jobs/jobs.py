"""Which jobs exist, and what do they carry? A name and an id: the row is the truth, the message a nudge."""

import uuid
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from pydantic.alias_generators import to_camel


class JobName(StrEnum):
    """Names of the registered tasks; they travel in queues, so they are never renamed."""

    PUBLISH = "publish"
    CHECK_SCHEDULED = "check_scheduled"
    SYNC_METRICS = "sync_metrics"
    PROCESS_EVENT = "process_event"
    PROCESS_EVENTS = "process_events"  # beyond it too: events that came together
    RUN_AUTOMATION = "run_automation"  # beyond the data model: a run goes on where it stands


EVENTS_AT_ONCE = 64  # of one message


class Priority(StrEnum):
    """Order of work when it piles up."""

    HIGH = "high"
    NORMAL = "normal"
    LOW = "low"


class _Job(BaseModel):
    model_config = ConfigDict(frozen=True, alias_generator=to_camel, populate_by_name=True, extra="forbid")


class PublishJob(_Job):
    """Publish one publication, if it is still due."""

    type: Literal[JobName.PUBLISH] = JobName.PUBLISH
    publication_id: uuid.UUID
    priority: Priority = Priority.NORMAL
    attempts: int = Field(default=0, ge=0)


class SchedulerJob(_Job):
    """Look for due work now; ``timestamp`` is Unix milliseconds of asking."""

    type: Literal[JobName.CHECK_SCHEDULED] = JobName.CHECK_SCHEDULED
    timestamp: int
    priority: Priority = Priority.HIGH


class AnalyticsJob(_Job):
    """Fetch the metrics of one publication."""

    type: Literal[JobName.SYNC_METRICS] = JobName.SYNC_METRICS
    publication_id: uuid.UUID
    priority: Priority = Priority.LOW


class AutomationJob(_Job):
    """Match one received event against the automations."""

    type: Literal[JobName.PROCESS_EVENT] = JobName.PROCESS_EVENT
    event_id: uuid.UUID
    priority: Priority = Priority.NORMAL


class EventsJob(_Job):
    """Match received events that came together; one message for all of them."""

    type: Literal[JobName.PROCESS_EVENTS] = JobName.PROCESS_EVENTS
    event_ids: tuple[uuid.UUID, ...] = Field(min_length=1, max_length=EVENTS_AT_ONCE)
    priority: Priority = Priority.NORMAL


class RunJob(_Job):
    """Take the next steps of one run of an automation, if they are due."""

    type: Literal[JobName.RUN_AUTOMATION] = JobName.RUN_AUTOMATION
    run_id: uuid.UUID
    priority: Priority = Priority.NORMAL


Job = PublishJob | SchedulerJob | AnalyticsJob | AutomationJob | EventsJob | RunJob
JOB_ADAPTER: TypeAdapter[Job] = TypeAdapter(Annotated[Job, Field(discriminator="type")])
