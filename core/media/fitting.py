"""How does a picture become one that a platform takes? Another format, fewer pixels, fewer bytes; never more of any."""

import asyncio
import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from core.errors import Rejected

# A small file may hold a picture of gigabytes. Above this a picture is refused before it is unpacked.
MAX_PIXELS = 80_000_000
# What cameras, phones and browsers make. Others are not even tried: reading EPS, for one, starts a program.
_READABLE = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "BMP", "TIFF")
_QUALITIES = (90, 82, 74, 65, 55)
_SHRINK = 0.8  # of the longer side, when quality alone does not save enough
_SMALLEST_SIDE = 320  # pixels; a picture that must be smaller than this to fit is of no use

# What Pillow raises for files that are cut short, or made to confuse it.
_BROKEN = (
    UnidentifiedImageError, OSError, SyntaxError, ValueError, TypeError, LookupError, EOFError, OverflowError, struct.error,
    zlib.error,
)  # fmt: skip

_MIME = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WEBP": "image/webp"}
_ENDING = {"JPEG": "jpg", "PNG": "png", "GIF": "gif", "WEBP": "webp"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture ready to be uploaded; sizes are in pixels."""

    content: bytes
    format: str  # Pillow's name
    width: int
    height: int

    @property
    def mime(self) -> str:
        """The media type, such as "image/jpeg"."""
        return _MIME[self.format]

    @property
    def ending(self) -> str:
        """The file name's ending, such as "jpg"."""
        return _ENDING[self.format]


async def fit(path: Path, *, formats: tuple[str, ...], max_bytes: int, max_side: int) -> Picture:
    """Return the picture at ``path`` in one of ``formats``, at most ``max_bytes`` long and ``max_side`` pixels wide and high.

    One that fits is returned byte for byte, except that the camera's rotation is applied and location data is dropped
    with it. Raises ``Rejected``: not a picture, too many pixels, cannot be made small enough.
    """
    return await asyncio.to_thread(_fit, path, formats, max_bytes, max_side)


def _fit(path: Path, formats: tuple[str, ...], max_bytes: int, max_side: int) -> Picture:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Rejected(
            "a file of this post is missing from the media folder", error_code="media-missing"
        ) from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about tags that make no sense; the picture is what counts
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            Image.init()  # makes every name in the list known; the first time only
            opened = Image.open(io.BytesIO(content), formats=_READABLE)
            if opened.width * opened.height > MAX_PIXELS:
                raise _refused("picture-too-large", "the picture has too many pixels")
            opened.load()
            turned = bool(opened.getexif())
            upright = ImageOps.exif_transpose(opened) if turned else opened
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise _refused("picture-too-large", "the picture has too many pixels") from None
        except _BROKEN:
            raise _refused("not-a-picture", "the file is not a picture that can be read") from None
    known = opened.format or ""
    fits = max(opened.size) <= max_side and len(content) <= max_bytes
    if known in formats and fits and not turned:
        return Picture(content, known, *opened.size)
    wanted = known if known in formats else formats[0]
    return _encoded(upright, wanted, formats, max_bytes, max_side)


def _encoded(
    image: Image.Image, wanted: str, formats: tuple[str, ...], max_bytes: int, max_side: int
) -> Picture:
    side = min(max(image.size), max_side)
    for attempt in [wanted, *(["JPEG"] if "JPEG" in formats and wanted != "JPEG" else [])]:
        size = side
        while size >= min(_SMALLEST_SIDE, side):
            smaller = image if max(image.size) <= size else ImageOps.contain(image, (size, size))
            for quality in _QUALITIES if attempt in {"JPEG", "WEBP"} else (None,):
                content = _saved(smaller, attempt, quality)
                if len(content) <= max_bytes:
                    return Picture(content, attempt, *smaller.size)
            size = int(size * _SHRINK)
            if attempt != formats[0] and attempt != "JPEG" and "JPEG" in formats:
                break  # a photograph kept as PNG: JPEG saves more than making it small
    raise _refused("picture-too-heavy", "the picture cannot be made small enough for this platform")


def _saved(image: Image.Image, kind: str, quality: int | None) -> bytes:
    buffer = io.BytesIO()
    if kind == "JPEG":
        _on_white(image).save(buffer, "JPEG", quality=quality or 90, optimize=True, progressive=True)
    elif quality is not None:
        image.save(buffer, kind, quality=quality)
    else:
        image.save(buffer, kind, optimize=True)
    return buffer.getvalue()


def _on_white(image: Image.Image) -> Image.Image:
    """JPEG knows no transparency: what shines through becomes white, not black."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layered = image.convert("RGBA")
        background = Image.new("RGBA", layered.size, (255, 255, 255, 255))
        return Image.alpha_composite(background, layered).convert("RGB")
    return image.convert("RGB")


def _refused(code: str, message: str) -> Rejected:
    return Rejected(message, error_code=code)
