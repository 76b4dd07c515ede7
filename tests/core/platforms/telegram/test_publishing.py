"""Does what was rendered arrive in the channel, and is every doubt about it admitted?"""

import dataclasses
import traceback
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.sandbox import Sandbox
from core.errors import AuthExpired, OutcomeUnknown, PlatformError, RateLimited, Rejected, Transient
from core.platforms.base import MediaItem, MediaKind, Post, Sent, Target
from core.platforms.telegram import PLATFORM
from core.platforms.telegram.publishing import post_url, sent_from
from tests.core.platforms.telegram.conftest import TOKEN, png, with_chat

RICH = "**Ура** 😀 [ссылка](https://e.org/)\n> цитата `код`"


async def publish(target: Target, post: Post) -> list[Sent]:
    """Send all parts, as the publisher does."""
    rendering = PLATFORM.render(post, {})
    assert not rendering.problems
    sent: list[Sent] = []
    for part in rendering.parts:
        sent.append(await PLATFORM.publish(target, part, key="k", earlier=tuple(sent)))
    return sent


def messages(sandbox: Sandbox) -> list[dict[str, Any]]:
    """What stands in the channel, oldest first."""
    return [post.content | {"media": post.media, "markup": post.markup} for post in sandbox.messages("@acme")]


async def photo(target: Target, shade: int = 0) -> MediaItem:
    return MediaItem(MediaKind.IMAGE, await target.media.save(png(shade), "png"))


async def failure(call: Any) -> PlatformError:
    with pytest.raises(PlatformError) as caught:
        await call
    assert TOKEN not in "".join(traceback.format_exception(caught.value)) + repr(caught.value.params)
    return caught.value


async def test_text_arrives_as_previewed(target: Target, sandbox: Sandbox) -> None:
    (sent,) = await publish(target, Post(RICH))
    (part,) = PLATFORM.render(Post(RICH), {}).parts
    (message,) = messages(sandbox)
    assert message["text"] == part.text
    assert message["entities"] == list(part.entities)
    assert sent == Sent((sent.post_ids[0],), f"https://t.me/acme/{sent.post_ids[0]}")


async def test_files_arrive(target: Target, sandbox: Sandbox) -> None:
    pdf = MediaItem(MediaKind.DOCUMENT, await target.media.save(b"%PDF-1.4", "pdf"), file_name='От"чёт.pdf')
    mp3 = MediaItem(MediaKind.AUDIO, await target.media.save(b"ID3", "mp3"))
    mp4 = MediaItem(MediaKind.VIDEO, await target.media.save(b"....ftyp", "mp4"))
    gif = MediaItem(MediaKind.ANIMATION, await target.media.save(b"GIF89a", "gif"))
    for item in (await photo(target), pdf, mp3, mp4, gif):
        await publish(target, Post("*подпись*", (item,)))
    found = messages(sandbox)
    assert [one["media"]["kind"] for one in found] == ["photo", "document", "audio", "video", "animation"]
    assert all(one["caption"] == "подпись" and one["caption_entities"] for one in found)
    assert sandbox.files[found[1]["media"]["file"]].name == "От_чёт.pdf"


async def test_an_album_keeps_its_order(target: Target, sandbox: Sandbox) -> None:
    video = MediaItem(MediaKind.VIDEO, await target.media.save(b"....ftyp", "mp4"))
    album = (await photo(target, 1), video, await photo(target, 2))
    (sent,) = await publish(target, Post("**все**", album))
    found = messages(sandbox)
    assert len(sent.post_ids) == len(found) == 3
    assert [one["media"]["kind"] for one in found] == ["photo", "video", "photo"]
    contents = [sandbox.storage.read_blob(one["media"]["file"]) for one in found]
    assert contents == [png(1), b"....ftyp", png(2)]
    assert found[0]["caption"] == "все"
    assert len({one["media_group_id"] for one in found}) == 1
    await PLATFORM.delete(target, sent)  # type: ignore[misc]
    assert messages(sandbox) == []


async def test_addresses_are_passed_on(target: Target, sandbox: Sandbox) -> None:
    picture = MediaItem(MediaKind.IMAGE, "https://e.org/a.jpg")
    (part,) = PLATFORM.render(Post("", (picture,)), {}).parts
    assert isinstance(await failure(PLATFORM.publish(target, part, key="", earlier=())), Rejected)
    assert sandbox.journal.calls("sendPhoto")[-1].params["photo"] == "https://e.org/a.jpg"
    (part,) = PLATFORM.render(Post("", (picture, await photo(target))), {}).parts
    await failure(PLATFORM.publish(target, part, key="", earlier=()))
    call = sandbox.journal.calls("sendMediaGroup")[-1]
    assert '"https://e.org/a.jpg"' in call.params["media"]
    assert '"attach://file1"' in call.params["media"]


