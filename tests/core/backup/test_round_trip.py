"""Does everything come back as it was, does nothing broken come back, and does nothing go out twice?"""

import io
import itertools
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from core.backup import making, restoring, tables
from core.backup.sealing import SealedReader, SealedWriter
from core.db import migrations
from core.db.reaching import check_whole
from core.db.session import create_engine
from core.errors import ConfigError, InvalidInput
from core.jobs.queue import DroppingQueue
from core.publications.models import PublicationStatus as S
from core.publications.scheduling import At
from core.runtime import Runtime, open_runtime
from core.security.keyring import Keyring
from core.settings import service as settings
from tests.conftest import START
from tests.core.publications.conftest import World
from tests.core.transfer.test_round_trip import DOCUMENT, bring_in

KEY = "correct horse battery staple"
HOUR = timedelta(hours=1)


async def backup_of(runtime: Runtime) -> io.BytesIO:
    file = io.BytesIO()
    url = runtime.database.engine.url.render_as_string(hide_password=False)
    await making.make(
        file, KEY, url=url, settings=runtime.settings, keyring=runtime.keyring, now=runtime.clock.now()
    )
    file.seek(0)
    return file


async def rows_of(url: str) -> Mapping[str, list[str]]:
    async with tables.connected(url) as connection:
        return {
            name: [
                row[0]
                for row in await connection.fetch(f"SELECT t::text FROM {name} t ORDER BY 1")  # noqa: S608
            ]
            for name in await tables.tables(connection)
        }


async def restored(
    file: io.BytesIO, runtime: Runtime, url: str, *, as_is: bool = True, key: str = KEY, **more: Any
) -> restoring.Restored:
    file.seek(0)
    return await restoring.restore(
        file,
        key,
        more.get("keyring", runtime.keyring),
        url=url,
        media=runtime.settings.nexus_home / "elsewhere",
        now=runtime.clock.now(),
        as_is=as_is,
    )


async def test_every_row_and_file_comes_back(world: World, empty_database_url: str) -> None:
    runtime = world.runtime
    await bring_in(runtime, DOCUMENT)
    picture = await runtime.media.save(b"\x89PNG" * 100_000, "png")
    sent, waits = await world.content("Уже\tвышло\n\\N"), await world.content("Later", thread=("one", "two"))
    await world.execute(await world.plan(sent, At(START)))
    later = await world.plan(waits, At(START + HOUR))
    before = await rows_of(runtime.database.engine.url.render_as_string(hide_password=False))
    assert all(before[name] for name in ("publication_attempts", "channels", "content_versions"))
    done = await restored(await backup_of(runtime), runtime, empty_database_url)
    assert await rows_of(empty_database_url) == before
    assert done.contents.totals.files == 1
    name = picture.removeprefix("media://")
    file = runtime.settings.nexus_home / "elsewhere" / name[:2] / name
    assert file.read_bytes() == await runtime.media.load(picture)
    # The queue goes on where it stood, and numbers go on after the last one.
    world.clock.set(START + HOUR)
    async with open_runtime(
        runtime.settings, database_url=empty_database_url, keyring=runtime.keyring,
        queue=DroppingQueue(), clock=world.clock, platforms=runtime.platforms,
    ) as other:  # fmt: skip
        there = World(other, world.clock, world.platform, world.product_id, world.channel_id)
        await there.execute(later)
        assert (await there.read(later)).status == S.PUBLISHED
        assert (await there.content("New")).number > waits.number


async def test_an_old_backup_doubles_nothing(world: World, empty_database_url: str) -> None:
    late = await world.plan(await world.content("Was due"), At(START + HOUR))
    ahead = await world.plan(await world.content("Not yet"), At(START + 9 * HOUR))
    file = await backup_of(world.runtime)
    world.clock.set(
        START + HOUR + timedelta(minutes=5)
    )  # not late by its own policy, and sent by the original
    done = await restored(file, world.runtime, empty_database_url, as_is=False)
    assert done.held == 1
    async with open_runtime(
        world.runtime.settings, database_url=empty_database_url, keyring=world.runtime.keyring,
        queue=DroppingQueue(), clock=world.clock, platforms=world.runtime.platforms,
    ) as other:  # fmt: skip
        there = World(other, world.clock, world.platform, world.product_id, world.channel_id)
        await there.execute(late)
        assert ((await there.read(late)).status, (await there.read(ahead)).status) == (S.MISSED, S.SCHEDULED)
        async with other.unit_of_work() as session:
            assert (await settings.get(session, settings.Publishing)).paused
            told = await session.scalars(text("SELECT kind FROM notifications"))
            assert told.all() == ["late"]


