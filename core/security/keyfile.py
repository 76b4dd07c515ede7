"""How do running processes learn of new keys? The file they are kept in is looked at before every use.

A key must be known everywhere before anything is sealed with it, or a post could not be sent. With the file it is: whoever
seals or opens looks first whether the file has changed, which costs a microsecond.
"""

from pathlib import Path

import structlog

from core.errors import ConfigError
from core.security.keyring import Keyring

log = structlog.get_logger(__name__)


class KeyFile(Keyring):
    """The keys of a file, as it is now. A file that has become unreadable leaves the keys as they were."""

    def __init__(self, path: Path) -> None:
        """Raises ``ConfigError`` when the file holds no keys, ``OSError`` when it cannot be read."""
        self._path = path
        self._seen = _mark(path)
        self._take(Keyring.parse(path.read_text(encoding="ascii")))

    @property
    def ids(self) -> tuple[int, ...]:
        self._look()
        return super().ids

    def seal(self, plaintext: bytes, *context: str) -> str:
        self._look()
        return super().seal(plaintext, *context)

    def open(self, sealed: str, *context: str) -> bytes:
        self._look()
        return super().open(sealed, *context)

    def sign(self, *message: str) -> str:
        self._look()
        return super().sign(*message)

    def signed(self, signature: str, *message: str) -> bool:
        self._look()
        return super().signed(signature, *message)

    def _look(self) -> None:
        try:
            mark = _mark(self._path)
            if mark == self._seen:
                return
            self._take(Keyring.parse(self._path.read_text(encoding="ascii")))
        except (OSError, UnicodeDecodeError, ConfigError) as error:
            log.error(
                "key_file_unreadable", reason=type(error).__name__, action="going on with the keys known"
            )
            return
        self._seen = mark
        log.info("keys_read_again", keys=list(self.ids), primary=self.primary)

    def _take(self, other: Keyring) -> None:
        self.__dict__.update(vars(other))


def _mark(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_mtime_ns, found.st_ino, found.st_size
