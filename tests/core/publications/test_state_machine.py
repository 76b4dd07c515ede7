"""Which action moves a publication from which status? Every pair, so that no button works where it must not."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import Stale
from core.publications import afterwards, dispatch, resolution, scheduling
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from tests.conftest import START
from tests.core.publications.conftest import World

Action = Callable[[World, AsyncSession, Publication], Awaitable[object]]


async def execute(world: World, session: AsyncSession, row: Publication) -> object:
    await world.execute(row)
    return None


async def cancel(world: World, session: AsyncSession, row: Publication) -> object:
    return await scheduling.cancel(session, row.id, now=world.clock.now())


async def reschedule(world: World, session: AsyncSession, row: Publication) -> object:
    later = world.clock.now() + timedelta(hours=5)
    return await scheduling.reschedule(session, row.id, moment=later, now=world.clock.now())


async def confirm_live(world: World, session: AsyncSession, row: Publication) -> object:
    return await resolution.confirm_live(session, row.id, now=world.clock.now())


async def send_again(world: World, session: AsyncSession, row: Publication) -> object:
    return await resolution.send_again(session, row.id, now=world.clock.now())


async def retry(world: World, session: AsyncSession, row: Publication) -> object:
    return await resolution.retry(session, row.id, now=world.clock.now())


async def accept_late(world: World, session: AsyncSession, row: Publication) -> object:
    return await resolution.accept_late(session, [row.id], now=world.clock.now())


async def skip_late(world: World, session: AsyncSession, row: Publication) -> object:
    return await resolution.skip_late(session, [row.id], now=world.clock.now())


async def delete(world: World, session: AsyncSession, row: Publication) -> object:
    await afterwards.delete_published(world.runtime, row.id)
    return None


async def recover(world: World, session: AsyncSession, row: Publication) -> object:
    return await dispatch.recover(session, world.clock.now(), platforms=world.runtime.platforms)


async def decide_late(world: World, session: AsyncSession, row: Publication) -> object:
    return await dispatch.nudge_due(session, world.clock.now() + timedelta(hours=3))


TABLE: dict[Action, dict[S, S]] = {
    execute: {S.SCHEDULED: S.PUBLISHED},
    cancel: {S.SCHEDULED: S.CANCELLED},
    reschedule: {S.SCHEDULED: S.SCHEDULED, S.MISSED: S.SCHEDULED, S.FAILED: S.SCHEDULED},
    confirm_live: {S.UNCERTAIN: S.PUBLISHED},
    send_again: {S.UNCERTAIN: S.SCHEDULED},
    retry: {S.FAILED: S.SCHEDULED},
    accept_late: {S.MISSED: S.SCHEDULED},
    skip_late: {S.MISSED: S.CANCELLED},
    delete: {S.PUBLISHED: S.CANCELLED},
    recover: {S.PUBLISHING: S.SCHEDULED},
    decide_late: {S.SCHEDULED: S.MISSED},
}


@pytest.mark.parametrize("action", TABLE, ids=lambda action: action.__name__)
async def test_every_action_in_every_status(world: World, action: Action) -> None:
    for status in S:
        row = await world.plan()
        async with world.runtime.unit_of_work() as session:
            await session.execute(
                update(Publication)
                .where(Publication.id == row.id)
                .values(status=status, error_code="late", lease_until=START - timedelta(minutes=1))
            )
        before = await world.read(row)
        expected = TABLE[action].get(status, status)
        try:
            async with world.runtime.unit_of_work() as session:
                await action(world, session, row)
        except Stale:
            assert status not in TABLE[action]
        after = await world.read(row)
        assert after.status == expected, f"{action.__name__} from {status}"
        if status not in TABLE[action]:
            assert after.updated_at == before.updated_at, f"{action.__name__} touched {status}"
        async with world.runtime.unit_of_work() as session:
            await session.execute(
                update(Publication).where(Publication.id == row.id).values(status="cancelled")
            )
