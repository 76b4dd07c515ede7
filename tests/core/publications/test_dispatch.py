"""Are due posts found, late ones asked about once, and the work of the dead taken back?"""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text, update

from core.channels.models import Channel
from core.content import service as content_service
from core.ids import new_id
from core.jobs.jobs import PublishJob
from core.notifications import service as notifications
from core.products.models import Product
from core.publications import pausing, policy, resolution
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from core.publications.scheduling import At
from core.settings import service as settings
from core.settings.service import Publishing
from tests.conftest import START
from tests.core.publications.conftest import RecordingQueue, World, add_channel


def asked(jobs: RecordingQueue) -> list[tuple[str, int]]:
    return [(job.priority, job.attempts) for job in jobs.jobs if isinstance(job, PublishJob)]


async def test_due_rows_are_asked_for_by_priority_then_time_and_not_each_second(
    world: World, jobs: RecordingQueue
) -> None:
    wanted = []
    for minutes, priority in ((3, "low"), (2, "normal"), (1, "odd"), (4, "high"), (9, "high")):
        at = At(START + timedelta(minutes=minutes))
        wanted.append((await world.plan(when=at, priority=priority)).id)
    world.later(minutes=5)
    assert await world.nudge() == 4
    order = [job.publication_id for job in jobs.jobs if isinstance(job, PublishJob)]
    assert order == [wanted[3], wanted[2], wanted[1], wanted[0]]
    assert [priority for priority, _ in asked(jobs)] == ["high", "normal", "normal", "low"]
    world.later(seconds=1)
    assert await world.nudge() == 0
    world.clock.advance(policy.NUDGE_AGAIN)
    assert await world.nudge() == 4  # the messages were lost


async def test_two_schedulers_at_once_ask_once(world: World, jobs: RecordingQueue) -> None:
    for _ in range(10):
        await world.plan(when=At(START + timedelta(seconds=1)))
    world.later(seconds=1)
    assert sum(await asyncio.gather(*[world.nudge() for _ in range(4)])) == 10
    assert len(jobs.jobs) == 10


async def test_a_retry_is_asked_for_when_its_time_comes(world: World, jobs: RecordingQueue) -> None:
    publication = await world.plan()
    await world.nudge()
    async with world.runtime.unit_of_work() as session:
        await session.execute(
            update(Publication).values(
                next_attempt_at=START + timedelta(minutes=1), nudged_at=None, retry_count=1
            )
        )
    assert await world.nudge() == 0
    world.later(minutes=1)
    assert await world.nudge() == 1
    assert asked(jobs)[-1] == ("normal", 1)
    assert publication.retry_count == 0


async def test_what_is_paused_is_not_sent_and_asked_about_when_it_is_resumed_late(world: World) -> None:
    publication = await world.plan()
    for stop, go in (
        (update(Product).values(paused_at=START), update(Product).values(paused_at=None)),
        (update(Channel).values(status="error"), update(Channel).values(status="active")),
        (update(Product).values(archived_at=START), update(Product).values(archived_at=None)),
    ):
        async with world.runtime.unit_of_work() as session:
            await session.execute(stop)
        assert await world.nudge() == 0
        await world.execute(publication)
        async with world.runtime.unit_of_work() as session:
            await session.execute(go)
    await world.publishing(paused=True)
    world.later(hours=5)
    assert await world.nudge() == 0
    await world.execute(publication)
    assert (await world.read(publication)).status == S.SCHEDULED
    assert await world.told() == []
    await world.publishing(paused=False)
    await world.execute(publication)  # an old message that was still in a queue
    assert await world.nudge() == 0
    assert world.platform.calls == []
    assert await world.told() == [("late", {"publication_ids": [str(publication.id)], "causes": ["outage"]})]


async def twenty_due(world: World, **settings: object) -> list[Publication]:
    if settings:
        await world.publishing(**settings)
    return [await world.plan(when=At(START + timedelta(minutes=number))) for number in range(20)]


