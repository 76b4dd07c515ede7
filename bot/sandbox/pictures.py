"""Is this a picture Telegram can show, and how large is it?"""

import struct

from bot.sandbox.limits import PHOTO_SIDES_RATIO, PHOTO_SIDES_SUM
from bot.sandbox.refusals import bad_request

FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""JPEG markers that carry the picture's size."""


def picture_size(data: bytes) -> tuple[str, int, int] | None:
    """MIME type, width and height in pixels of a PNG, JPEG, GIF or WebP; nothing for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return "image/png", width, height
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return "image/gif", width, height
    if data.startswith(b"\xff\xd8"):
        return _jpeg(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp(data)
    return None


def check_photo(data: bytes) -> tuple[str, int, int]:
    """Type and size of a photo. Raises `Refusal` 400 for what Telegram cannot process or finds misshapen."""
    found = picture_size(data)
    if found is None:
        raise bad_request("IMAGE_PROCESS_FAILED")
    _, width, height = found
    if min(width, height) < 1 or width + height > PHOTO_SIDES_SUM:
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    if max(width, height) > PHOTO_SIDES_RATIO * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return found


def _jpeg(data: bytes) -> tuple[str, int, int] | None:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker in FRAMES:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return "image/jpeg", width, height
        at += 1 if marker == 0xFF else 2 + int(struct.unpack(">H", data[at + 2 : at + 4])[0])
    return None


def _webp(data: bytes) -> tuple[str, int, int] | None:
    kind = data[12:16]
    if kind == b"VP8X":
        return (
            "image/webp",
            1 + int.from_bytes(data[24:27], "little"),
            1 + int.from_bytes(data[27:30], "little"),
        )
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return "image/webp", 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        width, height = struct.unpack("<HH", data[26:30])
        return "image/webp", width & 0x3FFF, height & 0x3FFF
    return None
