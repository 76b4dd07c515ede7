"""How is an archive laid out inside? Members, each a name, pieces and a checksum, so that none needs a known size."""

import hashlib
import struct
from collections.abc import Iterator

from core.backup.sealing import SealedReader, SealedWriter
from core.errors import InvalidInput

_LENGTH = struct.Struct(">I")
_PIECE = 1024 * 1024  # bytes
MANIFEST = "manifest"
TOTALS = "totals"
TABLE = "table/"
MEDIA = "media/"


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
        yield archive.read(_size(archive)).decode(), _pieces(archive)


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
