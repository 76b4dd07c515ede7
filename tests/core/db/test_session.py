"""Are jobs sent only after the commit, and does nothing naive reach the database?"""

from datetime import datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, StatementError

from core.db.session import Database, create_engine
from core.ids import new_id
from core.jobs.jobs import Job, PublishJob
from core.jobs.queue import JobQueueError, ask
from core.runtime import Runtime
from core.settings.models import Heartbeat


class _Recorder:
    def __init__(self, fail: bool = False) -> None:
        self.jobs: list[Job] = []
        self.fail = fail

    async def send(self, job: Job) -> None:
        if self.fail:
            raise JobQueueError("Redis is away")
        self.jobs.append(job)


async def test_jobs_go_after_the_commit_and_a_rollback_drops_them(database_url: str) -> None:
    queue = _Recorder()
    database = Database(create_engine(database_url), queue)
    job = PublishJob(publication_id=new_id())
    async with database.unit_of_work() as session:
        ask(session, job)
        assert queue.jobs == []
    assert queue.jobs == [job]

    async def fail_halfway() -> None:
        async with database.unit_of_work() as session:
            ask(session, job)
            raise RuntimeError("rolled back")

    with pytest.raises(RuntimeError, match="rolled back"):
        await fail_halfway()
    assert queue.jobs == [job]
    await database.close()


async def test_a_queue_that_is_away_does_not_undo_the_commit(database_url: str) -> None:
    database = Database(create_engine(database_url), _Recorder(fail=True))
    async with database.unit_of_work() as session:
        await session.execute(text("INSERT INTO settings (key, value) VALUES ('kept', '{}')"))
        ask(session, PublishJob(publication_id=new_id()))
    async with database.unit_of_work() as session:
        assert await session.scalar(text("SELECT count(*) FROM settings WHERE key = 'kept'")) == 1
    await database.close()


async def test_a_naive_datetime_is_refused(runtime: Runtime) -> None:
    with pytest.raises(StatementError, match="naive"):
        async with runtime.unit_of_work() as session:
            session.add(Heartbeat(name="x", beat_at=datetime(2026, 1, 1)))  # noqa: DTZ001


async def test_errors_do_not_repeat_what_was_written(runtime: Runtime) -> None:
    async def twice() -> None:
        async with runtime.unit_of_work() as session:
            for _ in range(2):
                await session.execute(
                    text("INSERT INTO settings (key, value) VALUES (:key, '\"s3cret\"')"), {"key": "s3cret"}
                )

    with pytest.raises(IntegrityError) as caught:
        await twice()
    assert "[SQL parameters hidden" in str(caught.value)