async def test_a_thread_answers_its_first_message(target: Target, sandbox: Sandbox) -> None:
    first, *others = await publish(target, Post("", (await photo(target),), thread=("раз", "два", "три")))
    replies = [post.reply_to for post in sandbox.messages("@acme")]
    assert replies == [None, int(first.post_ids[0]), int(first.post_ids[0])]
    assert len(others) == 2
    # The first message is gone meanwhile: the thread goes on all the same.
    await PLATFORM.delete(target, first)  # type: ignore[misc]
    parts = PLATFORM.render(Post("", thread=("a", "b")), {}).parts
    await PLATFORM.publish(target, parts[1], key="", earlier=(first,))


async def test_text_below_and_buttons(target: Target, sandbox: Sandbox) -> None:
    buttons = [[{"text": "Open", "url": "https://e.org/"}]]
    await publish(
        target,
        Post(
            "x" * 2000,
            (await photo(target), await photo(target, 3)),
            options={"text_below": True, "buttons": buttons},
        ),
    )
    *_, below = sandbox.messages("@acme")
    assert below.reply_to is None
    assert below.content["text"] == "x" * 2000
    assert below.markup == {"inline_keyboard": buttons}


async def test_edit_and_delete(target: Target, sandbox: Sandbox) -> None:
    edit, delete = PLATFORM.edit, PLATFORM.delete
    assert edit is not None
    assert delete is not None
    (text,) = await publish(target, Post("old"))
    (album,) = await publish(target, Post("old", (await photo(target), await photo(target, 4))))
    (new,) = PLATFORM.render(Post(RICH), {}).parts
    for _ in range(2):  # the second time Telegram says "message is not modified"
        await edit(target, text, new)
    (new_album,) = PLATFORM.render(Post("**new**", (await photo(target), await photo(target, 4))), {}).parts
    await edit(target, album, new_album)
    found = messages(sandbox)
    assert (found[0]["text"], found[0]["entities"]) == (new.text, list(new.entities))
    assert (found[1]["caption"], found[1]["caption_entities"][0]["type"]) == ("new", "bold")
    assert isinstance(await failure(edit(target, text, new_album)), Rejected)
    for sent in (text, album, text):  # what is gone already counts as removed
        await delete(target, sent)
    assert messages(sandbox) == []
    assert isinstance(await failure(edit(target, text, new)), Rejected)


@pytest.mark.parametrize(
    ("fault", "error", "arrived"),
    [
        ("refuse", OutcomeUnknown, False),
        ("hang", OutcomeUnknown, False),
        ("hang_after", OutcomeUnknown, True),
        ("cut", OutcomeUnknown, True),
        ("malformed", OutcomeUnknown, True),
        ("500_before", OutcomeUnknown, False),
        ("500_after", OutcomeUnknown, True),
        ("401", AuthExpired, False),
        ("403", AuthExpired, False),
        ("400", Rejected, False),
        ("409", Transient, False),
        ("429", RateLimited, False),
    ],
)
@pytest.mark.parametrize("kind", ["text", "album"])
async def test_every_fault(
    target: Target, sandbox: Sandbox, fault: str, error: type[PlatformError], arrived: bool, kind: str
) -> None:
    media = (await photo(target), await photo(target, 5)) if kind == "album" else ()
    (part,) = PLATFORM.render(Post("x", media), {}).parts
    sandbox.faults.add(fault, part.method, seconds=2, retry_after=17)
    caught = await failure(PLATFORM.publish(target, part, key="", earlier=()))
    assert type(caught) is error
    assert bool(messages(sandbox)) is arrived
    assert len(sandbox.journal.calls(part.method)) == 1
    if isinstance(caught, RateLimited):
        assert caught.retry_at == target.clock.now() + timedelta(seconds=17)
    if not arrived:
        await PLATFORM.publish(target, part, key="", earlier=())


@pytest.mark.parametrize("fault", ["hang", "cut", "500_after", "malformed"])
async def test_edits_and_deletions_may_be_repeated(target: Target, sandbox: Sandbox, fault: str) -> None:
    (sent,) = await publish(target, Post("old"))
    (new,) = PLATFORM.render(Post("new"), {}).parts
    assert PLATFORM.edit is not None
    assert PLATFORM.delete is not None
    for call in (partial(PLATFORM.edit, target, sent, new), partial(PLATFORM.delete, target, sent)):
        sandbox.faults.add(fault, seconds=2)
        assert type(await failure(call())) is Transient
        await call()
    assert messages(sandbox) == []


