"""Updates by long polling and by webhook: order, confirmation, conflicts, secrets, retries."""

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from tests.bot.sandbox.conftest import OTHER_TOKEN, TOKEN, Telegram

OWNER = 1_000_001
TERMINATED = (
    "409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


async def test_a_poll_waits_and_wakes_at_once(telegram: Telegram) -> None:
    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(telegram.ok("getUpdates", timeout=20))
        await asyncio.sleep(0.2)
        assert not poll.done()
        await telegram.say("идея")
    assert poll.result()[0]["message"]["text"] == "идея"
    assert time.monotonic() - began < 10


async def test_a_poll_ends_empty_after_its_timeout(telegram: Telegram) -> None:
    began = time.monotonic()
    assert await telegram.ok("getUpdates", timeout=1) == []
    assert 0.9 < time.monotonic() - began < 10


async def test_updates_repeat_until_the_offset_confirms_them(telegram: Telegram) -> None:
    for text in ("one", "two", "three"):
        await telegram.say(text)
    first = await telegram.ok("getUpdates", limit=2)
    assert [one["message"]["text"] for one in first] == ["one", "two"]
    assert await telegram.ok("getUpdates", limit=2) == first
    rest = await telegram.ok("getUpdates", offset=first[-1]["update_id"] + 1)
    assert [one["message"]["text"] for one in rest] == ["three"]
    assert (await telegram.ok("getWebhookInfo"))["pending_update_count"] == 1


async def test_a_negative_offset_keeps_the_last_ones(telegram: Telegram) -> None:
    for text in ("one", "two", "three"):
        await telegram.say(text)
    kept = await telegram.ok("getUpdates", offset=-1)
    assert [one["message"]["text"] for one in kept] == ["three"]
    assert await telegram.ok("getUpdates") == kept


async def test_the_older_of_two_pollers_is_ended(telegram: Telegram) -> None:
    async with asyncio.TaskGroup() as group:
        older = group.create_task(telegram.fails("getUpdates", timeout=20))
        await asyncio.sleep(0.2)
        newer = group.create_task(telegram.ok("getUpdates", timeout=20))
        assert await older == TERMINATED
        assert not newer.done()
        await telegram.say("x")
    assert len(newer.result()) == 1


async def test_pollers_of_two_bots_do_not_meet(telegram: Telegram) -> None:
    async with asyncio.TaskGroup() as group:
        mine = group.create_task(telegram.ok("getUpdates", timeout=20))
        other = group.create_task(telegram.ok("getUpdates", token=OTHER_TOKEN, timeout=1))
        assert await other == []
        assert not mine.done()
        await telegram.say("x")


async def test_allowed_updates_are_remembered(telegram: Telegram, channel: int) -> None:
    post = (await telegram.ok("sendMessage", chat_id=channel, text="x"))["message_id"]
    path, body = f"api/chats/{channel}/react", {"message_id": post, "emoji": "🔥"}
    await telegram.page("POST", path, json=body)
    assert await telegram.updates() == [], "reactions come only to a bot that asked for them"
    await telegram.ok("getUpdates", allowed_updates=["message_reaction_count"])
    await telegram.page("POST", path, json={**body, "count": 2})
    await telegram.say("not asked for")
    counts = [
        one["message_reaction_count"]["reactions"][0]["total_count"] for one in await telegram.updates()
    ]
    assert counts == [2, 3]


async def test_what_a_channel_tells_its_bots(telegram: Telegram, channel: int) -> None:
    await telegram.page("POST", f"api/chats/{channel}/admins", json={"bot_id": 777777, "rights": {}})
    await telegram.ok("sendMessage", chat_id="@acme", text="mine")
    await telegram.page("POST", f"api/chats/{channel}/send", json={"text": "owner's"})
    seen = await telegram.updates()
    assert [one["channel_post"]["text"] for one in seen] == ["owner's"], "a bot does not hear itself"
    others = await telegram.ok("getUpdates", token=OTHER_TOKEN)
    assert others[0]["my_chat_member"]["new_chat_member"]["status"] == "administrator"
    assert [one["channel_post"]["text"] for one in others[1:]] == ["mine", "owner's"]


class Hook:
    """A bot's webhook that answers as it is told."""

    def __init__(self) -> None:
        self.url = ""
        self.statuses: list[int] = []
        self.got: list[tuple[str | None, Any]] = []
        self.arrived = asyncio.Event()

    async def receive(self, request: web.Request) -> web.Response:
        status = self.statuses.pop(0) if self.statuses else 200
        self.got.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token"), await request.json()))
        if not self.statuses and status == 200:
            self.arrived.set()
        return web.Response(status=status)


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    hook = Hook()
    app = web.Application()
    app.router.add_post("/hook", hook.receive)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hook.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield hook
    await runner.cleanup()


async def test_a_webhook_gets_updates_with_its_secret_and_again_after_a_failure(
    telegram: Telegram, hook: Hook
) -> None:
    hook.statuses = [500, 200]
    await telegram.ok("setWebhook", url=hook.url, secret_token="s3cret")
    await telegram.say("to the hook")
    await asyncio.wait_for(hook.arrived.wait(), 5)
    assert [secret for secret, _ in hook.got] == ["s3cret", "s3cret"]
    assert hook.got[0] == hook.got[1]
    assert hook.got[1][1]["message"]["text"] == "to the hook"
    info = await telegram.ok("getWebhookInfo")
    assert (info["url"], info["last_error_message"]) == (
        hook.url, "Wrong response from the webhook: 500 Internal Server Error",
    )  # fmt: skip
    refused = await telegram.fails("getUpdates")
    assert refused.startswith("409 Conflict: can't use getUpdates method while webhook is active")


async def test_setting_a_webhook_ends_the_poll(telegram: Telegram, hook: Hook) -> None:
    async with asyncio.TaskGroup() as group:
        poll = group.create_task(telegram.fails("getUpdates", timeout=20))
        await asyncio.sleep(0.2)
        await telegram.ok("setWebhook", url=hook.url)
        assert await poll == "409 Conflict: terminated by setWebhook request"
    await telegram.ok("deleteWebhook", drop_pending_updates=True)
    assert await telegram.ok("getUpdates") == []


async def test_dropping_what_waits(telegram: Telegram) -> None:
    await telegram.say("old")
    await telegram.ok("deleteWebhook", drop_pending_updates=True)
    await telegram.say("new")
    assert [one["message"]["text"] for one in await telegram.updates()] == ["new"]


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://127.0.0.1/x", "An HTTPS URL must be provided for webhook"),
        ("https://example.com/x", "the sandbox delivers to loopback addresses only"),
    ],
)
async def test_webhooks_elsewhere_are_refused(telegram: Telegram, url: str, reason: str) -> None:
    assert await telegram.fails("setWebhook", url=url) == f"400 Bad Request: bad webhook: {reason}"


async def test_the_poll_takes_form_fields_and_a_get(telegram: Telegram) -> None:
    await telegram.say("x")
    form = {"timeout": "0", "allowed_updates": '["message"]', "offset": "0"}
    assert len(await telegram.ok("getUpdates", data=form)) == 1
    async with telegram.http.get(f"{telegram.url}/bot{TOKEN}/getUpdates", params={"limit": "1"}) as answer:
        assert len((await answer.json())["result"]) == 1
