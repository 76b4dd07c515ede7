"""Who sends the events that are measured? A process that writes ready-made requests and does little else."""

import asyncio
import math
import socket
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context

_WARM = 50  # requests before the clock runs


@dataclass(frozen=True, slots=True)
class Load:
    """What is sent where."""

    port: int
    path: str
    connections: int
    requests: list[bytes]


@dataclass(frozen=True, slots=True)
class Timed:
    """Requests a second, and milliseconds until half of them and 99 of 100 were answered."""

    rate: float
    p50: float
    p99: float


class _Connection(asyncio.Protocol):
    """Sends the next request when the one before has been answered."""

    def __init__(self, waiting: list[bytes], done: asyncio.Future[None], took: list[float]) -> None:
        self._waiting, self._done, self._took = waiting, done, took
        self._buffer = b""
        self._began = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._next()

    def _next(self) -> None:
        if not self._waiting:
            self._transport.close()
            return
        self._buffer = b""
        self._began = time.perf_counter()
        self._transport.write(self._waiting.pop())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return
        length = int(head.lower().partition(b"content-length:")[2].split()[0])
        if len(body) < length:
            return
        self._took.append(time.perf_counter() - self._began)
        if not head.startswith(b"HTTP/1.1 202"):
            self._done.set_exception(AssertionError(self._buffer.decode()))
            self._transport.abort()
            return
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self._done.done():
            self._done.set_result(None)


def in_a_process(load: Load) -> Timed:
    """Send everything from a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(send, load).result()


def send(load: Load) -> Timed:
    """Send everything from here."""
    return asyncio.run(_send(load))


async def _send(load: Load) -> Timed:
    waiting = list(load.requests)
    warm, waiting = waiting[: min(_WARM, len(waiting) // 2)], waiting[min(_WARM, len(waiting) // 2) :]
    await _all(load, warm, [])
    count = len(waiting)
    took: list[float] = []
    began = time.perf_counter()
    await _all(load, waiting, took)
    seconds = time.perf_counter() - began
    took.sort()
    assert len(took) == count
    return Timed(count / seconds, 1000 * took[count // 2], 1000 * took[math.ceil(count * 0.99) - 1])


async def _all(load: Load, waiting: list[bytes], took: list[float]) -> None:
    loop = asyncio.get_running_loop()
    ends = []
    for _ in range(load.connections):
        done = loop.create_future()
        ends.append(done)
        await loop.create_connection(partial(_Connection, waiting, done, took), "127.0.0.1", load.port)
    await asyncio.gather(*ends)


def wait_until_open(port: int, alive: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait until somebody listens there."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and alive():
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on port {port}")
