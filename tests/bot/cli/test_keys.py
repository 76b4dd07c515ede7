"""What does `nexus keys` refuse, and what does it say to do?"""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.products import service as products
from core.products import webhook_secret
from core.runtime import Runtime
from core.security.keyring import Keyring
from core.settings import heartbeats
from tests.bot.cli.command import nexus

ONE, TWO = Keyring.new_key_text(1), Keyring.new_key_text(2)


@pytest.fixture
def env(database_url: str, tmp_path: Path) -> dict[str, str]:
    return {"DATABASE_URL": database_url.replace("+asyncpg", ""), "NEXUS_HOME": str(tmp_path / "home")}


async def _seal(runtime: Runtime, key: str) -> None:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Tea")
        webhook_secret.seal(Keyring.parse(key), product, "a-signing-secret")


async def test_a_key_in_use_is_not_retired_and_the_list_says_so(
    runtime: Runtime, env: dict[str, str], tmp_path: Path
) -> None:
    await _seal(runtime, ONE)
    env |= {"NEXUS_SECRET_KEYS": f"{TWO},{ONE}"}
    listed = nexus("keys", "list", folder=tmp_path, env=env)
    assert listed.out.splitlines() == ["1: opens, 1 stored value(s)", "2: seals, 0 stored value(s)"]
    first = nexus("keys", "retire", "2", folder=tmp_path, env=env)
    assert (first.code != 0, "make another one the first" in first.err) == (True, True)
    assert ONE.partition(":")[2] not in listed.out + first.err


async def test_one_key_in_the_environment_cannot_be_rotated(env: dict[str, str], tmp_path: Path) -> None:
    refused = nexus("keys", "rotate", folder=tmp_path, env=env | {"NEXUS_SECRET_KEYS": ONE})
    assert refused.code != 0
    assert "nexus keys new" in refused.err
    made = nexus("keys", "new", folder=tmp_path, env=env | {"NEXUS_SECRET_KEYS": ONE})
    assert Keyring.parse(made.out.strip()).ids == (2,)


async def test_a_process_that_does_not_know_the_new_key_is_named(
    runtime: Runtime, env: dict[str, str], tmp_path: Path
) -> None:
    async with runtime.unit_of_work() as session:
        now = datetime.now(UTC)
        await heartbeats.beat(session, "worker", now, {"process": "host:7:abc", "keys": [1]})
        await heartbeats.beat(session, "scheduler", now, {"process": "host:8:abc", "keys": [2, 1]})
    refused = nexus("keys", "rotate", folder=tmp_path, env=env | {"NEXUS_SECRET_KEYS": f"{TWO},{ONE}"})
    assert refused.code != 0
    assert "worker (host:7:abc)" in refused.err
    assert "scheduler" not in refused.err


async def test_a_second_rotation_makes_a_third_key_and_a_retired_one_is_kept(
    runtime: Runtime, env: dict[str, str], tmp_path: Path
) -> None:
    await _seal(runtime, ONE)
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "secret_keys").write_text(ONE)
    for expected in ((2, 1), (3, 2, 1)):
        done = nexus("keys", "rotate", folder=tmp_path, env=env)
        assert done.code == 0, done.err
        assert "1 value(s)" in done.out
        assert Keyring.parse((home / "secret_keys").read_text()).ids == expected
    for number in (1, 2):
        assert nexus("keys", "retire", str(number), folder=tmp_path, env=env).code == 0
    assert Keyring.parse((home / "secret_keys").read_text()).ids == (3,)
    assert Keyring.parse((home / "retired_keys").read_text()).ids == (1, 2)
