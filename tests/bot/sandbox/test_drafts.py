"""A message that is still being written: it grows, is stopped by its reader, and goes when the message comes."""

from bot.sandbox import OWNER_ID as OWNER
from tests.bot.sandbox.conftest import Telegram

GROWING = {"chat_id": OWNER, "draft_id": 7, "can_stop": True}


async def _stop(telegram: Telegram, draft_id: int) -> int:
    url = f"{telegram.url}/sandbox/api/chats/{OWNER}/stop"
    async with telegram.http.post(url, json={"draft_id": draft_id}) as answer:
        return answer.status


async def test_the_reader_stops_it_once_and_the_bot_hears_of_it(telegram: Telegram) -> None:
    await telegram.updates()
    await telegram.ok("sendMessageDraft", **GROWING, text="")
    await telegram.ok("sendMessageDraft", **GROWING, text="one")
    assert await _stop(telegram, 7) == 200
    assert await _stop(telegram, 7) == 200
    (update,) = await telegram.updates()
    assert update["stopped_message_generation"]["draft_id"] == 7
    assert update["stopped_message_generation"]["chat"]["id"] == OWNER


async def test_what_cannot_be_stopped_is_refused(telegram: Telegram) -> None:
    await telegram.ok("sendMessageDraft", chat_id=OWNER, draft_id=8, text="x")
    assert await _stop(telegram, 8) == 400
    assert await _stop(telegram, 9) == 400
    await telegram.ok("sendMessageDraft", **GROWING, text="x")
    await telegram.ok("sendMessage", chat_id=OWNER, text="done")
    assert await _stop(telegram, 7) == 400  # the message has taken its place


async def test_a_bot_that_did_not_ask_for_such_updates_gets_none(telegram: Telegram) -> None:
    await telegram.updates(allowed_updates=["message"])
    await telegram.ok("sendMessageDraft", **GROWING, text="x")
    assert await _stop(telegram, 7) == 200
    assert await telegram.updates() == []


async def test_the_page_sees_it_grow_and_go(telegram: Telegram) -> None:
    async with telegram.http.ws_connect(f"{telegram.url}/sandbox/ws") as socket:
        await telegram.ok("sendMessageDraft", **GROWING, text="on", keep_on_stop=True)
        await _stop(telegram, 7)
        await telegram.ok("sendMessageDraft", **GROWING, text="one more")  # stopped: it does not grow
        await telegram.ok("sendMessageDraft", **GROWING | {"draft_id": 8}, text="two")
        await _stop(telegram, 8)
        seen = [await socket.receive_json(timeout=5) for _ in range(4)]
    assert [(event["type"], event["draft_id"], event.get("can_stop")) for event in seen] == [
        ("draft", 7, True),
        ("draft", 7, False),
        ("draft", 8, True),
        ("draft_gone", 8, None),
    ]
