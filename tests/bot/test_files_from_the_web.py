"""Does the address of a file do as well as the file, and does a phone's film become one that platforms take?"""

import ipaddress
import shutil
from collections.abc import AsyncGenerator
from pathlib import Path

import imageio_ffmpeg
import pytest
from aiogram.types import Video
from aiohttp import web

from bot.screens.attachments import web as from_web
from core.channels.models import Channel
from core.content.rendering import media_of
from core.media.fetching import Address
from core.platforms.base import MediaKind
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.test_desk_flow import draft_of
from tests.core.media.test_video import film


def only_one(address: Address) -> bool:
    """Stands for the internet; the rest of the loopback network is private."""
    return address == ipaddress.ip_address("127.0.0.1")


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[str]:
    monkeypatch.setattr(from_web, "MAY_FETCH_FROM", only_one)

    def gives(content: bytes, mime: str) -> web.Response:
        return web.Response(body=content, content_type=mime)

    async def serve(request: web.Request) -> web.Response:
        match request.match_info["name"]:
            case "cat.jpg":
                return gives(b"jpeg", "image/jpeg")
            case "dance.gif":
                return gives(b"GIF89a", "image/gif")
            case "price list.pdf":
                return gives(b"%PDF", "application/pdf")
            case "page":
                return gives(b"<html>", "text/html")
            case "inside":
                raise web.HTTPFound(f"http://127.0.0.2:{request.url.port}/cat.jpg")
        raise web.HTTPNotFound

    app = web.Application()
    app.router.add_get("/{name}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_files_behind_addresses_join_the_post(
    owner: Person, runtime: Runtime, channel: Channel, site: str
) -> None:
    await owner.sends_photo("a", caption="Look")
    await owner.taps("Media · 1")
    await owner.taps("Add")
    for name in ("cat.jpg", "dance.gif", "price%20list.pdf"):
        await owner.says(f" {site}/{name} ")
        assert "Files of post #1" in owner.text
    media = media_of(await draft_of(runtime))
    assert [(item.kind, item.file_name) for item in media[1:]] == [
        (MediaKind.IMAGE, ""),
        (MediaKind.ANIMATION, "dance.gif"),
        (MediaKind.DOCUMENT, "price list.pdf"),
    ]
    assert await runtime.media.load(media[1].url) == b"jpeg"
    assert media[1].size == 4


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/page", "a page behind this address"),
        ("/nothing", "no file at this address"),
        ("/inside", "private network"),
    ],
)
async def test_an_address_without_a_file_is_explained_and_changes_nothing(
    owner: Person, runtime: Runtime, channel: Channel, site: str, path: str, said: str
) -> None:
    await owner.sends_photo("a", caption="Look")
    await owner.taps("Media · 1")
    await owner.taps("Add")
    await owner.says(site + path)
    assert said in owner.text
    draft = await draft_of(runtime)
    assert (len(draft.media), draft.version) == (1, 1)
    await owner.says(f"{site}/cat.jpg")  # and the next one is taken
    assert len((await draft_of(runtime)).media) == 2


async def test_nobody_but_the_open_web_is_asked(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await owner.sends_photo("a", caption="Look")
    await owner.taps("Media · 1")
    await owner.taps("Add")
    await owner.says("http://127.0.0.1:8085/readyz")
    assert "private network" in owner.text
    assert len((await draft_of(runtime)).media) == 1


async def test_a_film_of_a_phone_becomes_mp4(
    owner: Person, runtime: Runtime, channel: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = film(tmp_path, "mov", "mpeg4")
    program = imageio_ffmpeg.get_ffmpeg_exe()
    monkeypatch.setattr(shutil, "which", lambda _: program)
    owner.telegram.files["clip"] = given
    clip = Video(
        file_id="clip", file_unique_id="clip", width=1, height=1, duration=1, file_size=len(given), file_name="IMG_1.MOV"
    )  # fmt: skip
    await owner.sends(video=clip, caption="Look")
    (item,) = (await draft_of(runtime)).media
    assert item["file_name"] == "IMG_1.mp4"
    assert item["url"].endswith(".mp4")
    assert (await runtime.media.load(item["url"]))[4:8] == b"ftyp"


async def test_without_ffmpeg_the_film_is_kept_as_it_came(
    owner: Person, runtime: Runtime, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    owner.telegram.files["clip"] = b"film"
    clip = Video(
        file_id="clip",
        file_unique_id="clip",
        width=1,
        height=1,
        duration=1,
        file_size=4,
        file_name="IMG_1.MOV",
    )
    await owner.sends(video=clip, caption="Look")
    (item,) = (await draft_of(runtime)).media
    assert item["file_name"] == "IMG_1.MOV"
    assert await runtime.media.load(item["url"]) == b"film"
