"""Whatever dies wherever: is each post, once the owner has answered truthfully, out exactly once?

Random walks over every fault there is: a process killed before or after the effect or while it records, lost answers,
refusals, rate limits, a moving clock, sweeps, several workers at once, and an owner who looks at the wall before
answering. The seeds are fixed, so a failure can be repeated.
"""

import asyncio
import random
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from core.channels.models import Channel
from core.errors import AuthExpired, OutcomeUnknown, RateLimited, Rejected, Transient
from core.publications import repository, resolution
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act, Scripted

KINDS = {"blind": (False, False), "keys": (True, False), "looking": (False, True), "both": (True, True)}


@pytest.fixture
def platform(request: pytest.FixtureRequest) -> Scripted:
    """One platform of each kind."""
    keys, looks = KINDS[request.param]
    return Scripted(idempotent=keys, can_look=looks)


class Killed(BaseException):
    """The process is gone: nothing after this line runs."""


def _act(rng: random.Random, world: World) -> Act:
    soon = world.clock.now() + timedelta(minutes=rng.randint(0, 40))
    return rng.choice(
        [
            Act(),
            Act(error=Killed),
            Act(error=Killed, after=True),
            Act(error=lambda: OutcomeUnknown("lost"), after=rng.random() < 0.5),
            Act(error=lambda: Transient("down")),
            Act(error=lambda: RateLimited(retry_at=soon)),
            Act(error=lambda: AuthExpired("gone")),
            Act(error=lambda: Rejected("bad")),
            Act(error=lambda: ZeroDivisionError(), after=rng.random() < 0.5),
        ]
    )


async def _run(world: World, publications: list[Publication]) -> None:
    results = await asyncio.gather(
        *[world.execute(publication, f"w{number}") for number in range(2) for publication in publications],
        return_exceptions=True,
    )
    assert all(result is None or isinstance(result, Killed) for result in results), results


async def _owner(world: World) -> None:
    """Answer every open question by looking at the wall, and put right what needs hands."""
    now = world.clock.now()
    async with world.runtime.unit_of_work() as session:
        await session.execute(update(Channel).values(status="active"))
        rows = list(
            await session.scalars(select(Publication).where(Publication.status.not_in(["published"])))
        )
    for row in rows:
        async with world.runtime.unit_of_work() as session:
            if row.status == S.UNCERTAIN:
                doubtful = [a for a in await repository.attempts_of(session, row.id) if a.state == "unknown"]
                live = any(post.key == a.idempotency_key for post in world.platform.wall for a in doubtful)
                await (resolution.confirm_live if live else resolution.send_again)(session, row.id, now=now)
            elif row.status == S.FAILED:
                await resolution.retry(session, row.id, now=now)
            elif row.status == S.MISSED:
                await resolution.accept_late(session, [row.id], now=now)


async def _nothing_is_silent(world: World) -> None:
    told = await world.told()
    async with world.runtime.unit_of_work() as session:
        rows = list(await session.scalars(select(Publication)))
    for row in rows:
        if row.status in {S.FAILED, S.UNCERTAIN, S.MISSED}:
            kind = "late" if row.error_code == "late" else row.status
            assert any(known == kind and str(row.id) in str(payload) for known, payload in told), row.status


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("platform", KINDS, ids=KINDS, indirect=True)
async def test_never_twice_never_lost_never_silent(
    world: World, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(seed)  # noqa: S311
    publications = [
        await world.plan(await world.content(f"{n}", thread=[f"{n}a", f"{n}b", f"{n}c"] if n % 2 else ()))
        for n in range(4)
    ]
    wanted = sorted(["0", "2", *[f"{n}{part}" for n in (1, 3) for part in "abc"]])
    real = repository.settle_attempts

    async def dies_while_recording(*args: object, **values: object) -> int:
        done = await real(*args, **values)  # type: ignore[arg-type]
        if rng.random() < 0.1:
            raise Killed
        return done

    with monkeypatch.context() as patched:
        patched.setattr(repository, "settle_attempts", dies_while_recording)
        for _ in range(12):
            world.platform.acts.extend(_act(rng, world) for _ in range(rng.randint(0, 4)))
            await _run(world, publications)
            world.later(minutes=rng.choice([0.1, 1, 3, 20, 90]))
            with suppress(Killed):  # the scheduler and the bot die as well
                await world.recover()
                await world.nudge()
                if rng.random() < 0.4:
                    await _owner(world)
            assert len(set(world.platform.texts)) == len(world.platform.texts), "twice"
    await _nothing_is_silent(world)
    world.platform.acts.clear()
    for _ in range(12):
        world.later(minutes=50)
        await world.recover()
        await world.nudge()
        await _owner(world)
        await _run(world, publications)
    assert sorted(world.platform.texts) == wanted
    assert {(await world.read(publication)).status for publication in publications} == {S.PUBLISHED}