async def test_twelve_hours_away_and_twenty_due_make_one_digest(world: World) -> None:
    posts = await twenty_due(world)
    world.later(hours=12)
    await asyncio.gather(*[world.nudge() for _ in range(3)], *[world.execute(post) for post in posts])
    for _ in range(5):
        world.later(seconds=30)
        await world.nudge()
        await asyncio.gather(*[world.execute(post) for post in posts])
    assert world.platform.calls == []
    told = await world.told()
    assert [kind for kind, _ in told] == ["late"]
    assert sorted(told[0][1]["publication_ids"]) == sorted(str(post.id) for post in posts)
    assert {(await world.read(post)).status for post in posts} == {S.MISSED}


async def test_the_digest_grows_until_it_is_sent(world: World) -> None:
    first = await world.plan()
    second = await world.plan(when=At(START + timedelta(hours=1)))
    third = await world.plan(when=At(START + timedelta(hours=2)))
    world.later(minutes=61)
    await world.nudge()
    world.later(hours=1)
    await world.nudge()
    assert await world.told() == [
        ("late", {"publication_ids": [str(first.id), str(second.id)], "causes": ["outage"]})
    ]
    async with world.runtime.unit_of_work() as session:
        assert len(await notifications.claim(session, world.clock.now())) == 1
    world.later(hours=1)
    await world.nudge()
    assert (await world.told())[1] == ("late", {"publication_ids": [str(third.id)], "causes": ["outage"]})


async def test_a_digest_of_two_causes_names_both(world: World) -> None:
    """What stood still for a pause joins what an outage kept; neither is told as the other."""
    await world.plan()
    world.later(hours=2)
    await world.nudge()
    held = await world.plan(when=At(world.clock.now() + timedelta(minutes=5)))
    async with world.runtime.unit_of_work() as session:
        await pausing.pause_everything(session, now=world.clock.now())
    world.later(hours=5)
    async with world.runtime.unit_of_work() as session:
        since = (await settings.get(session, Publishing)).paused_at
        await pausing.resume_everything(session, since=since, now=world.clock.now())
    [(_, payload)] = await world.told()
    assert str(held.id) in payload["publication_ids"]
    assert payload["causes"] == ["outage", "pause"]


async def test_the_choices_of_the_digest(world: World) -> None:
    posts = await twenty_due(world)
    world.later(hours=12)
    await world.nudge()
    ids = [post.id for post in posts]
    async with world.runtime.unit_of_work() as session:
        assert await resolution.skip_late(session, ids[:15], now=world.clock.now()) == 15
    for expected in (5, 0):
        async with world.runtime.unit_of_work() as session:
            done = await resolution.accept_late(session, [*ids, new_id()], now=world.clock.now())
        assert done == expected
    world.later(seconds=1)
    assert await world.nudge() == 5
    for post in posts:
        await world.execute(post)
    assert len(world.platform.wall) == 5
    assert {(await world.read(post)).status for post in posts[:15]} == {S.CANCELLED}


async def test_two_taps_on_publish_all_at_once(world: World) -> None:
    posts = await twenty_due(world)
    world.later(hours=12)
    await world.nudge()

    async def tap(ids: list[Publication]) -> int:
        async with world.runtime.unit_of_work() as session:
            return await resolution.accept_late(session, [post.id for post in ids], now=world.clock.now())

    assert sum(await asyncio.gather(tap(posts), tap(posts[::-1]))) == 20


async def test_an_accepted_late_post_that_was_edited_is_reported(world: World) -> None:
    publication = await world.plan()
    world.later(hours=12)
    await world.nudge()
    async with world.runtime.unit_of_work() as session:
        await content_service.edit(session, publication.content_id, expected_version=1, text="New")
    async with world.runtime.unit_of_work() as session:
        assert await resolution.accept_late(session, [publication.id], now=world.clock.now()) == 0
    assert (await world.read(publication)).error_code == "not_approved"
    assert await world.kinds() == ["late", "missed"]


