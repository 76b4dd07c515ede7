"""Do jobs have the data model's fields, and do they survive the trip as JSON?"""

import json
import uuid

import pytest
from pydantic import ValidationError

from core.jobs.jobs import (
    JOB_ADAPTER,
    AnalyticsJob,
    AutomationJob,
    EventsJob,
    Job,
    JobName,
    Priority,
    PublishJob,
    RunJob,
    SchedulerJob,
)

ID = uuid.UUID(int=7)
JOBS: list[tuple[Job, set[str]]] = [
    (
        PublishJob(publication_id=ID, priority=Priority.HIGH, attempts=2),
        {"type", "publicationId", "priority", "attempts"},
    ),
    (SchedulerJob(timestamp=1), {"type", "timestamp", "priority"}),
    (AnalyticsJob(publication_id=ID), {"type", "publicationId", "priority"}),
    (AutomationJob(event_id=ID), {"type", "eventId", "priority"}),
    (EventsJob(event_ids=(ID, uuid.UUID(int=8))), {"type", "eventIds", "priority"}),
    (RunJob(run_id=ID), {"type", "runId", "priority"}),
]


@pytest.mark.parametrize(("job", "fields"), JOBS)
def test_json_round_trip(job: Job, fields: set[str]) -> None:
    text = job.model_dump_json(by_alias=True)
    assert set(json.loads(text)) == fields
    assert JOB_ADAPTER.validate_json(text) == job


def test_every_name_has_a_job() -> None:
    assert {job.type for job, _ in JOBS} == set(JobName)


@pytest.mark.parametrize("text", ['{"type": "unheard_of"}', '{"type": "publish"}', "[]", "nonsense"])
def test_nonsense_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        JOB_ADAPTER.validate_json(text)
