"""How does a test start what docker-compose.yml starts, without Docker? Same commands, same settings, a process for each container."""

import asyncio
import re
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.e2e.processes import ROOT, Running, free_port, running

_START_SECONDS = 90.0
_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}")
# What Compose calls by a container's name is elsewhere when there are no containers.
_ELSEWHERE = ("DATABASE_URL", "REDIS_URL", "METRICS_HOST")


@dataclass
class Container:
    """A process that stands for a container, and can be started again after its death."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    check: Sequence[str] | None
    log: Path
    process: Running = field(init=False)

    async def start(self, stack: AsyncExitStack) -> None:
        """Start it; ``stack`` stops it."""
        self.process = await stack.enter_async_context(running(self.command, log=self.log, env=self.env))

    async def kill(self) -> None:
        """End it as a power cut would."""
        await self.process.stop(signal.SIGKILL)

    async def healthy(self) -> None:
        """Ask as Compose asks, with the service's own health check, until it passes."""
        assert self.check is not None, f"{self.name} has no health check"
        async with asyncio.timeout(_START_SECONDS):
            while not await self._passes(self.check):
                assert self.process.process.returncode is None, self.process.tail()
                await asyncio.sleep(0.5)

    async def _passes(self, check: Sequence[str]) -> bool:
        probe = await asyncio.create_subprocess_exec(
            *check, env=dict(self.env), stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        return await probe.wait() == 0


def composed(
    services: Mapping[str, int], *, env: Mapping[str, str], elsewhere: Mapping[str, str], logs: Path
) -> dict[str, Container]:
    """Return the containers of ``services`` with that many replicas each, named ``worker-1``, ``worker-2``, …

    ``env`` is what would stand in .env, ``elsewhere`` what has another address without containers.
    """
    document = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    made = {}
    for name, replicas in services.items():
        service = document["services"][name]
        given = {key: _filled(str(value), env) for key, value in service["environment"].items()}
        assert set(_ELSEWHERE) <= set(given), f"{name}: {given}"
        for number in range(1, replicas + 1):
            one = f"{name}-{number}" if replicas > 1 else name
            own = {"METRICS_PORT": str(free_port())} | {key: elsewhere[key] for key in _ELSEWHERE}
            own |= {key: value for key, value in elsewhere.items() if key.startswith("NEXUS_")}
            made[one] = Container(
                one, ["-m", "bot", *service["command"]], given | own, _check(service), logs / f"{one}.log"
            )
    return made


def _filled(value: str, env: Mapping[str, str]) -> str:
    """Put ``env`` in the place of ${NAME}, ${NAME:-default} and ${NAME:?why}."""

    def fill(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        assert env.get(name) or kind != "?", f"{name}: {rest}"
        return env.get(name) or (rest if kind == "-" else "")

    return _VARIABLE.sub(fill, value)


def _check(service: Mapping[str, Any]) -> list[str] | None:
    test = service.get("healthcheck", {}).get("test")
    if test is None:
        return None
    kind, program, *rest = test
    assert (kind, program) == ("CMD", "python")
    return [sys.executable, *rest]
