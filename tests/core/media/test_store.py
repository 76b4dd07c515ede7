"""Are files kept once, whole, and only where they belong?"""

import asyncio
from pathlib import Path

import pytest

from core.errors import NotFound
from core.media.store import MediaStore


def _files(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


async def test_the_same_content_is_kept_once(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    first, second = await store.save(b"cat", "JPG"), await store.save(b"cat", "jpg")
    assert first == second
    assert await store.load(first) == b"cat"
    assert _files(tmp_path) == 1


@pytest.mark.parametrize(
    "url",
    [
        "media://../../etc/passwd",
        "media://" + "a" * 64,
        "media://" + "A" * 64 + ".jpg",
        "https://example.org/a.jpg",
        "media://" + "a" * 64 + ".jpg/x",
    ],
)
def test_other_addresses_are_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(NotFound):
        MediaStore(tmp_path).path(url)


async def test_a_strange_extension_cannot_leave_the_folder(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    url = await store.save(b"x", "../../evil")
    assert store.path(url).is_relative_to(tmp_path)


async def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="missing"):
        await MediaStore(tmp_path).load("media://" + "0" * 64 + ".jpg")


async def test_the_same_content_may_be_saved_many_times_at_once(tmp_path: Path) -> None:
    store = MediaStore(tmp_path)
    content = b"cat" * 1_000_000
    urls = await asyncio.gather(*(store.save(content, "jpg") for _ in range(12)))
    assert len(set(urls)) == 1
    assert await store.load(urls[0]) == content
    assert _files(tmp_path) == 1
