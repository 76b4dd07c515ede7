"""Everything Telegram refuses, as one table: the call, and what it says."""

import io
import json
from typing import Any

import aiohttp
import pytest

from bot.sandbox.limits import DOWNLOAD_BYTES, PHOTO_BYTES
from tests.bot.sandbox.conftest import OTHER_TOKEN, Telegram, png

OWNER = 1_000_001


def button(**kind: Any) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "b", **kind}]]}


def text(value: str = "x", **more: Any) -> dict[str, Any]:
    return {"chat_id": OWNER, "text": value, **more}


SENDING = [
    ("empty", text(""), "400 Bad Request: message text is empty"),
    ("blank", text("   "), "400 Bad Request: text must be non-empty"),
    ("4097", text("x" * 4097), "400 Bad Request: message is too long"),
    ("4097 in emoji", text("😀" * 2049), "400 Bad Request: message is too long"),
    ("parse mode", text(parse_mode="INVALID"), "400 Bad Request: unsupported parse_mode"),
    ("markup", text("<b>", parse_mode="HTML"), "400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""),
    ("no chat", {"text": "x"}, "400 Bad Request: chat_id is empty"),
    ("unknown user", {"chat_id": 555, "text": "x"}, "400 Bad Request: chat not found"),
    ("unknown name", {"chat_id": "@nobody", "text": "x"}, "400 Bad Request: chat not found"),
    ("junk", {"chat_id": "not_a_chat", "text": "x"}, "400 Bad Request: chat not found"),
    ("negative", {"chat_id": -1, "text": "x"}, "400 Bad Request: chat not found"),
    ("reply", text(reply_parameters={"message_id": 999}), "400 Bad Request: message to be replied not found"),
    ("reply without id", text(reply_parameters={"quote": "x"}), '400 Bad Request: can\'t find field "message_id"'),
    ("data 65", text(reply_markup=button(callback_data="x" * 65)), "400 Bad Request: BUTTON_DATA_INVALID"),
    ("data 65 in Cyrillic", text(reply_markup=button(callback_data="я" * 33)), "400 Bad Request: BUTTON_DATA_INVALID"),
    ("data 0", text(reply_markup=button(callback_data="")), "400 Bad Request: can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"),
    ("button text", text(reply_markup={"inline_keyboard": [[{"callback_data": "x"}]]}), '400 Bad Request: can\'t parse inline keyboard button: Can\'t find field "text"'),
    ("button url", text(reply_markup=button(url="not-a-url")), "400 Bad Request: inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"),
    ("button ftp", text(reply_markup=button(url="ftp://a.com")), "400 Bad Request: inline keyboard button URL 'ftp://a.com' is invalid: Unsupported URL protocol"),
    ("web app", text(reply_markup=button(web_app={"url": "http://a.com"})), "400 Bad Request: inline keyboard button Web App URL 'http://a.com' is invalid: Only HTTPS links are allowed"),
    ("copy", text(reply_markup=button(copy_text={"text": "x" * 257})), "400 Bad Request: BUTTON_COPY_TEXT_INVALID"),
    ("keyboard", text(reply_markup={"inline_keyboard": "bad"}), '400 Bad Request: field "inline_keyboard" must be of type Array'),
    ("force", text(reply_markup={"force_reply": "yes"}), '400 Bad Request: field "force_reply" must be of type Boolean'),
    ("preview", text(link_preview_options={"url": "not-a-url"}), "400 Bad Request: WEBPAGE_URL_INVALID"),
    ("preview flag", text(link_preview_options={"is_disabled": "yes"}), '400 Bad Request: field "is_disabled" must be of type Boolean'),
]  # fmt: skip


@pytest.mark.parametrize(
    ("params", "refusal"), [case[1:] for case in SENDING], ids=[case[0] for case in SENDING]
)
async def test_send_message_refuses(telegram: Telegram, params: dict[str, Any], refusal: str) -> None:
    assert await telegram.fails("sendMessage", **params) == refusal
    assert [post.id for post in telegram.sandbox.messages(OWNER)] == [1], (
        "a refused message leaves nothing behind"
    )


@pytest.mark.parametrize("value", ["x" * 4096, "😀" * 2048, "<b>" + "x" * 4096 + "</b>"])
async def test_the_longest_text_is_taken(telegram: Telegram, value: str) -> None:
    sent = await telegram.ok("sendMessage", **text(value, parse_mode="HTML" if "<" in value else None))
    assert len(sent["text"].encode("utf-16-le")) == 8192


async def test_captions_end_at_1024(telegram: Telegram) -> None:
    for length, wanted in ((1024, None), (1025, "400 Bad Request: message caption is too long")):
        form = aiohttp.FormData({"chat_id": str(OWNER), "caption": "x" * length})
        form.add_field("photo", png(), filename="a.png", content_type="image/png")
        status, body = await telegram.call("sendPhoto", data=form)
        assert (None if status == 200 else f"{status} {body['description']}") == wanted


def photo_form(data: bytes, kind: str = "photo") -> aiohttp.FormData:
    form = aiohttp.FormData({"chat_id": str(OWNER)})
    form.add_field(kind, io.BytesIO(data), filename="a.png", content_type="image/png")
    return form


async def test_photos_that_telegram_cannot_show(telegram: Telegram) -> None:
    large = png() + b"\0" * PHOTO_BYTES
    for data, refusal in (
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (png(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (png(9000, 1001), "PHOTO_INVALID_DIMENSIONS"),
        (b"", "file must be non-empty"),
        (
            large,
            f"file of size {len(large)} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes",
        ),
    ):
        assert await telegram.fails("sendPhoto", data=photo_form(data)) == f"400 Bad Request: {refusal}"


async def test_uploads_end_at_50_and_downloads_at_20_megabytes(telegram: Telegram) -> None:
    too_large = b"\0" * (52 * 1024 * 1024)
    assert (
        await telegram.fails("sendDocument", data=photo_form(too_large, "document"))
        == "413 Request Entity Too Large"
    )
    sent = await telegram.ok("sendDocument", data=photo_form(b"\0" * (DOWNLOAD_BYTES + 1), "document"))
    file_id = sent["document"]["file_id"]
    assert await telegram.fails("getFile", file_id=file_id) == "400 Bad Request: file is too big"


async def test_a_file_id_belongs_to_one_bot(telegram: Telegram) -> None:
    sent = await telegram.ok("sendPhoto", data=photo_form(png()))
    mine = sent["photo"][-1]["file_id"]
    again = await telegram.ok("sendPhoto", chat_id=OWNER, photo=mine)
    assert again["photo"][-1]["file_unique_id"] == sent["photo"][-1]["file_unique_id"]
    await telegram.page("POST", f"api/chats/{OWNER}/send?bot=777777", json={"text": "/start"})
    wrong = "400 Bad Request: wrong file identifier/HTTP URL specified"
    assert await telegram.fails("sendPhoto", token=OTHER_TOKEN, chat_id=OWNER, photo=mine) == wrong
    assert (
        await telegram.fails("getFile", token=OTHER_TOKEN, file_id=mine) == "400 Bad Request: invalid file_id"
    )
    assert (await telegram.fails("sendVideo", chat_id=OWNER, video=mine)).startswith(
        "400 Bad Request: can't use file"
    )
    network = await telegram.fails("sendPhoto", chat_id=OWNER, photo="https://example.com/a.png")
    assert network == "400 Bad Request: failed to get HTTP URL content"


ALBUMS = [
    ("one", ["photo"], {}, "wrong number of messages in the album"),
    ("eleven", ["photo"] * 11, {}, "too many messages to send as an album"),
    ("mixed", ["photo", "document"], {}, "Document and Audio can't be mixed with other media types in an album"),
    ("animation", ["photo", "animation"], {}, "Can't use the media of the specified type in the album"),
    ("buttons", ["photo", "photo"], {"reply_markup": "{}"}, "reply_markup is not allowed in albums"),
    ("no file", ["photo", "photo"], {"missing": "1"}, "wrong file identifier/HTTP URL specified"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "extra", "refusal"), [case[1:] for case in ALBUMS], ids=[case[0] for case in ALBUMS]
)
async def test_albums_refuse(
    telegram: Telegram, kinds: list[str], extra: dict[str, str], refusal: str
) -> None:
    name = "absent" if "missing" in extra else "part"
    media = [{"type": kind, "media": f"attach://{name}"} for kind in kinds]
    form = aiohttp.FormData({"chat_id": str(OWNER), "media": json.dumps(media), **extra})
    form.add_field("part", png(), filename="a.png")
    assert await telegram.fails("sendMediaGroup", data=form) == f"400 Bad Request: {refusal}"


async def test_edits_refuse(telegram: Telegram) -> None:
    sent = await telegram.ok("sendMessage", **text("same", reply_markup=button(callback_data="d")))
    this = {"chat_id": OWNER, "message_id": sent["message_id"]}
    menu = await telegram.ok("sendMessage", **text(reply_markup={"keyboard": [[{"text": "x"}]]}))
    same = "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    refused = await telegram.fails(
        "editMessageText", **this, text="same", reply_markup=button(callback_data="d")
    )
    assert refused.startswith(same)
    assert (await telegram.ok("editMessageText", **this, text="same")).get("reply_markup") is None
    for method, params, refusal in (
        ("editMessageText", {**this, "message_id": 99, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"chat_id": OWNER, "text": "x"}, "message identifier is not specified"),
        ("editMessageText", {**this, "message_id": 1, "text": "x"}, "message can't be edited"),
        (
            "editMessageText",
            {**this, "message_id": menu["message_id"], "text": "y"},
            "message can't be edited",
        ),
        ("editMessageText", {**this, "text": "x" * 4097}, "message is too long"),
        ("editMessageCaption", {**this, "caption": "x"}, "there is no caption in the message to edit"),
        ("deleteMessage", {**this, "message_id": 99}, "message to delete not found"),
        ("copyMessage", {**this, "from_chat_id": OWNER, "message_id": 99}, "message to copy not found"),
        ("forwardMessage", {**this, "from_chat_id": OWNER, "message_id": 99}, "message to forward not found"),
        ("pinChatMessage", {**this, "message_id": 99}, "message to pin not found"),
        ("sendChatAction", {**this, "action": "dancing"}, "wrong parameter action in request"),
        ("setMessageReaction", {**this, "reaction": [{"type": "emoji", "emoji": "X"}]}, "REACTION_INVALID"),
        ("setMyCommands", {"commands": [{"command": "Bad Name", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        (
            "setMyCommands",
            {"commands": [{"command": "ok", "description": ""}]},
            "BOT_COMMAND_DESCRIPTION_INVALID",
        ),
    ):
        assert await telegram.fails(method, **params) == f"400 Bad Request: {refusal}", method


async def test_a_callback_query_is_answered_once(telegram: Telegram) -> None:
    sent = await telegram.ok("sendMessage", **text(reply_markup=button(callback_data="d")))
    press = await telegram.page(
        "POST", f"api/chats/{OWNER}/press", json={"message_id": sent["message_id"], "data": "d"}
    )
    gone = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    query = {"callback_query_id": press["query_id"]}
    assert await telegram.fails("answerCallbackQuery", token=OTHER_TOKEN, **query) == gone
    assert await telegram.ok("answerCallbackQuery", **query) is True
    assert await telegram.fails("answerCallbackQuery", **query) == gone
    assert await telegram.fails("answerCallbackQuery", callback_query_id="1") == gone


async def test_people_who_never_pressed_start_or_blocked_the_bot(telegram: Telegram) -> None:
    telegram.sandbox.add_person(555)
    first = "403 Forbidden: bot can't initiate conversation with a user"
    assert await telegram.fails("sendMessage", chat_id=555, text="x") == first
    await telegram.say("/start", who=555)
    assert await telegram.ok("sendMessage", chat_id=555, text="x")
    await telegram.page("POST", "api/chats/555/block?as=555", json={"blocked": True})
    assert (
        await telegram.fails("sendMessage", chat_id=555, text="x")
        == "403 Forbidden: bot was blocked by the user"
    )
    kinds = [next(kind for kind in one if kind != "update_id") for one in await telegram.updates()]
    assert kinds == ["message", "my_chat_member"]
    await telegram.say("sorry", who=555)
    kinds = [next(kind for kind in one if kind != "update_id") for one in await telegram.updates()]
    assert kinds == ["my_chat_member", "message"]
    assert await telegram.ok("sendMessage", chat_id=555, text="x")


async def test_rights_in_a_channel(telegram: Telegram, channel: int) -> None:
    post = {"chat_id": channel, "text": "x"}
    outside = "403 Forbidden: bot is not a member of the channel chat"
    assert await telegram.fails("sendMessage", token=OTHER_TOKEN, **post) == outside
    mine = await telegram.ok("sendMessage", **post)
    members = await telegram.fails("getChatMember", token=OTHER_TOKEN, chat_id=channel, user_id=OWNER)
    assert members == "400 Bad Request: member list is inaccessible"
    for rights, method, params, refusal in (
        ({"can_post_messages": False}, "sendMessage", post, "need administrator rights in the channel chat"),
        ({"can_edit_messages": False}, "editMessageText", {**post, "text": "y"}, "message can't be edited"),
        ({"can_delete_messages": False}, "deleteMessage", post, "message can't be deleted"),
        (
            {"can_edit_messages": False},
            "pinChatMessage",
            post,
            "not enough rights to manage pinned messages in the chat",
        ),
        (
            {"can_invite_users": False},
            "createChatInviteLink",
            post,
            "not enough rights to manage chat invite link",
        ),
    ):
        await telegram.page("POST", f"api/chats/{channel}/admins", json={"bot_id": 777777, "rights": rights})
        body = {**params, "message_id": mine["message_id"]}
        assert await telegram.fails(method, token=OTHER_TOKEN, **body) == f"400 Bad Request: {refusal}", (
            method
        )
    await telegram.page("POST", f"api/chats/{channel}/admins", json={"bot_id": 777777, "rights": None})
    assert await telegram.fails("sendMessage", token=OTHER_TOKEN, **post) == outside


async def test_unknown_token_and_method(telegram: Telegram) -> None:
    assert await telegram.fails("getMe", token="1:NO") == "401 Unauthorized"
    assert await telegram.fails("getMyself") == "404 Not Found"
    assert (await telegram.ok("GETME"))["id"] == 123456


async def test_flood_limits_are_off_until_switched_on(telegram: Telegram, channel: int) -> None:
    for number in range(21):
        await telegram.ok("sendMessage", chat_id=channel, text=f"post {number}")
    await telegram.page("POST", "api/flood", json={"enabled": True})
    for number in range(20):
        await telegram.ok("sendMessage", chat_id=channel, text=f"again {number}")
    status, body = await telegram.call("sendMessage", chat_id=channel, text="one too many")
    wait = body["parameters"]["retry_after"]
    assert (status, body["description"]) == (429, f"Too Many Requests: retry after {wait}")
    assert 55 <= wait <= 61
    for number in range(5):
        await telegram.ok("sendMessage", chat_id=OWNER, text=f"card {number}")
    assert (await telegram.fails("sendMessage", chat_id=OWNER, text="card 6")).startswith(
        "429 Too Many Requests"
    )
