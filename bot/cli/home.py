"""What does NEXUS keep in its home folder, and who may use it at once? Locks, keys, the embedded database's place."""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from core.config import Settings
from core.errors import ConfigError
from core.security.keyfile import KeyFile
from core.security.keyring import Keyring

_KEYS_FILE = "secret_keys"


def prepare_home(settings: Settings) -> Path:
    """Make the home folder, readable by its owner alone, and return its absolute path. Raises ``ConfigError``."""
    home = settings.nexus_home.expanduser().resolve()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=home):
            return home
    except OSError as error:
        raise ConfigError(f"NEXUS_HOME: {home} cannot be used as a folder ({error.strerror})") from None


@contextmanager
def only_one_here(home: Path) -> Generator[None]:
    """Hold ``home`` alone. The kernel frees the lock with its process, so a killed one leaves nothing behind.

    Raises ``ConfigError`` when another process has it.
    """
    with (home / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            raise ConfigError(
                f"NEXUS_HOME: another NEXUS{f' (process {holder})' if holder else ''} is running in {home}; "
                "stop it, or give this one a home of its own"
            ) from None
        file.truncate(0)
        file.write(f"{os.getpid()}\n")
        file.flush()
        yield


def load_keyring(settings: Settings, home: Path, *, may_create: bool) -> Keyring:
    """Return the keys: from NEXUS_SECRET_KEYS, else from the home folder, where they are created once.

    Raises ``ConfigError`` when there are none and none may be created: a database elsewhere outlives this machine,
    and keys that only exist here would be lost with it.
    """
    if settings.nexus_secret_keys is not None:
        return Keyring.parse(settings.nexus_secret_keys.get_secret_value())
    path = home / _KEYS_FILE
    if not path.exists():
        if not may_create and settings.database_url is None:
            raise ConfigError(f"NEXUS_SECRET_KEYS: not set, and there is no key file {path}")
        if not may_create:
            raise ConfigError(
                "NEXUS_SECRET_KEYS: not set, and with DATABASE_URL set NEXUS does not make keys by itself, because the "
                "database outlives this folder. Make one with\n"
                "  python3 -c \"import base64, os; print('NEXUS_SECRET_KEYS=1:' + base64.b64encode(os.urandom(32)).decode())\"\n"
                "put the line into .env, and keep a copy: without it stored credentials cannot be opened."
            )
        _write_once(path, Keyring.new_key_text() + "\n")
    try:
        return KeyFile(path)
    except (OSError, UnicodeDecodeError):
        raise ConfigError(f"NEXUS_SECRET_KEYS: the key file {path} cannot be read") from None
    except ConfigError as error:
        raise ConfigError(f"{error} (read from {path})") from None


def keys_file(settings: Settings, home: Path) -> Path | None:
    """Return where the keys are kept when they are in the home folder."""
    path = home / _KEYS_FILE
    return path if settings.nexus_secret_keys is None and path.exists() else None


def keys_fingerprint(path: Path) -> str:
    """Return a short name for the keys in ``path``, so that the owner is told about each set once."""
    return hashlib.sha256(b"nexus/keys-told\0" + path.read_bytes()).hexdigest()[:16]


def _write_once(path: Path, text: str) -> None:
    """Put ``text`` at ``path`` whole or not at all, for this user only; a file that came first stays."""
    descriptor, aside = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 0600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(aside, path)  # unlike a rename it never replaces keys that are in use
        except FileExistsError:
            return
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    finally:
        Path(aside).unlink()
