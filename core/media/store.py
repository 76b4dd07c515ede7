"""Where do the files of posts live? On local disk, named by the hash of their content; see also ``core.media.remote``."""

import asyncio
import hashlib
import os
import re
import secrets
from pathlib import Path

from core.errors import NotFound

_NAME = re.compile(r"[0-9a-f]{64}\.[a-z0-9]{1,8}")
SCHEME = "media://"


class MediaStore:
    """Keeps files under ``root/<first two hex digits>/<sha256>.<ext>``; the same content is kept once."""

    def __init__(self, root: Path) -> None:
        self._root = root

    async def save(self, content: bytes, extension: str) -> str:
        """Store ``content`` and return its ``media://`` address. Survives a crash: written aside, then renamed."""
        suffix = re.sub(r"[^a-z0-9]", "", extension.lower())[:8] or "bin"
        name = f"{hashlib.sha256(content).hexdigest()}.{suffix}"
        await asyncio.to_thread(self._write, self._path(name), content)
        return SCHEME + name

    async def load(self, url: str) -> bytes:
        """Read what ``save`` stored. Raises ``NotFound`` when the file is gone."""
        try:
            return await asyncio.to_thread((await self.local(url)).read_bytes)
        except FileNotFoundError:
            raise self.missing(url) from None

    async def local(self, url: str) -> Path:
        """Return the file on this machine. Raises ``NotFound`` when there is none."""
        path = self.path(url)
        if not await asyncio.to_thread(path.is_file):
            raise self.missing(url)
        return path

    @staticmethod
    def missing(url: str) -> NotFound:
        """Say that there is no such file."""
        return NotFound("a media file of this post is missing from the media folder", url=url)

    def path(self, url: str) -> Path:
        """Return where the file of a ``media://`` address belongs, there or not. Raises ``NotFound`` for anything else."""
        name = url.removeprefix(SCHEME)
        if not url.startswith(SCHEME) or not _NAME.fullmatch(name):
            raise NotFound("not an address of the media folder", url=url)
        return self._path(name)

    def _path(self, name: str) -> Path:
        return self._root / name[:2] / name

    @staticmethod
    def _write(path: Path, content: bytes) -> None:
        if path.exists():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        # A name of its own: the same picture may be saved twice at once, from several machines too.
        aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