async def test_nobody_listens(target: Target) -> None:
    nowhere = dataclasses.replace(target, api_base="http://127.0.0.1:9")
    (part,) = PLATFORM.render(Post("x"), {}).parts
    error = await failure(PLATFORM.publish(nowhere, part, key="", earlier=()))
    assert type(error) is Transient
    assert error.error_code == "refused"


async def test_refusals_say_who_must_act(target: Target, sandbox: Sandbox) -> None:
    (part,) = PLATFORM.render(Post("x"), {}).parts

    async def refused(of: Target) -> tuple[type, str]:
        error = await failure(PLATFORM.publish(of, part, key="", earlier=()))
        return type(error), error.error_code

    assert await refused(with_chat(target, "@nobody")) == (AuthExpired, "chat-not-found")
    assert await refused(with_chat(target, "@acme", "999999:WRONG")) == (AuthExpired, "bad-token")
    channel = sandbox.channel("@acme")
    assert channel is not None
    channel.admins["123456"] = {"can_post_messages": False}
    assert await refused(target) == (AuthExpired, "rights-missing")
    del channel.admins["123456"]
    assert await refused(target) == (AuthExpired, "bot-removed")


async def test_a_missing_file_is_told_before_anything_is_sent(target: Target, sandbox: Sandbox) -> None:
    lost = MediaItem(MediaKind.IMAGE, f"media://{'0' * 64}.png")
    for media in ((lost,), (await photo(target), lost)):
        (part,) = PLATFORM.render(Post("x", media), {}).parts
        error = await failure(PLATFORM.publish(target, part, key="", earlier=()))
        assert (type(error), error.error_code) == (Rejected, "media-missing")
    assert sandbox.journal.calls() == []


async def test_a_group_that_became_a_supergroup(target: Target) -> None:
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        chat_id = (await request.json())["chat_id"]
        asked.append(chat_id)
        if chat_id == "-5":
            body: dict[str, Any] = {
                "ok": False, "error_code": 400, "description": "Bad Request: group chat was upgraded to a supergroup chat",
                "parameters": {"migrate_to_chat_id": -1005},
            }  # fmt: skip
            return web.json_response(body, status=400)
        return web.json_response({"ok": True, "result": {"message_id": 3, "chat": {"id": -1005}}})

    app = web.Application()
    app.router.add_post("/{token}/{method}", answer)
    (part,) = PLATFORM.render(Post("x"), {}).parts
    async with TestServer(app) as server:
        moved = dataclasses.replace(with_chat(target, "-5"), api_base=str(server.make_url("")))
        sent = await PLATFORM.publish(moved, part, key="", earlier=())
    assert asked == ["-5", "-1005"]
    assert sent == Sent(("3",), "https://t.me/c/5/3")


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (200, "{}", OutcomeUnknown),
        (200, "[]", OutcomeUnknown),
        (200, '{"ok":true}', OutcomeUnknown),
        (200, '{"ok":true,"result":true}', OutcomeUnknown),
        (200, '{"ok":true,"result":[]}', OutcomeUnknown),
        (200, '{"ok":false,"error_code":400,"description":"Bad Request: x"}', Rejected),
        (403, "<html>proxy</html>", Rejected),
        (404, "<html>not here</html>", Rejected),
        (408, "<html>slow</html>", OutcomeUnknown),
        (413, "<html>nginx</html>", Rejected),
        (302, "", Rejected),
    ],
)
async def test_answers_of_something_else(
    target: Target, status: int, body: str, error: type[PlatformError]
) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    (part,) = PLATFORM.render(Post("x"), {}).parts
    async with TestServer(app) as server:
        elsewhere = dataclasses.replace(target, api_base=str(server.make_url("/")))
        assert type(await failure(PLATFORM.publish(elsewhere, part, key="", earlier=()))) is error


def test_links() -> None:
    assert post_url({"id": -1001234, "username": "acme"}, 5) == "https://t.me/acme/5"
    assert post_url({"id": -1001234}, 5) == "https://t.me/c/1234/5"
    assert post_url({"id": 42}, 5) is None
    assert post_url(None, 5) is None
    with pytest.raises(OutcomeUnknown):
        sent_from([{"message_id": 1}, {}])
