"""What bytes does a file of a post become for a platform? Pictures made to fit, other files as they are."""

import mimetypes
from asyncio import to_thread
from dataclasses import dataclass, replace
from pathlib import Path

from core.errors import InvalidInput, NotFound, Rejected, Transient
from core.media import fetching
from core.media.fitting import fit
from core.media.remote import BucketAway
from core.media.store import SCHEME
from core.platforms.base import MediaItem, MediaKind, Target
from core.platforms.carrying import room
from core.platforms.media_rules import MB, MediaRules

_FETCH_LIMIT = 50 * MB
MAY_FETCH_FROM = fetching.is_public


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Upload:
    """A file ready to be uploaded. ``size`` is the picture's in pixels, None for other files."""

    content: bytes
    name: str
    mime: str
    size: tuple[int, int] | None = None


async def address(target: Target, item: MediaItem) -> str:
    """Return where the platform can fetch the file of ``item``. Raises ``Rejected``: missing, or no PUBLIC_URL."""
    if not item.url.startswith(SCHEME):
        return item.url
    await stored(target, item)
    return target.public_address(item.url)


async def fitted_address(target: Target, item: MediaItem, rules: MediaRules) -> str:
    """Return where the platform can fetch the file, a picture made to fit. Raises as ``address`` and ``ready``."""
    if item.kind is not MediaKind.IMAGE or not item.url.startswith(SCHEME):
        return await address(target, item)
    file = await ready(target, item, rules)
    return target.public_address(await target.media.save(file.content, file.name.rpartition(".")[2]))


async def ready(target: Target, item: MediaItem, rules: MediaRules) -> Upload:
    """Return what to upload for ``item``. Raises ``Rejected``: the file is missing, no picture, or too heavy.

    Raises ``RateLimited`` while too much is being uploaded already.
    """
    if not item.url.startswith(SCHEME):
        item = await _fetched(target, item, rules)
    path = await stored(target, item)
    size = (await to_thread(path.stat)).st_size
    await room.take(size)
    try:
        upload = await _read(item, path, rules)
    except BaseException:
        room.give_back(size)
        raise
    room.give_back_with(upload, size)
    return upload


async def _read(item: MediaItem, path: Path, rules: MediaRules) -> Upload:
    if item.kind is MediaKind.IMAGE:
        picture = await fit(
            path, formats=rules.picture_formats, max_bytes=rules.picture_bytes, max_side=rules.picture_side
        )
        stem = item.file_name.rpartition(".")[0] or "picture"
        return Upload(
            picture.content, f"{stem}.{picture.ending}", picture.mime, (picture.width, picture.height)
        )
    content = await to_thread(path.read_bytes)
    limit = rules.bytes_of.get(item.kind)
    if limit is not None and len(content) > limit:
        raise Rejected("a file of this post is larger than this platform takes", error_code="file-too-large")
    mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Upload(content, item.file_name or path.name, mime)


async def _fetched(target: Target, item: MediaItem, rules: MediaRules) -> MediaItem:
    """Take a file from the web, for a platform that is given files. Private addresses are refused."""
    try:
        url, _ = await fetching.fetch(
            target.media,
            item.url,
            max_bytes=rules.bytes_of.get(item.kind, _FETCH_LIMIT),
            allowed=MAY_FETCH_FROM,
        )
    except InvalidInput as error:
        code = str(error.params["reason"])
        if code == "unreachable":
            raise Transient(str(error), error_code=code) from None
        raise Rejected(str(error), error_code=code, file=item.url) from None
    return replace(item, url=url)


async def stored(target: Target, item: MediaItem) -> Path:
    """Return the file on this machine. Raises ``Rejected`` when it is missing, ``Transient`` when the bucket is away."""
    try:
        return await target.media.local(item.url)
    except NotFound:
        raise Rejected(
            "a file of this post is missing from the media folder",
            error_code="media-missing",
            file=item.file_name or item.url,
        ) from None
    except BucketAway as error:
        raise Transient(str(error), error_code=error.code) from None
