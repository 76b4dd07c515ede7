"""Which files does Telegram take, alone or together, and by which call?"""

from collections.abc import Mapping, Sequence

from core.media.store import SCHEME
from core.platforms.base import Fix, MediaItem, MediaKind, Problem, Severity

ALBUM_LIMIT = 10
_MB = 1024 * 1024

METHODS: Mapping[MediaKind, str] = {
    MediaKind.IMAGE: "sendPhoto",
    MediaKind.VIDEO: "sendVideo",
    MediaKind.ANIMATION: "sendAnimation",
    MediaKind.AUDIO: "sendAudio",
    MediaKind.DOCUMENT: "sendDocument",
}
FIELDS: Mapping[MediaKind, str] = {
    MediaKind.IMAGE: "photo",
    MediaKind.VIDEO: "video",
    MediaKind.ANIMATION: "animation",
    MediaKind.AUDIO: "audio",
    MediaKind.DOCUMENT: "document",
}
# Kinds that may stand in one album: photos and videos mix; documents and audio keep to themselves.
_TOGETHER = (
    frozenset({MediaKind.IMAGE, MediaKind.VIDEO}),
    frozenset({MediaKind.DOCUMENT}),
    frozenset({MediaKind.AUDIO}),
)


def shows_picture(kind: MediaKind) -> bool:
    """True for kinds that can hide behind a spoiler and have their caption above."""
    return kind in {MediaKind.IMAGE, MediaKind.VIDEO, MediaKind.ANIMATION}


def is_upload(item: MediaItem) -> bool:
    """True when the bytes are ours to send, false when Telegram fetches an address."""
    return item.url.startswith(SCHEME)


def check(media: Sequence[MediaItem]) -> list[Problem]:
    """What Telegram would refuse about these files."""
    problems: list[Problem] = []
    if len(media) > ALBUM_LIMIT:
        problems.append(
            _blocking("too-many-files", {"count": len(media), "limit": ALBUM_LIMIT}),
        )
    kinds = {item.kind for item in media}
    if len(media) > 1 and not any(kinds <= together for together in _TOGETHER):
        problems.append(_blocking("mixed-album"))
    for number, item in enumerate(media, start=1):
        if not is_upload(item) and not item.url.lower().startswith(("http://", "https://")):
            problems.append(_blocking("media-address", {"number": number}))
        limit = size_limit(item)
        if item.size is not None and item.size > limit:
            params: dict[str, str | int] = {
                "number": number, "megabytes": -(-item.size // _MB), "limit": limit // _MB,
            }  # fmt: skip
            problems.append(_blocking("file-too-large", params))
    return problems


def size_limit(item: MediaItem) -> int:
    """Bytes: what may be uploaded, or what Telegram fetches by itself."""
    photo = item.kind is MediaKind.IMAGE
    if is_upload(item):
        return (10 if photo else 50) * _MB
    return (5 if photo else 20) * _MB


def _blocking(code: str, params: Mapping[str, str | int] | None = None) -> Problem:
    return Problem(code, Severity.BLOCKING, params or {}, (Fix.EDIT,))
