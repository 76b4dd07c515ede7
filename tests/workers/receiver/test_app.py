"""What does the receiver answer, also when the database is away or behind?"""

import asyncio

import aiohttp
import pytest
from sqlalchemy import text

from core.db import migrations
from core.media.public import public_address
from core.runtime import Runtime, open_runtime
from core.settings import heartbeats
from tests.e2e.processes import free_port
from workers.receiver import run_receiver


async def test_alive_and_ready(runtime: Runtime, address: str) -> None:
    for path, status in (("/healthz", "alive"), ("/readyz", "ready")):
        async with runtime.http.get(address + path) as answer:
            assert (answer.status, await answer.json()) == (200, {"status": status})


async def test_not_ready_when_the_schema_is_another_one(runtime: Runtime, address: str) -> None:
    async with runtime.unit_of_work() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = 'another'"))
    async with runtime.http.get(f"{address}/readyz") as answer:
        assert answer.status == 503
        assert (await answer.json())["error"]["code"] == "migrations-pending"
    assert migrations.head_revision() != "another"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nothing", 404, "not-found"),
        ("POST", "/api/events", 404, "not-found"),
        ("POST", "/healthz", 405, "method-not-allowed"),
    ],
)
async def test_errors_have_the_json_form(
    runtime: Runtime, address: str, method: str, path: str, status: int, code: str
) -> None:
    async with runtime.http.request(method, address + path) as answer:
        assert answer.status == status
        body = await answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "field"}
    assert body["error"]["code"] == code


async def test_alone_on_its_port_and_alive_without_a_database(runtime: Runtime) -> None:
    port, stop, status = free_port(), asyncio.Event(), None
    settings = runtime.settings.model_copy(update={"nexus_port": port})
    async with (
        open_runtime(
            settings,
            database_url="postgresql+asyncpg://nobody@127.0.0.1:1/nothing",
            keyring=runtime.keyring,
            queue=runtime.queue,
        ) as alone,
        asyncio.TaskGroup() as group,
    ):
        group.create_task(run_receiver(alone, stop))
        try:
            for _ in range(200):
                if (status := await get_status(runtime.http, f"http://127.0.0.1:{port}/healthz")) is not None:
                    break
                await asyncio.sleep(0.05)
            assert status == 200
            async with runtime.http.get(f"http://127.0.0.1:{port}/readyz") as answer:
                assert answer.status == 503
                assert (await answer.json())["error"]["code"] == "database-unavailable"
        finally:
            stop.set()


async def get_status(http: aiohttp.ClientSession, url: str) -> int | None:
    try:
        async with http.get(url) as answer:
            return answer.status
    except aiohttp.ClientConnectionError:
        return None


async def test_a_file_is_given_out_by_its_signed_address_only(runtime: Runtime, address: str) -> None:
    url = await runtime.media.save(b"jpeg", "jpg")
    where = public_address(url, base=address, keyring=runtime.keyring, now=runtime.clock.now())
    async with runtime.http.get(where) as answer:
        assert (answer.status, await answer.read()) == (200, b"jpeg")
        assert answer.content_type == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    gone = public_address(
        "media://" + "0" * 64 + ".jpg", base=address, keyring=runtime.keyring, now=runtime.clock.now()
    )
    for bad in (where[:-1], where.partition("?")[0], gone, address + "/media/..%2F..%2Fetc%2Fpasswd"):
        async with runtime.http.get(bad) as answer:
            assert answer.status == 404


@pytest.mark.parametrize("ending", ["html", "svg", "js", "xml", "pdf", "bin"])
async def test_a_file_that_could_be_run_is_only_handed_out(
    runtime: Runtime, address: str, ending: str
) -> None:
    url = await runtime.media.save(b"<script>alert(document.domain)</script>", ending)
    where = public_address(url, base=address, keyring=runtime.keyring, now=runtime.clock.now())
    async with runtime.http.get(where) as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_a_picture_that_is_a_page_too_stays_a_picture(runtime: Runtime, address: str) -> None:
    url = await runtime.media.save(b"\xff\xd8\xff\xe0<html><script>alert(1)</script>PK\x03\x04", "jpg")
    where = public_address(url, base=address, keyring=runtime.keyring, now=runtime.clock.now())
    async with runtime.http.get(where) as answer:
        assert answer.content_type == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_leaves_a_sign_of_life(runtime: Runtime, address: str) -> None:
    async with asyncio.timeout(10):
        while True:
            async with runtime.unit_of_work() as session:
                if (at := await heartbeats.last(session, "receiver")) is not None:
                    break
            await asyncio.sleep(0.01)
    assert at == runtime.clock.now()
