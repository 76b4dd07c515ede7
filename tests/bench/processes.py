"""How long does each kind of process take to be there, and how much memory does it hold then?"""

import os
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil

from bot.sandbox import Sandbox, SandboxServer
from core.security.keyring import Keyring
from tests.bench.stand import Stand
from tests.e2e.processes import free_port, running, wait_until_answers

KINDS = ("receiver", "worker", "scheduler", "bot", "run")
_TOKEN = "900005:bench-control-token"
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Started:
    """Seconds to the first answer of /healthz; megabytes resident, and of them its own share of shared pages."""

    kind: str
    seconds: float
    rss: float
    pss: float | None  # where the system tells it


async def measure(stand: Stand, kinds: Sequence[str] = KINDS) -> list[Started]:
    """Start each kind by itself, one after another, on one migrated database."""
    async with AsyncExitStack() as stack:
        url = await stack.enter_async_context(stand.database("processes"))
        sandbox = Sandbox(_TOKEN)
        stack.callback(sandbox.close)
        telegram = await stack.enter_async_context(SandboxServer(sandbox))
        env = {
            "DATABASE_URL": url.replace("+asyncpg", ""), "REDIS_URL": stand.redis.url,
            "NEXUS_HOME": str(stand.folder / "processes"), "NEXUS_SECRET_KEYS": Keyring.new_key_text(),
            "TELEGRAM_API_BASE": telegram.url, "TELEGRAM_BOT_TOKEN": _TOKEN,
            "TELEGRAM_OWNER_IDS": str(sandbox.owner.id), "LOG_FORMAT": "json",
        }  # fmt: skip
        return [await _one(kind, env, stand.folder / f"{kind}.log") for kind in kinds]


async def _one(kind: str, env: dict[str, str], log: Path) -> Started:
    port = free_port()
    ports = {"METRICS_PORT": str(port), "NEXUS_PORT": str(free_port())}
    began = time.monotonic()
    async with running(["-m", "bot", kind], log=log, env=env | ports) as started:
        await wait_until_answers(f"http://127.0.0.1:{port}/healthz", started)
        seconds = time.monotonic() - began
        memory = psutil.Process(started.process.pid).memory_full_info()
    pss = getattr(memory, "pss", None)
    return Started(kind, seconds, memory.rss / _MB, None if pss is None else pss / _MB)


def section(found: list[Started]) -> str:
    """Return the part of the page about them."""
    lines = [
        "", "## Start-up and memory", "",
        f"Each kind of process by itself on {os.cpu_count()} processors, from its start to the first answer of `/healthz`; memory at that moment.", "",
        "| process | seconds | RSS, MB | PSS, MB |", "|---|---|---|---|",
    ]  # fmt: skip
    for one in found:
        pss = "–" if one.pss is None else f"{one.pss:.0f}"
        lines.append(f"| `nexus {one.kind}` | {one.seconds:.1f} | {one.rss:.0f} | {pss} |")
    return "\n".join(lines) + "\n"
