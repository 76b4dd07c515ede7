"""The chats survive a restart, a `kill -9`, and a line cut short."""

import asyncio
import subprocess
import sys
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox import OWNER_ID, FolderInUse, Sandbox, SandboxServer, add_history, ensure_channel
from bot.sandbox.model import dump
from tests.bot.sandbox.conftest import TOKEN, Telegram, png

OWNER = 1_000_001
ROOT = Path(__file__).parents[3]


async def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    sandbox = Sandbox(TOKEN, folder=tmp_path)
    async with SandboxServer(sandbox) as server, aiohttp.ClientSession() as http:
        telegram = Telegram(sandbox, server.url, http)
        await telegram.say("/start")
        await telegram.updates()
        form = aiohttp.FormData({"chat_id": str(OWNER), "caption": "фото"})
        form.add_field("photo", png(), filename="a.png")
        photo = await telegram.ok("sendPhoto", data=form)
        channel = (await telegram.page("POST", "api/channels", json={"title": "Acme", "username": "acme"}))[
            "chat"
        ]["id"]
        await telegram.ok("sendMessage", chat_id=channel, text="пост")
        gone = await telegram.ok("sendMessage", chat_id=channel, text="gone")
        await telegram.ok("deleteMessage", chat_id=channel, message_id=gone["message_id"])
        await telegram.ok("setMyCommands", commands=[{"command": "new", "description": "x"}])
        await telegram.say("не прочитано")
        before = await telegram.page("GET", "api/state")
        waiting = await telegram.ok("getUpdates")
    sandbox.close()

    again = Sandbox(TOKEN, folder=tmp_path)
    async with SandboxServer(again) as server, aiohttp.ClientSession() as http:
        telegram = Telegram(again, server.url, http)
        after = await telegram.page("GET", "api/state")
        assert {**after, "version": 0} == {**before, "version": 0}
        assert await telegram.ok("getUpdates") == waiting
        assert [post.content.get("text") for post in again.messages(channel)][1:] == ["пост"]
        new = await telegram.ok("sendMessage", chat_id=channel, text="next")
        assert new["message_id"] == gone["message_id"] + 1, "a number is never used twice"
        file = await telegram.ok("getFile", file_id=photo["photo"][-1]["file_id"])
        async with http.get(f"{server.url}/file/bot{TOKEN}/{file['file_path']}") as answer:
            assert await answer.read() == png()
        await telegram.say("id goes on")
        assert (await telegram.ok("getUpdates"))[-1]["update_id"] == waiting[-1]["update_id"] + 1
    again.close()


def test_a_line_cut_short_never_happened(tmp_path: Path) -> None:
    sandbox = Sandbox(TOKEN, folder=tmp_path)
    channel = sandbox.add_channel("Kept")
    sandbox.storage.commit()
    sandbox.add_channel("Torn")
    sandbox.close()
    log = tmp_path / "state.jsonl"
    log.write_bytes(log.read_bytes()[:-20])
    again = Sandbox(TOKEN, folder=tmp_path)
    assert [chat.title for chat in again.chats.values()] == ["Kept"]
    assert again.channel(channel.id) is not None
    again.close()


def test_one_folder_is_for_one_sandbox(tmp_path: Path) -> None:
    first = Sandbox(TOKEN, folder=tmp_path)
    with pytest.raises(FolderInUse, match="another sandbox is running"):
        Sandbox(TOKEN, folder=tmp_path)
    first.close()
    Sandbox(TOKEN, folder=tmp_path).close()


def test_what_another_version_wrote_is_left_out(tmp_path: Path) -> None:
    sandbox = Sandbox(TOKEN, folder=tmp_path)
    chat = sandbox.add_channel("Kept")
    sandbox.storage.put(f"chat/{chat.key}", {**dump(chat), "from_the_future": 1})
    sandbox.close()
    again = Sandbox(TOKEN, folder=tmp_path)
    assert again.channel(chat.id) == chat
    again.close()


def test_seeding_twice_changes_nothing(tmp_path: Path) -> None:
    for _ in range(2):
        sandbox = Sandbox(TOKEN, folder=tmp_path)
        chat = ensure_channel(sandbox, "Acme", "acme", members=900, description="Часы")
        if len(sandbox.messages("@acme")) == 1:
            add_history(sandbox, chat, sandbox.bots[123456], "<b>Первый</b> пост", date=1_700_000_000)
        posts = sandbox.messages("@acme")
        assert [post.date for post in posts[1:]] == [1_700_000_000]
        assert (chat.admins, chat.members) == ({"123456": {}}, 900)
        sandbox.close()


async def test_kill_9_loses_nothing_that_was_answered(tmp_path: Path) -> None:
    options = ["--token", TOKEN, "--folder", str(tmp_path)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.sandbox", *options, stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    try:
        assert process.stdout is not None
        url = (await process.stdout.readline()).decode().strip()
        async with aiohttp.ClientSession() as http:
            for number in range(30):
                body = {"text": f"m{number}"}
                async with http.post(f"{url}/sandbox/api/chats/{OWNER_ID}/send", json=body) as answer:
                    assert answer.status == 200
    finally:
        process.kill()
        await process.communicate()
    sandbox = Sandbox(TOKEN, folder=tmp_path)
    assert [post.content["text"] for post in sandbox.messages(OWNER)] == [
        f"m{number}" for number in range(30)
    ]
    sandbox.close()


def test_the_sandbox_needs_neither_aiogram_nor_nexus() -> None:
    code = (
        "import sys, bot.sandbox, bot.sandbox.__main__\n"
        "print(sorted({name.split('.')[0] for name in sys.modules} & {'aiogram', 'core', 'workers', 'sqlalchemy'}))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert found.stdout.strip() == "[]"


@pytest.mark.parametrize("token", ["x", "123", "123:", "a:b", ":b", "²:b"])
def test_a_token_begins_with_a_number(token: str) -> None:
    with pytest.raises(ValueError, match="bot token"):
        Sandbox(token)
