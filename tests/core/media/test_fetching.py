"""Is a file taken from the web, and never from our own network?"""

import gzip
import ipaddress
import socket
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.abc import ResolveResult

from core.errors import InvalidInput
from core.media import fetching
from core.media.fetching import Address, fetch, is_public
from core.media.store import MediaStore

MB = 1024 * 1024


def only_one(address: Address) -> bool:
    """Stands for the internet: 127.0.0.1 may be talked to, the rest of the loopback network may not."""
    return address == ipaddress.ip_address("127.0.0.1")


@pytest.fixture
def store(tmp_path: Path) -> MediaStore:
    return MediaStore(tmp_path)


@pytest.fixture
async def site() -> AsyncGenerator[str]:
    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=b"jpeg", content_type="image/jpeg")

    async def big(_: web.Request) -> web.StreamResponse:
        return web.Response(body=b"x" * (2 * MB))

    async def away(request: web.Request) -> web.Response:
        raise web.HTTPFound(request.query["to"])

    async def loop(_: web.Request) -> web.Response:
        raise web.HTTPFound("/loop")

    async def empty(_: web.Request) -> web.Response:
        return web.Response(body=b"")

    app = web.Application()
    app.router.add_get("/a.jpg", picture)
    app.router.add_get("/big", big)
    app.router.add_get("/away", away)
    app.router.add_get("/empty", empty)
    app.router.add_get("/loop", loop)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def reason(store: MediaStore, address: str) -> object:
    with pytest.raises(InvalidInput) as caught:
        await fetch(store, address, max_bytes=MB, allowed=only_one)
    return caught.value.params["reason"]


async def test_a_file_is_kept(store: MediaStore, site: str) -> None:
    url, kind = await fetch(store, f"{site}/a.jpg", max_bytes=MB, allowed=only_one)
    assert (await store.load(url), kind) == (b"jpeg", "image/jpeg")
    assert url.endswith(".jpg")
    again, _ = await fetch(store, f"{site}/away?to={site}/a.jpg", max_bytes=MB, allowed=only_one)
    assert again == url


@pytest.mark.parametrize(
    "target", ["http://127.0.0.2/x", "http://[::1]/x", "http://169.254.169.254/", "http://10.0.0.1:8080/"]
)
async def test_a_redirect_into_a_private_network_is_refused(
    store: MediaStore, site: str, target: str
) -> None:
    assert await reason(store, target) == "private-address"
    assert await reason(store, f"{site}/away?to={target}") == "private-address"


async def test_a_name_that_stands_for_a_private_machine_is_refused(store: MediaStore, site: str) -> None:
    port = site.rpartition(":")[2]
    with pytest.raises(InvalidInput) as caught:
        await fetch(store, f"http://localhost:{port}/a.jpg", max_bytes=MB)
    assert caught.value.params["reason"] == "private-address"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/big", "too-large"),
        ("/empty", "not-found"),
        ("/none", "not-found"),
        ("/away?to=file:///etc/passwd", "bad-address"),
    ],
)
async def test_what_cannot_be_taken_is_named(store: MediaStore, site: str, path: str, expected: str) -> None:
    assert await reason(store, site + path) == expected


async def test_redirects_end(store: MediaStore, site: str) -> None:
    assert await reason(store, f"{site}/loop") == "unreachable"


@pytest.mark.parametrize("address", ["ftp://e.org/a", "http://", "x", "http://u:p@127.0.0.1/", "http://[::1"])
async def test_what_is_no_web_address_is_refused(store: MediaStore, address: str) -> None:
    assert await reason(store, address) == "bad-address"


async def test_nobody_listens(store: MediaStore) -> None:
    assert await reason(store, "http://127.0.0.1:1/") == "unreachable"


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("127.0.0.1", False), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False), ("224.0.0.1", False),  # noqa: S104 - no binding
        ("::1", False), ("fe80::1", False), ("fc00::1", False), ("2001:4860:4860::8888", True),
        ("::ffff:127.0.0.1", False), ("::ffff:8.8.8.8", True), ("2002:7f00:0001::", False),
        ("64:ff9b::7f00:1", False), ("64:ff9b::808:808", True), ("64:ff9b:1::7f00:1", False), ("::127.0.0.1", False),
        ("::ffff:0:127.0.0.1", False), ("fec0::1", False),
    ],
)  # fmt: skip
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(address)) is public


@pytest.mark.parametrize(
    "host",
    [
        "①②⑦.0.0.1",
        "127。0。0。1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "127.0.0.1.",
        "[::ffff:7f00:1]",
    ],
)
async def test_no_way_of_writing_it_leads_inside(store: MediaStore, site: str, host: str) -> None:
    port = site.rpartition(":")[2]
    with pytest.raises(InvalidInput) as caught:
        await fetch(store, f"http://{host}:{port}/a.jpg", max_bytes=MB)
    assert caught.value.params["reason"] in {"private-address", "unreachable"}


async def test_a_name_that_changes_its_mind_is_looked_at_again_at_the_socket(
    store: MediaStore, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def public_once(
        self: object, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host="127.0.0.1", port=port, family=socket.AF_INET, proto=0, flags=0)
        ]

    # As if the check of what was resolved had seen another answer than what is connected to.
    monkeypatch.setattr(fetching._CheckedResolver, "resolve", public_once)
    with pytest.raises(InvalidInput) as caught:
        await fetch(store, f"http://example.org:{site.rpartition(':')[2]}/a.jpg", max_bytes=MB)
    assert caught.value.params["reason"] == "private-address"


async def test_what_unpacks_to_more_than_the_limit_is_dropped(store: MediaStore) -> None:
    async def bomb(_: web.Request) -> web.Response:
        packed = gzip.compress(b"0" * (64 * MB))
        return web.Response(body=packed, headers={"Content-Encoding": "gzip"}, content_type="image/png")

    app = web.Application()
    app.router.add_get("/bomb", bomb)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        assert await reason(store, f"http://127.0.0.1:{runner.addresses[0][1]}/bomb") == "too-large"
    finally:
        await runner.cleanup()
