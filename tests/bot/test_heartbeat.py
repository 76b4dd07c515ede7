"""Does a bot that waits for its turn give signs of life, and is it not missed once it leads or has gone on purpose?"""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from bot import heartbeat
from bot.cli.keys import _without
from bot.heartbeat import LEADER, STANDBY, Heartbeat
from core.clock import SystemClock
from core.runtime import Runtime
from core.security.keyring import Keyring
from core.settings import heartbeats


async def beats(runtime: Runtime) -> dict[str, datetime]:
    async with runtime.unit_of_work() as session:
        return await heartbeats.every(session)


async def until_beats(runtime: Runtime, *names: str) -> None:
    while True:
        if set(await beats(runtime)) == set(names):
            return


async def test_a_standby_is_seen_until_it_leads(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(heartbeat, "_BEAT_SECONDS", 0.05)
    monkeypatch.setattr(heartbeat, "_ALONE_SECONDS", 0.0)
    process, stop, led = Heartbeat(runtime), asyncio.Event(), asyncio.Event()
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        group.create_task(process.stand_by(stop))
        await until_beats(runtime, STANDBY)
        group.create_task(process.lead(led))
        await until_beats(runtime, LEADER)
        led.set()
        await until_beats(runtime, LEADER, STANDBY)
        stop.set()
    assert set(await beats(runtime)) == {LEADER}


async def test_one_of_two_standbys_that_goes_does_not_sign_the_other_off(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await heartbeats.beat(session, STANDBY, runtime.clock.now(), {"process": "another:1"})
    stop = asyncio.Event()
    stop.set()
    await Heartbeat(runtime).stand_by(stop)
    assert set(await beats(runtime)) == {STANDBY}


async def test_a_standby_that_does_not_know_the_new_key_is_named(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(heartbeat, "_ALONE_SECONDS", 0.0)
    old, new = Keyring.new_key_text(1), Keyring.new_key_text(2)
    stop = asyncio.Event()
    alive = replace(runtime, clock=SystemClock(), keyring=Keyring.parse(old))
    knowing = replace(alive, keyring=Keyring.parse(f"{new},{old}"))
    async with asyncio.timeout(20), asyncio.TaskGroup() as group:
        leader = Heartbeat(knowing)
        leader._process = "another:1"  # in life they are two processes
        group.create_task(leader.lead(stop))
        group.create_task(Heartbeat(alive).stand_by(stop))
        await until_beats(runtime, LEADER, STANDBY)
        (ignorant,) = await _without(runtime.database, 2, 0.0)
        stop.set()
    assert ignorant.startswith("standby (")
