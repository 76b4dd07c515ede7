"""Does a film of a phone or a browser become MP4, and is everything else left as it came?"""

import asyncio
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest

from core.media import video

FFMPEG = imageio_ffmpeg.get_ffmpeg_exe()


def film(folder: Path, ending: str, codec: str, size: str = "321x241") -> bytes:
    """Make a second of moving picture with a tone, of odd sides as browsers record them."""
    made = folder / f"film.{ending}"
    subprocess.run(
        [
            FFMPEG, "-loglevel", "error", "-f", "lavfi", "-i", f"testsrc=size={size}:rate=10:duration=1",
            "-f", "lavfi", "-i", "sine=duration=1", "-c:v", codec, "-metadata", "location=+55.75+037.61/",
            str(made),
        ],
        check=True,
    )  # fmt: skip
    return made.read_bytes()


def said_of(content: bytes, folder: Path) -> str:
    path = folder / "given.mp4"
    path.write_bytes(content)
    return subprocess.run([FFMPEG, "-i", str(path)], capture_output=True, text=True, check=False).stderr


@pytest.mark.parametrize(
    ("ending", "codec"), [("webm", "libvpx"), ("mov", "mpeg4"), ("mkv", "mpeg4"), ("avi", "mpeg4")]
)
async def test_a_film_becomes_mp4(tmp_path: Path, ending: str, codec: str) -> None:
    content = await video.as_mp4(film(tmp_path, ending, codec), ending, program=FFMPEG)
    assert content is not None
    assert content[4:8] == b"ftyp"
    told = said_of(content, tmp_path)
    assert "Video: h264" in told
    assert "yuv420p" in told
    assert "320x240" in told
    assert "Audio: aac" in told


async def test_where_it_was_recorded_is_not_told(tmp_path: Path) -> None:
    content = await video.as_mp4(film(tmp_path, "mov", "mpeg4"), "mov", program=FFMPEG)
    assert content is not None
    assert "55.75" not in said_of(content, tmp_path)


async def test_it_is_made_no_wider_than_platforms_take(tmp_path: Path) -> None:
    content = await video.as_mp4(film(tmp_path, "mov", "mpeg4", "2560x1440"), "mov", program=FFMPEG)
    assert content is not None
    assert "1920x1080" in said_of(content, tmp_path)


async def test_what_is_no_film_is_left_alone(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    playlist = f"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nfile://{secret}\n#EXT-X-ENDLIST\n".encode()
    assert await video.as_mp4(playlist, "mov", program=FFMPEG) is None
    assert await video.as_mp4(b"nothing", "webm", program=FFMPEG) is None


async def test_without_ffmpeg_nothing_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert await video.as_mp4(b"film", "mov") is None


@pytest.mark.parametrize(
    ("ending", "foreign"), [("mp4", False), ("MOV", True), ("webm", True), ("gif", False)]
)
def test_mp4_is_left_as_it_is(ending: str, foreign: bool) -> None:
    assert video.is_foreign(ending) is foreign


async def test_a_converter_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = tmp_path / "ffmpeg"
    hangs.write_text("#!/bin/sh\nexec sleep 600\n")
    hangs.chmod(0o755)
    monkeypatch.setattr(video, "_SECONDS", 0.2)
    async with asyncio.timeout(10):
        assert await video.as_mp4(b"film", "mov", program=str(hangs)) is None
