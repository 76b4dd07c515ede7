"""How is an archive sealed? AES-256-GCM in chunks (the STREAM construction), so that any size needs little memory.

Header: magic, 16 bytes of salt, 7 bytes of nonce. Each chunk of 64 KiB has the nonce ``prefix | counter u32 | last``:
a chunk that was altered, moved, left out or added does not open, and neither does an archive without its last chunk.
The key comes from the passphrase by scrypt.
"""

import os
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from core.errors import InvalidInput

_MAGIC = b"NEXUSBK1"
_SALT = 16  # bytes
_PREFIX = 7  # bytes of the nonce that are this archive's
_CHUNK = 64 * 1024  # bytes in the clear
_TAG = 16  # bytes
_LARGEST = 2**32 - 1  # chunks: 256 TiB


class SealedWriter:
    """Seals what is written to it into ``file``; without ``finish`` the archive does not open."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        salt, self._prefix = os.urandom(_SALT), os.urandom(_PREFIX)
        self._header = _MAGIC + salt + self._prefix
        self._cipher = _cipher(passphrase, salt)
        self._file = file
        self._pending = bytearray()
        self._number = 0
        file.write(self._header)

    def write(self, data: bytes) -> None:
        """Seal ``data``; the last chunk is held back until more comes or the archive ends."""
        self._pending += data
        while len(self._pending) > _CHUNK:
            self._seal(bytes(self._pending[:_CHUNK]), last=False)
            del self._pending[:_CHUNK]

    def finish(self) -> None:
        """Write the chunk that says that nothing follows."""
        self._seal(bytes(self._pending), last=True)
        self._pending.clear()

    def _seal(self, data: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last=last)
        self._file.write(self._cipher.encrypt(nonce, data, self._header))
        self._number += 1


class SealedReader:
    """Opens what ``SealedWriter`` made. Raises ``InvalidInput`` for anything else, and for a wrong passphrase."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        self._header = file.read(len(_MAGIC) + _SALT + _PREFIX)
        if len(self._header) != len(_MAGIC) + _SALT + _PREFIX or not self._header.startswith(_MAGIC):
            raise InvalidInput("this is not a backup of NEXUS, or it was cut off at its beginning")
        self._prefix = self._header[-_PREFIX:]
        self._cipher = _cipher(passphrase, self._header[len(_MAGIC) : -_PREFIX])
        self._file = file
        self._next = file.read(_CHUNK + _TAG)
        self._clear = b""
        self._number = 0
        self._ended = False

    def read(self, size: int) -> bytes:
        """Return exactly ``size`` bytes. Raises ``InvalidInput`` when there are not so many."""
        parts: list[bytes] = []
        while size:
            if not self._clear:
                if self._ended:
                    raise InvalidInput("the backup ends too early")
                self._open()
                continue
            part, self._clear = self._clear[:size], self._clear[size:]
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def at_end(self) -> bool:
        """Tell whether everything was read, the last chunk included."""
        while not self._clear and not self._ended:
            self._open()
        return self._ended and not self._clear

    def _open(self) -> None:
        sealed, self._next = self._next, self._file.read(_CHUNK + _TAG)
        last = not self._next
        try:
            self._clear = self._cipher.decrypt(
                _nonce(self._prefix, self._number, last=last), sealed, self._header
            )
        except (InvalidTag, ValueError):
            raise InvalidInput(
                "the backup cannot be opened: BACKUP_KEY is another one"
                if self._number == 0
                else "the backup was cut off or altered after it was made",
                chunk=self._number,
            ) from None
        self._number += 1
        self._ended = last


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    if number > _LARGEST:
        raise InvalidInput("this is more than one backup can hold")
    return prefix + struct.pack(">IB", number, int(last))