async def test_policy_publish_sends_and_policy_skip_tells(world: World) -> None:
    published = (await twenty_due(world, late_policy="publish"))[0]
    skipped = (await twenty_due(world, late_policy="skip"))[0]
    world.later(hours=12)
    assert await world.nudge() == 20
    await world.execute(published)
    await world.execute(skipped)
    assert len(world.platform.wall) == 1
    row = await world.read(skipped)
    assert (row.status, row.error_code) == (S.MISSED, "late_skipped")
    assert await world.kinds() == ["late", "published"]  # one digest, not twenty messages


async def test_one_skipped_post_is_told_by_itself(world: World) -> None:
    await world.publishing(late_policy="skip")
    publication = await world.plan()
    world.later(hours=2)
    await world.nudge()
    assert await world.told() == [("missed", {"publication_id": str(publication.id)})]


@pytest.mark.parametrize(("minutes", "status"), [(60, S.PUBLISHED), (61, S.SCHEDULED)])
async def test_an_hour_late_is_still_in_time(world: World, minutes: int, status: S) -> None:
    publication = await world.plan()
    world.later(minutes=minutes)
    await world.execute(publication)
    assert (await world.read(publication)).status == status


async def test_a_worker_that_died_before_the_call_leaves_it_waiting(world: World) -> None:
    publication = await world.plan()
    async with world.runtime.unit_of_work() as session:
        await session.execute(
            update(Publication).values(status="publishing", lease_owner="dead", lease_until=START)
        )
    assert await world.recover() == 0  # not expired yet
    world.later(seconds=1)
    assert await world.recover() == 1
    assert await world.recover() == 0
    await world.execute(publication)
    assert len(world.platform.wall) == 1


async def test_a_worker_that_died_during_the_call_leaves_a_question(world: World) -> None:
    publication = await world.plan()
    async with world.runtime.unit_of_work() as session:
        await session.execute(
            update(Publication).values(status="publishing", lease_owner="dead", lease_until=START)
        )
        await session.execute(
            text(
                "INSERT INTO publication_attempts (publication_id, part, attempt, idempotency_key, payload_hash, state)"
                " VALUES (:id, 0, 1, 'k', 'h', 'started')"
            ),
            {"id": publication.id},
        )
    world.later(hours=12)
    assert sum(await asyncio.gather(*[world.recover() for _ in range(4)])) == 1
    row = await world.read(publication)
    assert (row.status, row.error_code, row.lease_owner) == (S.UNCERTAIN, "worker-lost", None)
    assert await world.attempts(publication) == [(0, 1, "unknown")]
    await world.nudge()
    assert await world.kinds() == ["uncertain"]


async def test_one_channel_s_trouble_touches_no_other(world: World) -> None:
    async with world.runtime.unit_of_work() as session:
        other = await add_channel(session, world.runtime, world.product_id, "other")
    mine = await world.plan(channel_ids=[world.channel_id])
    theirs = await world.plan(channel_ids=[other.id])
    async with world.runtime.unit_of_work() as session:
        (await session.get_one(Channel, other.id)).status = "error"
    assert await world.nudge() == 1
    await world.execute(mine)
    assert (await world.read(mine)).status == S.PUBLISHED
    assert (await world.read(theirs)).status == S.SCHEDULED


async def test_the_due_scan_reads_its_index_however_long_the_history(world: World) -> None:
    publication = await world.plan()
    async with world.runtime.unit_of_work() as session:
        await session.execute(
            text(
                "INSERT INTO publications (content_id, channel_id, status, scheduled_at)"
                " SELECT content_id, channel_id, 'published', scheduled_at - n * interval '1 minute'"
                " FROM publications, generate_series(1, 20000) AS n"
            )
        )
        await session.execute(text("ANALYZE publications"))
        plan = await session.scalars(
            text(
                "EXPLAIN SELECT id FROM publications WHERE status = 'scheduled'"
                " AND coalesce(next_attempt_at, scheduled_at) <= :now"
            ),
            {"now": START},
        )
        assert "idx_pub_due" in "\n".join(plan)
        assert await session.scalar(select(func.count()).select_from(Publication)) == 20001
    assert await world.nudge() == 1
    assert publication.status == S.SCHEDULED
