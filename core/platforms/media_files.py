"""What bytes does a file of a post become for a platform? Pictures made to fit, other files as they are."""

import mimetypes
from asyncio import to_thread
from dataclasses import dataclass

from core.errors import NotFound, Rejected
from core.media.fitting import fit
from core.media.store import SCHEME
from core.platforms.base import MediaItem, MediaKind, Target
from core.platforms.media_rules import MediaRules


@dataclass(frozen=True, slots=True)
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
    try:
        found = await to_thread(target.media.path(item.url).is_file)
    except NotFound:
        found = False
    if not found:
        raise _missing(item)
    return target.public_address(item.url)


async def fitted_address(target: Target, item: MediaItem, rules: MediaRules) -> str:
    """Return where the platform can fetch the file, a picture made to fit. Raises as ``address`` and ``ready``."""
    if item.kind is not MediaKind.IMAGE or not item.url.startswith(SCHEME):
        return await address(target, item)
    file = await ready(target, item, rules)
    return target.public_address(await target.media.save(file.content, file.name.rpartition(".")[2]))


async def ready(target: Target, item: MediaItem, rules: MediaRules) -> Upload:
    """Return what to upload for ``item``. Raises ``Rejected``: the file is missing, no picture, or too heavy."""
    if not item.url.startswith(SCHEME):
        raise Rejected(
            "this platform takes files, not addresses; send the file itself to the chat",
            error_code="media-address",
        )
    try:
        path = target.media.path(item.url)
        if item.kind is MediaKind.IMAGE:
            picture = await fit(
                path,
                formats=rules.picture_formats,
                max_bytes=rules.picture_bytes,
                max_side=rules.picture_side,
            )
            stem = item.file_name.rpartition(".")[0] or "picture"
            return Upload(
                picture.content, f"{stem}.{picture.ending}", picture.mime, (picture.width, picture.height)
            )
        content = await target.media.load(item.url)
    except NotFound:
        raise _missing(item) from None
    limit = rules.bytes_of.get(item.kind)
    if limit is not None and len(content) > limit:
        raise Rejected("a file of this post is larger than this platform takes", error_code="file-too-large")
    mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Upload(content, item.file_name or path.name, mime)


def _missing(item: MediaItem) -> Rejected:
    return Rejected(
        "a file of this post is missing from the media folder",
        error_code="media-missing",
        file=item.file_name or item.url,
    )
