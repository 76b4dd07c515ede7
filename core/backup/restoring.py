"""How does a backup come back? It is read to its end first; then everything enters in one transaction, or nothing."""

import hashlib
import os
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from core.backup import tables
from core.backup.making import FORMAT
from core.backup.members import MANIFEST, MEDIA, TABLE, TOTALS, Manifest, Totals, described, members
from core.backup.sealing import SealedReader
from core.db import migrations
from core.db.session import Database, create_engine
from core.errors import InvalidInput, NotFound
from core.jobs.queue import DroppingQueue
from core.media.store import SCHEME, MediaStore
from core.publications import restored
from core.security.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself."""

    manifest: Manifest
    totals: Totals


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and about how many posts the owner is asked."""

    contents: Contents
    held: int


def verify(file: BinaryIO, passphrase: str, keyring: Keyring) -> Contents:
    """Read the whole backup and check it. Raises ``InvalidInput`` when it, or a key it needs, is not as it was."""
    manifest: Manifest | None = None
    totals: Totals | None = None
    rows: Counter[str] = Counter()
    files = 0
    for name, pieces in members(SealedReader(file, passphrase)):
        if totals is not None or (manifest is None) != (name == MANIFEST):
            raise InvalidInput("the parts of the backup are not in their order", part=name)
        if manifest is None:
            manifest = described(pieces, Manifest)
            _check_version(manifest)
        elif name == TOTALS:
            totals = described(pieces, Totals)
        else:
            # A row is a line: COPY writes a line break within it otherwise.
            lines = sum(piece.count(b"\n") for piece in pieces)
            if name.startswith(MEDIA):
                _check_file(name)
                files += 1
            else:
                _check_table(name, manifest, rows)
                rows[name.removeprefix(TABLE)] = lines
    if manifest is None or totals is None or totals.files != files:
        raise InvalidInput("the backup is not whole")
    if totals.rows != rows or rows.keys() != manifest.tables.keys():
        raise InvalidInput("the backup does not hold the rows that it says it holds")
    missing = [key for key, print_ in totals.keys.items() if not keyring.has(int(key), print_)]
    if missing:
        raise InvalidInput(
            f"the backup needs the encryption key {', '.join(missing)}, which is not among the keys here; "
            "put the keys that NEXUS had into NEXUS_SECRET_KEYS and try again"
        )
    return Contents(manifest, totals)


async def restore(
    file: BinaryIO, passphrase: str, keyring: Keyring, *, url: str, media: Path, now: datetime, as_is: bool
) -> Restored:
    """Bring a backup back into an empty database. Raises ``InvalidInput`` when it is not empty, or cannot be trusted.

    What has come due since is held back unless ``as_is``. An interrupted restore leaves a mark with which NEXUS does
    not start, and may be repeated.
    """
    contents = verify(file, passphrase, keyring)
    file.seek(0)
    await _fill(file, passphrase, contents, url=url, media=media)
    database = Database(create_engine(url), DroppingQueue())
    try:
        await migrations.upgrade(database.engine)
        held = 0
        if not as_is:
            async with database.unit_of_work() as session:
                held = await restored.hold_back(session, now)
    finally:
        await database.close()
    async with tables.connected(url) as connection:
        await tables.unmark(connection)
    return Restored(contents, held)


async def _fill(file: BinaryIO, passphrase: str, contents: Contents, *, url: str, media: Path) -> None:
    async with tables.connected(url) as connection:
        if not await tables.mark(connection):
            raise InvalidInput(
                "the database is not empty, and a backup is restored into an empty one only; "
                "nothing was changed. Give DATABASE_URL a new database, or NEXUS_HOME a new folder; "
                "or let the backup take the place of everything there with --replace"
            )
    engine = create_engine(url)
    try:
        if await migrations.current_revision(engine) not in {None, contents.manifest.revision}:
            await migrations.downgrade(engine, "base")  # an interrupted restore had come further
        await migrations.upgrade(engine, contents.manifest.revision)
    finally:
        await engine.dispose()
    async with tables.connected(url) as connection, connection.transaction():
        await copy_in(connection, file, passphrase, contents, media=media)


async def copy_in(
    connection: Any, file: BinaryIO, passphrase: str, contents: Contents, *, media: Path
) -> None:
    """Fill the tables and the folder of files, in the transaction that the driver's ``connection`` is in."""
    rows: Counter[str] = Counter()
    again = await tables.make_room(connection)
    for name, pieces in members(SealedReader(file, passphrase)):
        if name.startswith(TABLE):
            table = name.removeprefix(TABLE)
            rows[table] = await tables.fill(connection, table, contents.manifest.tables[table], pieces)
        elif name.startswith(MEDIA):
            _put(MediaStore(media).path(SCHEME + name.removeprefix(MEDIA)), pieces)
        else:
            for _ in pieces:
                pass
    if dict(rows) != contents.totals.rows:
        raise InvalidInput("the backup does not hold the rows that it says it holds")
    await tables.finish(connection, again)


def _check_version(manifest: Manifest) -> None:
    if manifest.format != FORMAT or not migrations.knows(manifest.revision):
        raise InvalidInput("the backup was made by a newer NEXUS; install that version first")


def _check_file(name: str) -> None:
    try:
        MediaStore(Path()).path(SCHEME + name.removeprefix(MEDIA))  # refuses what leaves the folder
    except NotFound:
        raise InvalidInput("the backup holds a part that this NEXUS does not know", part=name) from None


def _check_table(name: str, manifest: Manifest, seen: Counter[str]) -> None:
    table = name.removeprefix(TABLE)
    if not name.startswith(TABLE) or table not in manifest.tables or table in seen:
        raise InvalidInput("the backup holds a part that this NEXUS does not know", part=name)


def _put(path: Path, pieces: Iterator[bytes]) -> None:
    """Write a file aside and give it its name when its content has that name's hash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    digest = hashlib.sha256()
    try:
        with aside.open("wb") as out:
            for piece in pieces:
                digest.update(piece)
                out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != path.name.partition(".")[0]:
            raise InvalidInput("a file of the backup is not what its name says", file=path.name)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
