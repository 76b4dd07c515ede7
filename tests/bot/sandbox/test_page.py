"""What the chat page is given, and what a person does in it."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.sandbox import Sandbox, SandboxServer, attach
from tests.bot.sandbox.conftest import TOKEN, Telegram, png

OWNER = 1_000_001
CHAT = f"api/chats/{OWNER}"


async def texts(telegram: Telegram, chat: int = OWNER, **query: str) -> list[str]:
    body = await telegram.page("GET", f"api/chats/{chat}/messages", params=query)
    return [one.get("text") or one.get("caption") or "-" for one in body["messages"]]


async def test_the_state_holds_everything_the_page_draws(telegram: Telegram, channel: int) -> None:
    await telegram.ok(
        "setMyCommands", commands=[{"command": "new", "description": "Новый"}], language_code="ru"
    )
    await telegram.ok("sendMessage", chat_id=OWNER, text="one")
    state = await telegram.page("GET", "api/state")
    assert (state["owner"]["id"], state["bot"]["id"]) == (OWNER, 123456)
    assert state["commands"] == [{"command": "new", "description": "Новый"}]
    private, acme = state["chats"]
    assert (private["id"], private["type"], private["title"], private["unread"]) == (
        OWNER,
        "private",
        "NEXUS",
        1,
    )
    assert private["last_message"]["text"] == "one"
    assert (acme["id"], acme["username"], acme["bots"], acme["member_count"]) == (
        channel,
        "acme",
        [123456],
        1,
    )
    assert await texts(telegram) == ["/start", "one"]
    assert (await telegram.page("GET", "api/state"))["chats"][0]["unread"] == 0, "reading the chat counts"
    assert isinstance(state["version"], int)


async def test_messages_come_in_pages(telegram: Telegram) -> None:
    for number in range(5):
        await telegram.say(f"m{number}")
    assert await texts(telegram, limit="2") == ["m3", "m4"]
    assert await texts(telegram, limit="2", before="5") == ["m1", "m2"]
    body = await telegram.page("GET", f"{CHAT}/messages")
    assert [one["out"] for one in body["messages"]] == [True] * 6


async def test_a_long_text_becomes_several_messages_and_nothing_is_lost(telegram: Telegram) -> None:
    body = await telegram.say("идея " * 10_000)
    assert len(body["messages"]) == 13
    assert all(len(one["text"]) <= 4096 for one in body["messages"])
    assert "".join(one["text"] for one in body["messages"]).replace(" ", "") == "идея" * 10_000
    emoji = await telegram.say("😀" * 3000)
    assert [len(one["text"]) for one in emoji["messages"]] == [2048, 952]


async def test_a_reply_to_a_message_that_is_gone(telegram: Telegram) -> None:
    sent = (await telegram.ok("sendMessage", chat_id=OWNER, text="x"))["message_id"]
    reply = {"text": "answer", "reply_to_message_id": sent}
    body = await telegram.page("POST", f"{CHAT}/send", json=reply)
    assert body["messages"][0]["reply_to_message"]["text"] == "x"
    await telegram.page("POST", f"{CHAT}/delete", json={"message_id": sent})
    body = await telegram.page("POST", f"{CHAT}/send", json=reply)
    assert "reply_to_message" not in body["messages"][0]


def form(*files: tuple[bytes, str, str], **fields: str) -> aiohttp.FormData:
    data = aiohttp.FormData(fields)
    for content, name, mime in files:
        data.add_field("files", content, filename=name, content_type=mime)
    return data


PNG = (png(), "a.png", "image/png")


@pytest.mark.parametrize(
    ("files", "fields", "kinds"),
    [
        ([PNG], {}, ["photo"]),
        ([PNG], {"as_document": "1"}, ["document"]),
        ([PNG, (b"0", "v.mp4", "video/mp4")], {}, ["photo", "video"]),
        ([PNG, (b"%PDF", "a.pdf", "application/pdf")], {}, ["document", "document"]),
        ([(b"0", "v.ogg", "audio/ogg")], {"as_voice": "1"}, ["voice"]),
        ([(b"0", "s.mp3", "audio/mpeg")], {}, ["audio"]),
        ([(png(900, 10), "long.png", "image/png")], {}, ["document"]),
        ([(b"<svg/>", "a.svg", "image/svg+xml")], {}, ["document"]),
    ],
)
async def test_files_from_the_owner(
    telegram: Telegram, files: Any, fields: dict[str, str], kinds: list[str]
) -> None:
    body = await telegram.page("POST", f"{CHAT}/send", data=form(*files, caption="подпись #1", **fields))
    names = ("photo", "video", "document", "voice", "audio")
    assert [next(name for name in names if name in one) for one in body["messages"]] == kinds
    assert body["messages"][0]["caption"] == "подпись #1"
    assert len({one.get("media_group_id") for one in body["messages"]}) == 1
    assert ("media_group_id" in body["messages"][0]) is (len(kinds) > 1)
    updates = await telegram.updates()
    assert [kinds[number] in one["message"] for number, one in enumerate(updates)] == [True] * len(kinds)


async def test_a_caption_that_is_too_long_follows_as_a_message(telegram: Telegram) -> None:
    body = await telegram.page("POST", f"{CHAT}/send", data=form(PNG, caption="я" * 1100))
    assert [one.get("text") for one in body["messages"]] == [None, "я" * 1100]


async def test_files_are_served_but_never_run(telegram: Telegram) -> None:
    for content, mime, shown in (
        (PNG, "image/png", True),
        ((b"<script>", "x.html", "text/html"), None, False),
    ):
        body = await telegram.page("POST", f"{CHAT}/send", data=form(content))
        message = body["messages"][0]
        uid = (message.get("photo") or [message.get("document")])[-1]["file_unique_id"]
        async with telegram.http.get(f"{telegram.url}/sandbox/file/{uid}") as answer:
            assert await answer.read() == content[0]
            assert answer.content_type == (mime or "application/octet-stream")
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert ("Content-Disposition" in answer.headers) is not shown


async def test_the_socket_tells_every_change(telegram: Telegram, channel: int) -> None:
    async with telegram.http.ws_connect(f"{telegram.url}/sandbox/ws") as socket:
        sent = await telegram.ok("sendMessage", chat_id=OWNER, text="x")
        this = {"chat_id": OWNER, "message_id": sent["message_id"]}
        await telegram.ok("editMessageText", **this, text="y")
        await telegram.ok("sendChatAction", chat_id=OWNER, action="typing")
        await telegram.ok("sendMessageDraft", chat_id=OWNER, draft_id=1, text="draft")
        press = await telegram.page(
            "POST", f"{CHAT}/press", json={"message_id": sent["message_id"], "data": "d"}
        )
        await telegram.ok(
            "answerCallbackQuery", callback_query_id=press["query_id"], text="ok", show_alert=True
        )
        await telegram.ok("setMyCommands", commands=[{"command": "new", "description": "x"}])
        await telegram.page(
            "POST", f"api/chats/{OWNER}/react", json={"message_id": sent["message_id"], "emoji": "👍"}
        )
        await telegram.ok("deleteMessage", **this)
        await telegram.page("POST", "api/channels", json={"title": "Second"})
        await telegram.say("a stranger's chat is not shown", who=555)
        await telegram.ok("sendMessage", chat_id=channel, text="post")
        events: list[Any] = [await asyncio.wait_for(socket.receive_json(), 5) for _ in range(11)]
    assert [event["type"] for event in events] == [
        "message", "edit", "typing", "draft", "callback_answer", "commands", "reaction", "delete", "message", "chat", "message",
    ]  # fmt: skip
    assert events[0]["message"]["text"] == "x"
    assert events[3]["text"] == "draft"
    assert {name: events[4][name] for name in ("query_id", "text", "show_alert")} == {
        "query_id": press["query_id"], "text": "ok", "show_alert": True,
    }  # fmt: skip
    assert events[7]["message_ids"] == [sent["message_id"]]
    assert events[-1]["chat_id"] == channel
    versions = [event["version"] for event in events]
    assert versions == sorted(set(versions))


async def test_a_stranger_has_a_chat_of_their_own(telegram: Telegram) -> None:
    await telegram.say("hello", who=555)
    update = (await telegram.updates())[0]["message"]
    assert (update["from"]["id"], update["chat"]["id"]) == (555, 555)
    assert await texts(telegram) == ["/start"]
    assert await texts(telegram, 555) == ["hello"]
    sent = (await telegram.ok("sendMessage", chat_id=OWNER, text="x"))["message_id"]
    await telegram.page("POST", f"{CHAT}/press?as=555", json={"message_id": sent, "data": "steal"})
    query = (await telegram.updates())[0]["callback_query"]
    assert (query["from"]["id"], query["message"]["chat"]["id"]) == (555, OWNER)


async def test_forwards_leave_buttons_behind(telegram: Telegram, channel: int) -> None:
    keyboard = {"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]}
    sent = await telegram.ok("sendMessage", chat_id=channel, text="post", reply_markup=keyboard)
    body = await telegram.page(
        "POST", f"{CHAT}/forward", json={"from_chat_id": channel, "message_ids": [sent["message_id"]]}
    )
    assert "reply_markup" not in body["messages"][0]
    assert body["messages"][0]["forward_origin"]["chat"]["id"] == channel


async def test_links_of_posts(telegram: Telegram, channel: int) -> None:
    public = await telegram.ok("sendMessage", chat_id=channel, text="x")
    body = await telegram.page("GET", f"api/chats/{channel}/messages")
    assert body["messages"][-1]["link"] == f"https://t.me/acme/{public['message_id']}"
    private = (await telegram.page("POST", "api/channels", json={"title": "Closed"}))["chat"]
    assert private["last_message"]["link"] == f"https://t.me/c/{str(private['id'])[4:]}/1"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (f"{CHAT}/send", {"text": "  "}, 400),
        ("api/chats/-5/send", {"text": "x"}, 404),
        (f"{CHAT}/press", {"message_id": 99, "data": "x"}, 400),
        (f"{CHAT}/edit", {"message_id": 99, "text": "x"}, 400),
        (f"{CHAT}/react", {"message_id": 99, "emoji": "x"}, 400),
        ("api/channels", {"title": ""}, 400),
        ("api/bots", {"token": "not a token"}, 400),
        (f"{CHAT}/admins", {"bot_id": 5}, 400),
    ],
)
async def test_wrong_requests_of_the_page(telegram: Telegram, path: str, body: Any, status: int) -> None:
    async with telegram.http.post(f"{telegram.url}/sandbox/{path}", json=body) as answer:
        assert answer.status == status
        assert (await answer.json())["ok"] is False


async def test_half_a_surrogate_pair_from_a_browser(telegram: Telegram) -> None:
    raw = json.dumps({"text": "a\ud83d"})
    body = await telegram.page("POST", f"{CHAT}/send", data=raw, headers={"Content-Type": "application/json"})
    assert body["messages"][0]["text"] == "a\ufffd"
    assert await telegram.fails("sendMessage", chat_id=OWNER, text="a\ud83d") == (
        "400 Bad Request: strings must be encoded in UTF-8"
    )


GUARDED = [
    ({"Host": "evil.example"}, 403),
    ({"Host": "127.0.0.1.evil.example:80"}, 403),
    ({"Host": "["}, 403),
    ({"Origin": "https://evil.example"}, 403),
    ({"Origin": "null"}, 403),
    ({"Origin": "http://127.0.0.1:1"}, 403),
    ({"Sec-Fetch-Site": "cross-site"}, 403),
    ({"Sec-Fetch-Site": "same-origin"}, 200),
    ({"Host": "localhost:5"}, 200),
    ({"Host": "[::1]:5"}, 200),
    ({}, 200),
]


@pytest.mark.parametrize(("headers", "status"), GUARDED)
@pytest.mark.parametrize("path", ["/sandbox/api/state", f"/bot{TOKEN}/getMe"])
async def test_only_this_machine_and_our_own_page(
    telegram: Telegram, path: str, headers: dict[str, str], status: int
) -> None:
    async with telegram.http.get(telegram.url + path, headers=headers) as answer:
        assert answer.status == status


async def test_our_own_page_may_post_and_connect(telegram: Telegram) -> None:
    headers = {"Origin": telegram.url}
    await telegram.page("POST", f"{CHAT}/send", json={"text": "x"}, headers=headers)
    async with telegram.http.ws_connect(f"{telegram.url}/sandbox/ws", headers=headers):
        pass
    with pytest.raises(aiohttp.WSServerHandshakeError):
        await telegram.http.ws_connect(
            f"{telegram.url}/sandbox/ws", headers={"Origin": "http://evil.example"}
        )


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.com", ""])  # noqa: S104 - must be refused
async def test_binding_elsewhere_is_refused(host: str) -> None:
    with pytest.raises(ValueError, match="loopback"):
        await SandboxServer(Sandbox(TOKEN)).start(host)


async def test_the_page_is_served_from_its_folder_only(telegram: Telegram) -> None:
    for path in ("/sandbox/web/..%2fstate.py", "/sandbox/web/%2e%2e/state.py", "/sandbox/web/none.js"):
        async with telegram.http.get(telegram.url + path) as answer:
            assert answer.status == 404


async def test_it_lives_beside_other_routes_of_an_application() -> None:
    async def healthy(_request: web.Request) -> web.Response:
        return web.Response(text="ok")

    sandbox = Sandbox(TOKEN)
    app = web.Application()
    app.router.add_get("/healthz", healthy)
    attach(app, sandbox)
    async with TestClient(TestServer(app)) as client:
        for path, status in (("/healthz", 200), ("/sandbox/api/state", 403)):
            answer = await client.get(path, headers={"Host": "nexus.example"})
            assert answer.status == status
        assert (await client.get(f"/bot{TOKEN}/getMe")).status == 200
