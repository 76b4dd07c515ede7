"""Does a process grow? Its memory each ten seconds, and how steep the line through it is after the warm-up."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import psutil

_EVERY_SECONDS = 10.0
_WARM = 0.25  # of the samples: caches fill, modules load
_MB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """So much at a moment: seconds of a clock that only goes forward, megabytes of resident memory."""

    at: float
    mb: float


def slope(samples: Sequence[Sample], warm: float = _WARM) -> float | None:
    """Return megabytes an hour by least squares over what comes after the warm-up; None with fewer than three left."""
    kept = samples[int(len(samples) * warm) :]
    if len(kept) < 3:
        return None
    middle = sum(one.at for one in kept) / len(kept)
    level = sum(one.mb for one in kept) / len(kept)
    spread = sum((one.at - middle) ** 2 for one in kept)
    return 3600 * sum((one.at - middle) * (one.mb - level) for one in kept) / spread if spread else None


def shape(samples: Sequence[Sample], points: int = 7) -> list[float]:
    """Return the megabytes at so many moments from the first to the last, to see whether a rise comes to an end."""
    last = len(samples) - 1
    return [samples[round(last * step / (points - 1))].mb for step in range(points)]


@dataclass
class Sampler:
    """Looks at the processes until stopped."""

    processes: Mapping[str, int]  # name, process id
    samples: dict[str, list[Sample]] = field(default_factory=dict)

    async def run(self, stop: asyncio.Event) -> None:
        """Sample until ``stop``; a process that has ended is looked at no more."""
        while not stop.is_set():
            for name, pid in self.processes.items():
                if psutil.pid_exists(pid):
                    resident = psutil.Process(pid).memory_info().rss / _MB
                    self.samples.setdefault(name, []).append(Sample(time.monotonic(), resident))
            try:
                async with asyncio.timeout(_EVERY_SECONDS):
                    await stop.wait()
            except TimeoutError:
                continue
