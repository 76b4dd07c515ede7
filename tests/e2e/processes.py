"""How does a test run a real NEXUS beside itself, and read what it said when something goes wrong?"""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import aiohttp

ROOT = Path(__file__).resolve().parents[2]
_START_SECONDS = 60.0
_STOP_SECONDS = 20.0


def free_port() -> int:
    """Return a port that was free a moment ago on the loopback address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Running:
    """A subprocess whose output goes to a file."""

    process: asyncio.subprocess.Process
    log: Path

    def tail(self, lines: int = 40) -> str:
        """Return the last lines it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])

    async def stop(self, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Send the signal and return the exit code; SIGKILL when it does not leave in time."""
        if self.process.returncode is None:
            with suppress(ProcessLookupError):
                self.process.send_signal(with_signal)
            try:
                await asyncio.wait_for(self.process.wait(), _STOP_SECONDS)
            except TimeoutError:
                with suppress(ProcessLookupError):  # it has left at the last moment
                    self.process.kill()
                await self.process.wait()
        code = self.process.returncode
        return -1 if code is None else code


@asynccontextmanager
async def running(
    arguments: Sequence[str], *, log: Path, env: Mapping[str, str] | None = None, folder: Path | None = None
) -> AsyncGenerator[Running]:
    """Run ``python <arguments>`` with a clean environment; it is stopped on leaving."""
    inherited = {
        name: value
        for name, value in os.environ.items()
        if name in {"PATH", "HOME", "LANG", "TMPDIR", "XDG_RUNTIME_DIR"}
    }
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *arguments,
            cwd=folder or ROOT,
            env=inherited | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | dict(env or {}),
            stdout=output,
            stderr=output,
        )
    started = Running(process, log)
    try:
        yield started
    finally:
        await started.stop()
        _check_for_secrets(started, env or {})


def _check_for_secrets(started: Running, env: Mapping[str, str]) -> None:
    """Raise when a secret of its environment stands in what the process wrote."""
    written = started.log.read_text(errors="replace")
    for name, value in env.items():
        if name.endswith(("_TOKEN", "_KEY", "_KEYS", "_SECRET", "_PASSWORD")):
            secret = value.partition(":")[2] or value
            assert len(secret) < 8 or secret not in written, f"{name} stands in {started.log.name}"


async def wait_until_answers(url: str, started: Running, seconds: float = _START_SECONDS) -> None:
    """Wait for ``url`` to answer 200. Raises with the process's output when it dies or stays silent."""
    deadline = asyncio.get_running_loop().time() + seconds
    async with aiohttp.ClientSession() as http:
        while asyncio.get_running_loop().time() < deadline:
            if started.process.returncode is not None:
                raise AssertionError(f"exited with {started.process.returncode}:\n{started.tail()}")
            with suppress(aiohttp.ClientError):
                async with http.get(url) as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.1)
    raise AssertionError(f"{url} did not answer in {seconds:.0f} s:\n{started.tail()}")
