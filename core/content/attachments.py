"""What can be done with a post's files? Added, put in order, taken out, described; each is a new version."""

import uuid
from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from core.content import service as content
from core.content.models import Content
from core.content.rendering import media_of
from core.errors import InvalidInput, Stale
from core.platforms.base import MediaItem

MOST = 30  # files; no platform takes more in one post
ALT_LIMIT = 1000  # characters; Mastodon takes 1,500, X 1,000


async def add(
    session: AsyncSession, content_id: uuid.UUID, *, expected_version: int, items: Sequence[MediaItem]
) -> Content:
    """Put ``items`` at the end. Raises ``Stale``, and ``InvalidInput`` when there would be too many."""
    files = await _files(session, content_id, expected_version)
    if len(files) + len(items) > MOST:
        raise InvalidInput(f"a post has at most {MOST} files", reason="too-many-files", limit=MOST)
    return await _save(session, content_id, expected_version, [*files, *items])


async def move(
    session: AsyncSession, content_id: uuid.UUID, *, expected_version: int, position: int, to: int
) -> Content:
    """Move the file at ``position`` (from 0) to ``to``; beyond the ends is the end. Raises ``Stale``."""
    files = await _files(session, content_id, expected_version, position)
    item = files.pop(position)
    files.insert(max(0, to), item)
    return await _save(session, content_id, expected_version, files)


async def remove(
    session: AsyncSession, content_id: uuid.UUID, *, expected_version: int, position: int
) -> Content:
    """Take the file at ``position`` out of the post. Raises ``Stale``."""
    files = await _files(session, content_id, expected_version, position)
    del files[position]
    return await _save(session, content_id, expected_version, files)


async def describe(
    session: AsyncSession, content_id: uuid.UUID, *, expected_version: int, position: int, alt: str
) -> Content:
    """Say what is in the picture, for those who cannot see it. Raises ``Stale`` and ``InvalidInput``."""
    words = " ".join(alt.split())
    if len(words) > ALT_LIMIT:
        raise InvalidInput(f"a description has at most {ALT_LIMIT} characters")
    files = await _files(session, content_id, expected_version, position)
    files[position] = replace(files[position], alt=words)
    return await _save(session, content_id, expected_version, files)


async def _files(
    session: AsyncSession, content_id: uuid.UUID, version: int, position: int | None = None
) -> list[MediaItem]:
    files = list(media_of(await content.at_version(session, content_id, version)))
    if position is not None and not 0 <= position < len(files):
        raise Stale("this file is not there any more", content_id=content_id)
    return files


async def _save(
    session: AsyncSession, content_id: uuid.UUID, version: int, files: Sequence[MediaItem]
) -> Content:
    return await content.edit(session, content_id, expected_version=version, media=files, reason="media")
