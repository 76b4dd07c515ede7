"""Is an archive that was made with the right passphrase, but not by NEXUS, refused while little of it was read?"""

import io
import json
import struct
from collections.abc import Iterator
from typing import Any

import pytest

from core.backup import restoring
from core.backup.members import MANIFEST, MEDIA, TABLE, TOTALS, MemberWriter
from core.backup.sealing import SealedWriter
from core.db import migrations
from core.errors import InvalidInput
from core.security.keyring import Keyring

KEY = "correct horse battery staple"
FILE = MEDIA + "0" * 64 + ".png"
PRODUCTS = {"products": ["id", "name"]}


def manifest(**changes: Any) -> bytes:
    whole = {
        "format": 1, "made_at": "2026-03-02T09:00:00Z", "revision": migrations.head_revision(), "tables": PRODUCTS,
        "settings": [], "bucket": False,
    }  # fmt: skip
    return json.dumps(whole | changes).encode()


def totals(**changes: Any) -> bytes:
    return json.dumps({"rows": {"products": 2}, "files": 0, "keys": {}} | changes).encode()


def archive(*parts: tuple[str, bytes]) -> io.BytesIO:
    file = io.BytesIO()
    out = SealedWriter(file, KEY)
    for name, content in parts:
        member = MemberWriter(out, name)
        member.write(content)
        member.close()
    out.finish()
    file.seek(0)
    return file


def verify(file: io.BytesIO) -> restoring.Contents:
    return restoring.verify(file, KEY, Keyring.parse(Keyring.new_key_text()))


ROWS = (TABLE + "products", b"1\tOne\n2\tTwo\\nlines\n")


def test_what_nexus_writes_is_taken() -> None:
    assert verify(archive((MANIFEST, manifest()), ROWS, (TOTALS, totals()))).totals.rows == {"products": 2}


def malformed() -> Iterator[tuple[tuple[str, bytes], ...]]:
    first, last = (MANIFEST, manifest()), (TOTALS, totals())
    yield ()
    yield (first,)
    yield (first, last)
    yield (ROWS, first, last)
    yield (first, ROWS, last, ROWS)
    yield (first, ROWS, ROWS, last)
    yield (first, first, ROWS, last)
    yield (first, (TABLE + "products", b"1\tOne\n"), last)
    yield (first, ROWS, (TABLE + "pg_authid", b""), last)
    yield (first, ROWS, (MEDIA + "../../.ssh/authorized_keys", b""), last)
    yield (first, ROWS, (FILE, b""), last)
    for wrong in (b"", b"[]", b"{", b"[" * 100_000, b"\xff", manifest(tables=[]), manifest(format="new")):
        yield ((MANIFEST, wrong), ROWS, last)
    for wrong in (b"null", totals(rows={"products": -2}), totals(rows={}), totals(keys={"one": "x"})):
        yield (first, ROWS, (TOTALS, wrong))


@pytest.mark.parametrize("parts", list(malformed()))
def test_what_it_does_not_write_is_refused(parts: tuple[tuple[str, bytes], ...]) -> None:
    with pytest.raises(InvalidInput):
        verify(archive(*parts))


def test_a_newer_one_is_named_as_such() -> None:
    for newer in ({"format": 2}, {"revision": "20990101_0000"}):
        with pytest.raises(InvalidInput, match="newer NEXUS"):
            verify(archive((MANIFEST, manifest(**newer)), ROWS, (TOTALS, totals())))


@pytest.mark.parametrize("name", [MANIFEST, TOTALS])
def test_a_description_without_an_end_is_not_read_whole(name: str) -> None:
    large = archive(*((MANIFEST, manifest()),) * (name == TOTALS), (name, b" " * 64 * 1024 * 1024))
    with pytest.raises(InvalidInput, match="larger than any"):
        verify(large)
    assert large.tell() < 6 * 1024 * 1024


def test_a_name_that_is_too_long_or_no_text_is_refused() -> None:
    for encoded in (b"m" * 256, b"\xff\xfe"):
        file = io.BytesIO()
        out = SealedWriter(file, KEY)
        out.write(struct.pack(">I", len(encoded)) + encoded)
        out.finish()
        file.seek(0)
        with pytest.raises(InvalidInput, match="laid out"):
            verify(file)
