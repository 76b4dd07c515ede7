"""Telegram's webhook: only with the secret, stored before 200, once, and never more than a megabyte."""

import io
import json
from pathlib import Path

import aiohttp
import pytest
from pydantic import AnyHttpUrl, SecretStr
from sqlalchemy import select

from core.config import Settings
from core.inbox.models import TelegramUpdate
from core.runtime import Runtime
from workers.receiver.telegram import LIMIT

_SECRET = "s3cret_of-the-webhook"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation that is called by Telegram."""
    return Settings(
        _env_file=None,
        nexus_home=tmp_path / "home",
        telegram_bot_token=SecretStr("77:token"),
        telegram_mode="webhook",
        telegram_webhook_secret=SecretStr(_SECRET),
        public_url=AnyHttpUrl("https://nexus.example.org"),
    )


async def post(address: str, body: bytes, secret: str | None = _SECRET) -> int:
    headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{address}/telegram/updates", data=body, headers=headers) as answer,
    ):
        return answer.status


async def stored(runtime: Runtime) -> list[tuple[int, int]]:
    async with runtime.unit_of_work() as session:
        rows = await session.scalars(select(TelegramUpdate).order_by(TelegramUpdate.update_id))
        return [(row.bot_id, row.update_id) for row in rows]


async def test_an_update_is_stored_before_the_answer_and_once(address: str, runtime: Runtime) -> None:
    for number in (5, 5, 6):
        assert await post(address, json.dumps({"update_id": number}).encode()) == 200
    assert await stored(runtime) == [(77, 5), (77, 6)]


@pytest.mark.parametrize("secret", [None, "", "wrong", _SECRET + "x", "секрет"])
async def test_without_the_secret_nothing_is_taken(
    address: str, runtime: Runtime, secret: str | None
) -> None:
    assert await post(address, b'{"update_id": 5}', secret) == 401
    assert await stored(runtime) == []


@pytest.mark.parametrize(
    "body", [b"", b"[", b"[]", b'{"update_id": "5"}', b"\xff", b"[" * 100_000, b"\x1f\x8b"]
)
async def test_what_is_no_update_is_refused(address: str, runtime: Runtime, body: bytes) -> None:
    assert await post(address, body) == 400
    assert await stored(runtime) == []


async def test_a_body_has_an_end(address: str, runtime: Runtime) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": _SECRET}
    body = io.BytesIO(b'{"update_id": 5, "x": "' + b"x" * LIMIT + b'"}')
    async with (
        aiohttp.ClientSession() as http,
        http.post(f"{address}/telegram/updates", data=body, headers=headers) as answer,
    ):
        assert answer.status == 413
    assert await stored(runtime) == []


async def test_the_address_is_telegrams_own_unless_another_is_set(settings: Settings) -> None:
    assert settings.webhook_address == "https://nexus.example.org/telegram/updates"


class TestPolling:
    """An installation that polls has no such address."""

    @pytest.fixture
    def settings(self, tmp_path: Path) -> Settings:
        return Settings(
            _env_file=None, nexus_home=tmp_path / "home", telegram_bot_token=SecretStr("77:token")
        )

    async def test_nobody_is_heard(self, address: str) -> None:
        assert await post(address, b'{"update_id": 5}') == 404
