"""How is a backup made? One snapshot of the database, then the files, sealed as they are read."""

import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from pydantic_core import to_json

from core.backup import tables
from core.backup.members import MANIFEST, MEDIA, TABLE, TOTALS, MemberWriter
from core.backup.sealing import SealedWriter
from core.config import Settings
from core.errors import InvalidInput
from core.security.keyring import Keyring

FORMAT = 1
_PIECE = 1024 * 1024  # bytes of a file read at once
_SEALED = re.compile(rb'(?:^|[\t\n"])(nx1\.[A-Za-z0-9_-]{8})')
_SEALED_SPAN = 13  # bytes that one match takes at most
_FILE = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}")


async def make(
    file: BinaryIO, passphrase: str, *, url: str, settings: Settings, keyring: Keyring, now: datetime
) -> dict[str, Any]:
    """Write a sealed backup into ``file``; returns what it holds. Keys are never in it, only how to recognise them."""
    archive = SealedWriter(file, passphrase)
    rows: Counter[str] = Counter()
    keys: set[int] = set()
    async with (
        tables.connected(url) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        found = await tables.tables(connection)
        revision = await tables.revision(connection)
        if revision is None:
            raise InvalidInput("the database is empty; there is nothing to back up")
        manifest = {
            "format": FORMAT, "made_at": now.isoformat(), "revision": revision, "tables": found,
            "settings": sorted(settings.model_fields_set), "bucket": settings.media_s3_bucket is not None,
        }  # fmt: skip
        _whole(archive, MANIFEST, manifest)
        for name, columns in found.items():
            rows[name] = await _table(archive, connection, name, columns, keys)
    # Files after rows: what a row of the snapshot names was there before it. A bucket keeps its own.
    files = 0 if settings.media_s3_bucket is not None else _media(archive, settings.nexus_home / "media")
    totals = {
        "rows": rows, "files": files, "keys": {str(key): keyring.fingerprint(key) for key in sorted(keys)},
    }  # fmt: skip
    _whole(archive, TOTALS, totals)
    archive.finish()
    return manifest | totals


async def _table(
    archive: SealedWriter, connection: Any, name: str, columns: list[str], keys: set[int]
) -> int:
    member = MemberWriter(archive, TABLE + name)
    tail = b""

    async def take(data: bytes) -> None:
        nonlocal tail
        member.write(data)
        text = tail + data
        keys.update(Keyring.key_id_of_header(match.decode()) for match in _SEALED.findall(text))
        tail = text[-_SEALED_SPAN:]

    status = await connection.copy_from_table(name, columns=columns, output=take, schema_name="public")
    member.close()
    return int(status.split()[-1])


def _media(archive: SealedWriter, folder: Path) -> int:
    count = 0
    for path in sorted(folder.glob("??/*")):
        if not _FILE.fullmatch(path.name):
            continue  # being written
        member = MemberWriter(archive, MEDIA + path.name)
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                member.write(piece)
        member.close()
        count += 1
    return count


def _whole(archive: SealedWriter, name: str, content: dict[str, Any]) -> None:
    member = MemberWriter(archive, name)
    member.write(to_json(content))
    member.close()
