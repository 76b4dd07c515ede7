"""Does Sentry hear of errors, and of nothing it should not? Against a server that takes envelopes as Sentry does."""

import json
import logging
from collections.abc import AsyncGenerator, Generator
from typing import Any

import pytest
import sentry_sdk
import structlog
from aiohttp import web
from aiohttp.test_utils import TestServer
from pydantic import SecretStr

from core import logs, redaction, sentry
from core.config import Settings

API_KEY = "sk-ant-sentry-dummy-key"
DRAFT = "the text of a post that is nobody's business"
TOKEN = "a-channel-token-met-while-working"


class FakeSentry:
    """Keeps the events of every envelope."""

    def __init__(self) -> None:
        self.events: list[dict[str, Any]] = []

    async def take(self, request: web.Request) -> web.Response:
        body = await request.read()
        lines = body.split(b"\n")
        for header, item in zip(lines[1::2], lines[2::2], strict=False):
            if header and json.loads(header).get("type") == "event":
                self.events.append(json.loads(item))
        return web.json_response({})


@pytest.fixture
async def server() -> AsyncGenerator[tuple[FakeSentry, str]]:
    fake, app = FakeSentry(), web.Application()
    app.router.add_post("/api/7/envelope/", fake.take)
    async with TestServer(app) as opened:
        yield fake, f"http://public-key@127.0.0.1:{opened.port}/7"


@pytest.fixture
def logging_of_its_own() -> Generator[None]:
    """Put logging and Sentry back as they were."""
    root = logging.getLogger()
    handlers, level, before = root.handlers[:], root.level, structlog.get_config()
    yield
    sentry_sdk.get_client().close(timeout=0.1)
    sentry_sdk.get_global_scope().set_client(None)
    structlog.configure(**before)
    root.handlers[:], root.level = handlers, level


async def _heard(settings: Settings, dsn: str) -> None:
    import asyncio

    chosen = settings.model_copy(
        update={
            "sentry_dsn": SecretStr(dsn),
            "anthropic_api_key": SecretStr(API_KEY),
            "sentry_environment": "test",
        }
    )
    logs.configure("INFO", "json", secrets=redaction.secrets_of(chosen))
    sentry.report_errors(chosen)
    redaction.learn(TOKEN)
    log = structlog.get_logger("nexus.test")
    draft = DRAFT
    log.info("nothing_wrong")
    log.warning("something_odd")
    try:
        raise RuntimeError(f"refused for {TOKEN} with {API_KEY}" + draft[:0])
    except RuntimeError:
        log.exception("job_failed", job="publish", correlation_id="abc", api_key=API_KEY)
    logging.getLogger("a.library").error("lost %s", "the connection")
    await asyncio.to_thread(sentry_sdk.flush, 5.0)


@pytest.mark.usefixtures("logging_of_its_own")
async def test_errors_arrive_without_secrets_values_or_more_than_was_wrong(
    settings: Settings, server: tuple[FakeSentry, str], capsys: pytest.CaptureFixture[str]
) -> None:
    fake, dsn = server
    await _heard(settings, dsn)
    ours, theirs = fake.events
    assert ours["exception"]["values"][0]["type"] == "RuntimeError"
    assert ours["exception"]["values"][0]["value"] == "refused for <hidden> with <hidden>"
    assert (ours["extra"]["job"], ours["extra"]["api_key"]) == ("publish", "<hidden>")
    assert (ours["tags"], ours["environment"]) == ({"correlation_id": "abc"}, "test")
    assert theirs["message"] == "lost the connection"
    everything = json.dumps(fake.events)
    for secret in (API_KEY, TOKEN, DRAFT):
        assert secret not in everything
    frames = ours["exception"]["values"][0]["stacktrace"]["frames"]
    assert all("vars" not in frame for frame in frames)
    assert {"request", "user", "breadcrumbs"} & set(ours) <= {"breadcrumbs"}


def test_without_an_address_nothing_is_set_up(settings: Settings) -> None:
    before = logging.getLogger().handlers[:]
    sentry.report_errors(settings)
    assert logging.getLogger().handlers == before


def test_what_is_no_address_is_refused(settings: Settings) -> None:
    with pytest.raises(ValueError, match="scheme"):
        sentry.report_errors(settings.model_copy(update={"sentry_dsn": SecretStr("somewhere")}))
