"""How is an archive laid out inside? Members, each a name, pieces and a checksum, so that none needs a known size."""

import hashlib
import struct
from collections.abc import Iterator
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, ValidationError

from core.backup.sealing import SealedReader, SealedWriter
from core.errors import InvalidInput

_LENGTH = struct.Struct(">I")
_PIECE = 1024 * 1024  # bytes
_LONGEST_NAME = 255  # bytes
_LARGEST_DESCRIPTION = 4 * 1024 * 1024  # bytes of the members that are read whole; they have kilobytes
MANIFEST = "manifest"
TOTALS = "totals"
TABLE = "table/"
MEDIA = "media/"


_Form = TypeVar("_Form", bound=BaseModel)


class Manifest(BaseModel):
    """What a backup says first."""

    model_config = ConfigDict(frozen=True)
    format: int
    made_at: str
    revision: str
    tables: dict[str, list[str]]
    settings: list[str]
    bucket: bool


class Totals(BaseModel):
    """What a backup says last: how much there was, and which keys it needs by their fingerprints."""

    model_config = ConfigDict(frozen=True)
    rows: dict[str, NonNegativeInt]
    files: NonNegativeInt
    keys: dict[Annotated[str, Field(pattern=r"^[0-9]{1,10}$")], str]


class MemberWriter:
    """Writes one member: pieces as they come, then ``close``."""

    def __init__(self, out: SealedWriter, name: str) -> None:
        self._out = out
        self._digest = hashlib.sha256()
        encoded = name.encode()
        out.write(_LENGTH.pack(len(encoded)) + encoded)

    def write(self, data: bytes) -> None:
        """Add ``data``."""
        self._digest.update(data)
        for start in range(0, len(data), _PIECE):
            piece = data[start : start + _PIECE]
            self._out.write(_LENGTH.pack(len(piece)) + piece)

    def close(self) -> None:
        """End the member with the checksum of its content."""
        self._out.write(_LENGTH.pack(0) + self._digest.digest())


def members(archive: SealedReader) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Yield every member's name and pieces, which are to be read before the next. Raises ``InvalidInput``."""
    while not archive.at_end():
        yield _name(archive), _pieces(archive)


def described(pieces: Iterator[bytes], form: type[_Form]) -> _Form:
    """Read a member that describes the others. Raises ``InvalidInput`` when it is too large or says something else."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > _LARGEST_DESCRIPTION:
            raise InvalidInput("the description in the backup is larger than any that NEXUS writes")
    try:
        return form.model_validate_json(bytes(content))
    except ValidationError:
        raise InvalidInput("the backup is described in a way this NEXUS does not know") from None


def _name(archive: SealedReader) -> str:
    size = _size(archive)
    if size > _LONGEST_NAME:
        raise InvalidInput("the backup is laid out in a way this NEXUS does not know")
    try:
        return archive.read(size).decode()
    except UnicodeDecodeError:
        raise InvalidInput("the backup is laid out in a way this NEXUS does not know") from None


def _pieces(archive: SealedReader) -> Iterator[bytes]:
    digest = hashlib.sha256()
    while size := _size(archive):
        piece = archive.read(size)
        digest.update(piece)
        yield piece
    if archive.read(digest.digest_size) != digest.digest():
        raise InvalidInput("the checksum of a part of the backup is wrong")


def _size(archive: SealedReader) -> int:
    size: int = _LENGTH.unpack(archive.read(_LENGTH.size))[0]
    if size > _PIECE:
        raise InvalidInput("the backup is laid out in a way this NEXUS does not know")
    return size
