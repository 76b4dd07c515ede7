"""Which picture goes with what a rule writes? The one whose address the event names, fetched and kept; or none, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog

from core.automations import texts
from core.errors import InvalidInput
from core.media import fetching
from core.media.remote import BucketAway
from core.platforms.base import MediaItem, MediaKind
from core.runtime import Runtime

log = structlog.get_logger(__name__)

PROBLEM = "picture"  # why the owner is asked, and what the draft's card then says
MAY_FETCH_FROM = fetching.is_public
_MOST = 20 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Found:
    """The picture, or none with the reason: missing, not-an-image, not-kept, or as ``fetching.fetch`` says."""

    items: tuple[MediaItem, ...] = ()
    problem: str | None = None


async def fetch(runtime: Runtime, address: str, known: Mapping[str, Any]) -> Found:
    """Fetch the picture, outside of any transaction. Nothing that goes wrong with it stops the post."""
    filled = texts.fill_plain(address, known)
    if filled.missing or not filled.text.strip():
        return _none("missing")
    try:
        url, mime = await fetching.fetch(
            runtime.media, filled.text.strip(), max_bytes=_MOST, allowed=MAY_FETCH_FROM
        )
    except InvalidInput as error:
        return _none(str(error.params["reason"]))
    except BucketAway:
        return _none("not-kept")
    if mime.partition("/")[0] != "image":
        return _none("not-an-image")
    path = await runtime.media.local(url)
    kind = MediaKind.ANIMATION if mime == "image/gif" else MediaKind.IMAGE
    return Found((MediaItem(kind=kind, url=url, size=path.stat().st_size),))


def _none(reason: str) -> Found:
    log.info("picture_not_taken", reason=reason)
    return Found(problem=reason)
