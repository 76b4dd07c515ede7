"""Is what is no HTTP answered in the JSON form, closed, and neither repeated nor logged?"""

import asyncio
import json
from urllib.parse import urlsplit

import pytest
from aiohttp import web

from tests.e2e.processes import free_port
from workers.receiver.serving import LONGEST_FIELD, Runner

SECRET = b"secret-in-the-wrong-place"


async def raw(address: str, sent: bytes) -> tuple[bytes, dict[str, str], bytes]:
    """Send bytes as they are; return the status line, the headers, and the body, read until the server closes."""
    parts = urlsplit(address)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    writer.write(sent)
    await writer.drain()
    async with asyncio.timeout(10):
        answer = await reader.read()
    writer.close()
    head, _, body = answer.partition(b"\r\n\r\n")
    status, *lines = head.decode().split("\r\n")
    return status.encode(), {k.lower(): v for k, _, v in (line.partition(": ") for line in lines)}, body


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (SECRET + b"\r\n\r\n", "bad-request"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + SECRET + b"\r\n\r\n", "bad-request"),  # TLS on a plain port
        (b"GET /healthz HTTP/1.1\r\nHost: a\r\nBad Header " + SECRET + b"\r\n\r\n", "bad-request"),
        (b"POST /api/events/a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", "bad-request"),
        (b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + SECRET * (LONGEST_FIELD // 8) + b"\r\n\r\n", "header-too-long"),
    ],
    ids=["words", "tls", "header", "two lengths", "long"],
)  # fmt: skip
async def test_what_is_no_http_is_answered_in_the_json_form(
    address: str, sent: bytes, code: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    status, headers, body = await raw(address, sent)
    assert status.split()[1] == b"400"
    assert headers["content-type"].startswith("application/json")
    error = json.loads(body)["error"]
    assert (set(error), error["code"]) == ({"code", "message", "field"}, code)
    assert SECRET not in body
    assert SECRET.decode() not in "".join(capsys.readouterr()) + caplog.text


async def test_a_fault_of_our_own_is_told_in_the_json_form(caplog: pytest.LogCaptureFixture) -> None:
    async def broken(request: web.Request) -> web.Response:
        raise RuntimeError("inside")

    app = web.Application()
    app.router.add_get("/", broken)
    runner, port = Runner(app, access_log=None), free_port()
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    status, _, body = await raw(f"http://127.0.0.1:{port}", b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    await runner.cleanup()
    assert status.split()[1] == b"500"
    assert json.loads(body)["error"]["code"] == "internal-error"
    assert "inside" in caplog.text
    assert b"inside" not in body
