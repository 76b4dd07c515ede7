"""Is every way in which a call can fail told apart, without a secret in what is said?"""

import asyncio
import gzip
import socket
import traceback
import tracemalloc
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from core.clock import ManualClock
from core.errors import OutcomeUnknown, PlatformError, RateLimited, Rejected, Transient
from core.platforms import http as client
from core.platforms.http import Answer, Request

SECRET = "123456:SECRET-token"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Behave = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


class Peer:
    """A bare TCP server: every connection and every request line is counted, then ``behave`` does what it likes."""

    def __init__(self, behave: Behave) -> None:
        self._behave = behave
        self.connections = 0
        self.requests: list[str] = []
        self.port = 0
        self._released = asyncio.Event()

    @asynccontextmanager
    async def serving(self) -> AsyncGenerator["Peer"]:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            self._released.set()
            server.close()
            await server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.requests.append(head.split(b"\r\n")[0].decode())
                for line in head.lower().split(b"\r\n"):
                    if line.startswith(b"content-length:"):
                        await reader.readexactly(int(line.partition(b":")[2]))
                await self._behave(reader, writer)
                if writer.is_closing():
                    return
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/bot{SECRET}/send"

    async def hang(self, _reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await self._released.wait()


def says(status: str, body: bytes = b"{}", headers: str = "", *, missing: int = 0) -> Behave:
    async def behave(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(
            f"HTTP/1.1 {status}\r\nContent-Length: {len(body) + missing}\r\n{headers}\r\n".encode() + body
        )
        await writer.drain()
        if missing:
            writer.close()

    return behave


async def cut(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def babble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH_9.6\r\n\r\n")
    await writer.drain()
    writer.close()


@pytest.fixture
async def http() -> AsyncGenerator[aiohttp.ClientSession]:
    timeout = aiohttp.ClientTimeout(total=5, connect=2, sock_read=0.3)
    async with aiohttp.ClientSession(timeout=timeout) as session:
        yield session


def call(url: str, *, publishes: bool = True, **fields: Any) -> Request:
    fields = {"method": "POST", "json": {"text": "hello"}, "secrets": (SECRET,), **fields}
    return Request("Telegram", url=url, publishes=publishes, clock=ManualClock(NOW), **fields)


async def failure(http: aiohttp.ClientSession, request: Request) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        await client.request(http, request)
    error = caught.value
    told = "".join(traceback.format_exception(error)) + repr(error) + repr(error.params) + repr(request)
    assert "SECRET" not in told
    assert error.__context__ is None
    return error


AFTER_SENDING: list[tuple[Behave, str]] = [
    (cut, "cut"),
    (babble, "unreadable"),
    (says("200 OK", b'{"ok": tr'), "unreadable"),
    (says("200 OK", b'{"ok": true}', missing=10), "cut"),
    (says("200 OK", b"[" * 200_000), "unreadable"),
    (says("500 Internal Server Error", b'{"ok":false}'), "http-500"),
    (says("502 Bad Gateway", b"<html>"), "http-502"),
    (says("200 OK", b'"' + b"x" * 3000 + b'"'), "too-large"),
]


@pytest.mark.parametrize(("behave", "error_code"), AFTER_SENDING)
@pytest.mark.parametrize("publishes", [True, False])
async def test_left_without_a_usable_answer(
    http: aiohttp.ClientSession, behave: Behave, error_code: str, publishes: bool
) -> None:
    limit = 2000 if error_code == "too-large" else client.MAX_ANSWER_BYTES
    async with Peer(behave).serving() as peer:
        error = await failure(http, call(peer.url(), publishes=publishes, max_answer_bytes=limit))
        assert type(error) is (OutcomeUnknown if publishes else Transient)
        assert error.error_code == error_code
        assert len(peer.requests) == 1


@pytest.mark.parametrize("publishes", [True, False])
async def test_time_out_after_sending(http: aiohttp.ClientSession, publishes: bool) -> None:
    peer = Peer(cut)
    peer._behave = peer.hang
    async with peer.serving():
        error = await failure(http, call(peer.url(), publishes=publishes))
        assert type(error) is (OutcomeUnknown if publishes else Transient)
        assert error.error_code == "timeout"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize(
    ("url", "error_code"),
    [
        (f"http://127.0.0.1:{free_port()}/bot{SECRET}/send", "refused"),
        (f"http://no-such-host.invalid/bot{SECRET}/send", "dns"),
    ],
    ids=["refused", "dns"],
)
async def test_never_left(http: aiohttp.ClientSession, url: str, error_code: str) -> None:
    error = await failure(http, call(url))
    assert type(error) is Transient
    assert error.error_code == error_code


async def test_no_secure_connection_means_never_left(http: aiohttp.ClientSession) -> None:
    async with Peer(cut).serving() as peer:
        error = await failure(http, call(peer.url().replace("http:", "https:")))
        assert type(error) is Transient
        assert peer.requests == []


async def test_a_server_that_never_finishes_the_handshake(http: aiohttp.ClientSession) -> None:
    peer = Peer(cut)
    async with peer.serving():
        quick = aiohttp.ClientTimeout(total=0.3)
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen(1)
            url = f"https://127.0.0.1:{silent.getsockname()[1]}/bot{SECRET}/send"
            error = await failure(http, call(url, timeout=quick))
    assert type(error) is Transient


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
async def test_a_publishing_call_is_made_once_on_a_connection_of_its_own(
    http: aiohttp.ClientSession, method: str
) -> None:
    async with Peer(says("200 OK")).serving() as peer:
        for _ in range(2):
            await client.request(http, call(peer.url(), publishes=False))
        assert peer.connections == 1  # the control: this server and this session do keep connections
        for _ in range(2):
            await client.request(http, call(peer.url(), method=method))
        assert peer.connections == 3
        peer._behave = cut
        before = len(peer.requests)
        assert type(await failure(http, call(peer.url(), method=method))) is OutcomeUnknown
        assert len(peer.requests) == before + 1


async def test_aiohttp_itself_would_repeat(http: aiohttp.ClientSession) -> None:
    """The trap the client defends against is still there; when this fails, the defence may go."""
    async with Peer(cut).serving() as peer:
        with pytest.raises(aiohttp.ClientError):
            await http.put(peer.url(), json={})
        assert len(peer.requests) == 2


async def test_redirects_are_not_followed(http: aiohttp.ClientSession) -> None:
    async with Peer(says("307 Temporary Redirect", headers="Location: /elsewhere\r\n")).serving() as peer:
        error = await failure(http, call(peer.url()))
        assert type(error) is Rejected
        assert len(peer.requests) == 1


@pytest.mark.parametrize("url", ["", "nonsense", "ftp://x.y/", "http://", "http://[::bad/"])
async def test_an_address_that_is_none(http: aiohttp.ClientSession, url: str) -> None:
    assert (await failure(http, call(url))).error_code == "bad-address"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("Retry-After: 7\r\n", 7),
        ("Retry-After: 1.5\r\n", 1.5),
        ("Retry-After: Mon, 02 Mar 2026 09:01:00 GMT\r\n", 60),
        ("Retry-After: Sun, 01 Mar 2026 09:01:00 GMT\r\n", 1),
        ("Retry-After: 4294967295\r\n", 86_400),
        ("Retry-After: soon\r\n", 30),
        ("Retry-After: nan\r\n", 30),
        ("", 30),
    ],
)
async def test_rate_limit_becomes_a_moment(http: aiohttp.ClientSession, header: str, seconds: float) -> None:
    async with Peer(says("429 Too Many Requests", headers=header)).serving() as peer:
        error = await failure(http, call(peer.url()))
        assert isinstance(error, RateLimited)
        assert error.retry_at == NOW + timedelta(seconds=seconds)


async def test_seconds_in_the_body_win(http: aiohttp.ClientSession) -> None:
    def in_body(answer: Answer) -> float:
        return float(answer.data["wait"])

    body = says("429 Too Many Requests", b'{"wait": 12}', "Retry-After: 99\r\n")
    async with Peer(body).serving() as peer:
        error = await failure(http, call(peer.url(), retry_after=in_body))
        assert isinstance(error, RateLimited)
        assert error.retry_at == NOW + timedelta(seconds=12)


async def test_a_promise_that_nothing_was_done(http: aiohttp.ClientSession) -> None:
    async with Peer(says("503 Service Unavailable")).serving() as peer:
        assert type(await failure(http, call(peer.url(), nothing_done=frozenset({503})))) is Transient


async def test_answers_are_handed_over(http: aiohttp.ClientSession) -> None:
    async with Peer(says("400 Bad Request", b'{"ok": false}', "X-Id: 5\r\n")).serving() as peer:
        answer = await client.request(http, call(peer.url()))
        assert (answer.status, answer.data, answer.headers["x-id"]) == (400, {"ok": False}, "5")
    async with Peer(says("204 No Content", b"")).serving() as peer:
        assert (await client.request(http, call(peer.url()))).data is None


async def test_cancelling_is_not_swallowed(http: aiohttp.ClientSession) -> None:
    peer = Peer(cut)
    peer._behave = peer.hang
    async with peer.serving():
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await client.request(http, call(peer.url()))


def test_redact() -> None:
    assert client.redact(f"at /bot{SECRET}/send", [SECRET]) == "at /bot•••/send"
    assert client.redact("token 987654321:AAE-x_y1") == "token •••"
    assert client.redact("nothing at 12:30", [""]) == "nothing at 12:30"


async def test_an_answer_that_unpacks_without_end_is_not_held(http: aiohttp.ClientSession) -> None:
    packed = gzip.compress(b"[" + b"0," * (32 * 1024 * 1024) + b"0]")
    headers = f"Content-Encoding: gzip\r\nContent-Type: application/json\r\nContent-Length: {len(packed)}\r\n"

    async def bomb(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(f"HTTP/1.1 200 OK\r\n{headers}\r\n".encode() + packed)
        await writer.drain()

    async with Peer(bomb).serving() as peer:
        tracemalloc.start()
        try:
            with pytest.raises(OutcomeUnknown) as caught:
                await client.request(http, call(peer.url()))
            _, most = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert caught.value.error_code == "too-large"
    assert most < 4 * client.MAX_ANSWER_BYTES


@pytest.mark.parametrize(
    "body",
    [
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b"[" * 50_000,
        b"1" * 5_000,
        b"1" * 400,
        b"\xff\xfe",
    ],
)
async def test_what_json_does_not_have_is_no_answer(http: aiohttp.ClientSession, body: bytes) -> None:
    async with Peer(says("200 OK", body)).serving() as peer:
        with pytest.raises(OutcomeUnknown) as caught:
            await client.request(http, call(peer.url()))
    assert caught.value.error_code == "unreadable"


@pytest.mark.parametrize("value", ["x\r\nX-Evil: 1", "x\nGET / HTTP/1.1", "x\0"])
async def test_no_header_is_smuggled_in(http: aiohttp.ClientSession, value: str) -> None:
    async with Peer(says("200 OK")).serving() as peer:
        with pytest.raises(Rejected) as caught:
            await client.request(http, replace(call(peer.url()), headers={"Authorization": value}))
        assert peer.requests == []
    assert caught.value.error_code == "bad-header"
    assert "Evil" not in str(caught.value)
