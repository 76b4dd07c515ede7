"""Every failure on purpose, seen from the caller, and what it left behind."""

import asyncio
import time
from typing import Any

import aiohttp
import pytest

from tests.bot.sandbox.conftest import Telegram

OWNER = 1_000_001


def posted(telegram: Telegram) -> int:
    """Messages of the bot that really stand in the owner's chat."""
    return sum(1 for post in telegram.sandbox.messages(OWNER) if post.author == 123456)


async def send(telegram: Telegram, **more: Any) -> tuple[int, Any]:
    return await telegram.call("sendMessage", chat_id=OWNER, text="x", **more)


@pytest.mark.parametrize(("kind", "effect"), [("refuse", 0), ("hang", 0), ("cut", 1), ("hang_after", 1)])
async def test_no_answer_comes(telegram: Telegram, kind: str, effect: int) -> None:
    fault = {"kind": kind, "method": "sendMessage", "seconds": 0.2}
    await telegram.page("POST", "api/faults", json=fault)
    with pytest.raises(aiohttp.ClientConnectionError):
        await send(telegram)
    assert posted(telegram) == effect
    call = telegram.sandbox.journal.calls("sendMessage")[-1]
    assert (call.fault, call.status, call.effect) == (kind, None, bool(effect))
    assert (await send(telegram))[0] == 200, "the rule was for one call"
    assert posted(telegram) == effect + 1


@pytest.mark.parametrize(
    ("fault", "status", "description", "effect"),
    [
        ({"kind": "500_before"}, 500, "Internal Server Error", 0),
        ({"kind": "502"}, 502, "Bad Gateway", 0),
        ({"kind": "500_after"}, 500, "Internal Server Error", 1),
        ({"kind": "401"}, 401, "Unauthorized", 0),
        ({"kind": "403"}, 403, "Forbidden: bot was blocked by the user", 0),
        ({"kind": "400", "description": "Bad Request: no"}, 400, "Bad Request: no", 0),
        ({"kind": "409"}, 409, "Conflict: terminated by other", 0),
        ({"kind": "429", "retry_after": 7}, 429, "Too Many Requests: retry after 7", 0),
    ],
)
async def test_errors(
    telegram: Telegram, fault: dict[str, Any], status: int, description: str, effect: int
) -> None:
    await telegram.page("POST", "api/faults", json={**fault, "method": "sendmessage"})
    answered, body = await send(telegram)
    assert (answered, body["error_code"]) == (status, status)
    assert body["description"].startswith(description)
    assert body.get("parameters") == ({"retry_after": 7} if status == 429 else None)
    assert posted(telegram) == effect


async def test_malformed_json_after_the_effect(telegram: Telegram) -> None:
    telegram.sandbox.faults.add("malformed", "sendMessage")
    with pytest.raises(ValueError, match="Expecting value"):
        await send(telegram)
    assert posted(telegram) == 1


async def test_slow_answers(telegram: Telegram) -> None:
    telegram.sandbox.faults.add("slow", "sendMessage", seconds=0.3)
    began = time.monotonic()
    assert (await send(telegram))[0] == 200
    assert time.monotonic() - began >= 0.3


async def test_a_hang_is_let_go_when_the_faults_are_cleared(telegram: Telegram) -> None:
    telegram.sandbox.faults.add("hang", "sendMessage", seconds=60, times=None)
    async with asyncio.TaskGroup() as group:
        call = group.create_task(_outcome(send(telegram)))
        await asyncio.sleep(0.2)
        assert not call.done()
        await telegram.page("DELETE", "api/faults")
        assert await call == "no answer"
    assert (await send(telegram))[0] == 200


async def _outcome(call: Any) -> str:
    try:
        return str((await call)[0])
    except aiohttp.ClientConnectionError:
        return "no answer"


async def test_which_calls_are_hit(telegram: Telegram) -> None:
    telegram.sandbox.faults.add("500_before", "sendMessage", every=3, times=None, skip=1)
    assert [(await send(telegram))[0] for _ in range(8)] == [200, 200, 200, 500, 200, 200, 500, 200]
    telegram.sandbox.faults.clear()
    telegram.sandbox.faults.add("500_before", times=2)
    assert [(await send(telegram))[0] for _ in range(3)] == [500, 500, 200]


async def test_a_fault_for_one_chat(telegram: Telegram, channel: int) -> None:
    telegram.sandbox.faults.add("403", "sendMessage", chat_id=channel, times=None)
    assert (await send(telegram))[0] == 200
    assert (await telegram.call("sendMessage", chat_id="@acme", text="x"))[0] == 403
    telegram.sandbox.faults.clear()
    telegram.sandbox.faults.add("refuse", "sendMessage", chat_id=channel)
    assert (await send(telegram))[0] == 200
    assert await _outcome(telegram.call("sendMessage", chat_id=channel, text="x")) == "no answer"


async def test_an_update_nobody_can_parse(telegram: Telegram) -> None:
    telegram.sandbox.faults.add("poison", "getUpdates")
    await telegram.say("before")
    updates = await telegram.ok("getUpdates")
    assert [("rich_message" in one["message"]) for one in updates] == [False, True]
    await telegram.ok("getUpdates", offset=updates[-1]["update_id"] + 1)
    await telegram.say("after")
    assert [one["message"]["text"] for one in await telegram.updates()] == ["after"]


async def test_the_journal_counts_calls_without_tokens(telegram: Telegram) -> None:
    await send(telegram)
    await telegram.fails("sendMessage", chat_id=OWNER, text="")
    calls = (await telegram.page("GET", "api/journal", params={"method": "sendMessage"}))["calls"]
    assert [(one["status"], one["effect"]) for one in calls] == [(200, True), (400, False)]
    assert calls[0]["params"] == {"chat_id": OWNER, "text": "x"}
    assert "TEST" not in str(calls)
    await telegram.page("DELETE", "api/journal")
    assert (await telegram.page("GET", "api/journal"))["calls"] == []


@pytest.mark.parametrize(
    "rule",
    [
        {"kind": "explode"},
        {"kind": "429", "retry_after": "soon"},
        {"kind": "cut", "chance": 1},
        {"kind": "cut", "every": 0},
    ],
)
async def test_a_wrong_rule_is_refused(telegram: Telegram, rule: dict[str, Any]) -> None:
    async with telegram.http.post(f"{telegram.url}/sandbox/api/faults", json=rule) as answer:
        assert answer.status == 400
    assert telegram.sandbox.faults.body() == []
