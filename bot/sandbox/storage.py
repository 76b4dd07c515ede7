"""How does the sandbox's memory survive a restart, even one by `kill -9`?"""

import fcntl
import json
from pathlib import Path
from typing import Any


class MemoryStorage:
    """Keeps nothing after the process ends; what most tests use."""

    def __init__(self) -> None:
        self._blobs: dict[str, bytes] = {}

    def load(self) -> dict[str, Any]:
        """Everything stored before, by key."""
        return {}

    def put(self, key: str, value: Any) -> None:
        """Remember `value` under `key`; `None` forgets it. Durable after the next `commit`."""

    def commit(self) -> None:
        """Make everything put since the last commit durable, all of it or nothing."""

    def write_blob(self, uid: str, data: bytes) -> None:
        """Store a file's bytes."""
        self._blobs[uid] = data

    def read_blob(self, uid: str) -> bytes:
        """A file's bytes. Raises `KeyError` when there is no such file."""
        return self._blobs[uid]

    def close(self) -> None:
        """Let go of the files."""


class FolderInUse(RuntimeError):
    """Two sandboxes would overwrite each other's chats in one folder."""


class DiskStorage(MemoryStorage):
    """A log of commits beside a folder of files.

    One commit is one line, written before the caller hears that the change happened; a line cut short by a crash is
    ignored on the next start, so a commit is there whole or not at all. The log is folded into one line per start.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._files = folder / "files"
        self._files.mkdir(parents=True, exist_ok=True)
        self._lock = (folder / "lock").open("ab")
        try:
            # The system takes the lock back however the process ends.
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._lock.close()
            raise FolderInUse(f"another sandbox is running in {folder}") from error
        self._path = folder / "state.jsonl"
        self._batch: list[tuple[str, Any]] = []
        self._records = self._replay()
        self._fold()
        self._log = self._path.open("ab", buffering=0)

    def load(self) -> dict[str, Any]:
        """Everything stored before, by key."""
        return json.loads(json.dumps(self._records)) if self._records else {}

    def put(self, key: str, value: Any) -> None:
        """Remember `value` under `key` with the next commit; `None` forgets it."""
        self._batch.append((key, value))

    def commit(self) -> None:
        """Append one line with everything put since the last commit."""
        if not self._batch:
            return
        line = json.dumps(self._batch, separators=(",", ":")).encode() + b"\n"
        self._batch = []
        self._log.write(line)

    def write_blob(self, uid: str, data: bytes) -> None:
        """Store a file's bytes so that a crash leaves either the whole file or none."""
        target = self._files / uid
        unfinished = target.with_suffix(".part")
        unfinished.write_bytes(data)
        unfinished.replace(target)

    def read_blob(self, uid: str) -> bytes:
        """A file's bytes. Raises `KeyError` when there is no such file."""
        try:
            return (self._files / uid).read_bytes()
        except FileNotFoundError as error:
            raise KeyError(uid) from error

    def close(self) -> None:
        """Close the log."""
        self.commit()
        self._log.close()
        self._lock.close()

    def _replay(self) -> dict[str, Any]:
        records: dict[str, Any] = {}
        if not self._path.exists():
            return records
        for line in self._path.read_bytes().split(b"\n"):
            try:
                batch = json.loads(line) if line else []
            except ValueError:
                continue  # the line a crash cut short: its commit never happened
            for key, value in batch:
                if value is None:
                    records.pop(key, None)
                else:
                    records[key] = value
        return records

    def _fold(self) -> None:
        unfinished = self._path.with_suffix(".part")
        line = json.dumps(list(self._records.items()), separators=(",", ":")).encode() + b"\n"
        unfinished.write_bytes(line if self._records else b"")
        unfinished.replace(self._path)