async def test_what_was_on_its_way_is_asked_about(world: World, empty_database_url: str) -> None:
    called = await world.plan(await world.content("Called"), At(START))
    claimed = await world.plan(await world.content("Claimed"), At(START))
    async with world.runtime.unit_of_work() as session:
        await session.execute(
            text("UPDATE publications SET status = 'publishing', lease_until = now() + '1 day'")
        )
        await session.execute(
            text(
                "INSERT INTO publication_attempts "
                "(publication_id, part, attempt, idempotency_key, payload_hash, state) "
                "VALUES (:id, 0, 1, 'k', 'h', 'started')"
            ),
            {"id": called.id},
        )
    done = await restored(await backup_of(world.runtime), world.runtime, empty_database_url, as_is=False)
    assert done.held == 2
    async with tables.connected(empty_database_url) as connection:
        found = dict(await connection.fetch("SELECT id, status FROM publications"))
    assert found == {called.id: "uncertain", claimed.id: "missed"}


async def test_what_cannot_be_trusted_is_refused_before_anything_is_written(
    runtime: Runtime, empty_database_url: str
) -> None:
    await bring_in(runtime, DOCUMENT)
    whole = (await backup_of(runtime)).getvalue()
    altered = bytearray(whole)
    altered[len(whole) // 2] ^= 1
    for broken in (whole[:-1], whole[:20], b"", whole + b"x", bytes(altered)):
        with pytest.raises(InvalidInput):
            await restored(io.BytesIO(broken), runtime, empty_database_url)
    with pytest.raises(InvalidInput, match="BACKUP_KEY"):
        await restored(io.BytesIO(whole), runtime, empty_database_url, key="another passphrase")
    other = Keyring.parse(Keyring.new_key_text(runtime.keyring.primary))
    with pytest.raises(InvalidInput, match="NEXUS_SECRET_KEYS"):
        await restored(io.BytesIO(whole), runtime, empty_database_url, keyring=other)
    assert await rows_of(empty_database_url) == {}


async def test_a_used_database_is_left_alone(runtime: Runtime) -> None:
    await bring_in(runtime, DOCUMENT)
    url = runtime.database.engine.url.render_as_string(hide_password=False)
    before = await rows_of(url)
    with pytest.raises(InvalidInput, match="not empty"):
        await restored(await backup_of(runtime), runtime, url)
    assert await rows_of(url) == before


async def test_an_interrupted_restore_keeps_nexus_out_and_is_repeated(
    runtime: Runtime, empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bring_in(runtime, DOCUMENT)
    before = await rows_of(runtime.database.engine.url.render_as_string(hide_password=False))
    file = await backup_of(runtime)

    async def dies(*_: object) -> None:
        raise KeyError("killed")

    for where in ("finish", "unmark"):
        with monkeypatch.context() as patch:
            patch.setattr(tables, where, dies)
            with pytest.raises(KeyError):
                await restored(file, runtime, empty_database_url)
        engine = create_engine(empty_database_url)
        with pytest.raises(ConfigError, match="interrupted"):
            await check_whole(engine)
        await engine.dispose()
    await restored(file, runtime, empty_database_url)
    assert await rows_of(empty_database_url) == before


async def test_a_backup_of_an_older_schema_is_brought_up_to_date(
    runtime: Runtime, postgres: Any, empty_database_url: str
) -> None:
    await bring_in(runtime, DOCUMENT)
    await migrations.downgrade(runtime.database.engine, "-3")
    async with tables.connected(
        runtime.database.engine.url.render_as_string(hide_password=False)
    ) as connection:
        channels = await connection.fetch("SELECT id, credentials FROM channels")
    await restored(await backup_of(runtime), runtime, empty_database_url)
    async with tables.connected(empty_database_url) as connection:
        assert await connection.fetch("SELECT id, credentials FROM channels") == channels
        assert await tables.revision(connection) == migrations.head_revision()


def test_chunks_keep_their_order_and_their_end() -> None:
    file = io.BytesIO()
    writer = SealedWriter(file, KEY)
    clear = bytes(range(256)) * 1024  # exactly four chunks
    writer.write(clear)
    writer.finish()
    sealed = file.getvalue()
    head, size = sealed[:31], 64 * 1024 + 16
    chunks = [sealed[at : at + size] for at in range(31, len(sealed), size)]
    assert len(chunks) == 4
    reader = SealedReader(io.BytesIO(sealed), KEY)
    assert reader.read(len(clear)) == clear
    assert reader.at_end()
    for order in itertools.chain(itertools.permutations(range(4)), [(0, 1, 2), (0, 1, 3), (0, 1, 2, 3, 3)]):
        if order == (0, 1, 2, 3):
            continue
        moved = SealedReader(io.BytesIO(head + b"".join(chunks[one] for one in order)), KEY)
        with pytest.raises(InvalidInput):
            _read_whole(moved, len(clear))


def _read_whole(reader: SealedReader, size: int) -> None:
    reader.read(size)
    if not reader.at_end():
        raise InvalidInput("there is more")
