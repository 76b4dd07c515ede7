"""How does Instagram get a picture? As JPEG, of a shape it takes, at an address it can fetch.

It refuses pictures wider than 1.91:1 and taller than 4:5; such a picture gets margins of its own edge colour, because
cutting it would lose what the owner wants to show.
"""

import asyncio
import io

from PIL import Image, ImageOps

from core.media.store import SCHEME
from core.platforms.base import MediaItem, MediaKind, Target
from core.platforms.instagram.mapping import MEDIA
from core.platforms.media_files import address, ready

_WIDEST, _TALLEST = 1.91, 0.8  # width by height


async def fetchable(target: Target, item: MediaItem) -> str:
    """Return where Instagram can fetch the file. Raises ``Rejected``: missing, no picture, no PUBLIC_URL."""
    if item.kind is not MediaKind.IMAGE or not item.url.startswith(SCHEME):
        return await address(target, item)
    file = await ready(target, item, MEDIA)
    content = await asyncio.to_thread(_shaped, file.content)
    return target.public_address(await target.media.save(content, "jpg"))


def _shaped(content: bytes) -> bytes:
    image = Image.open(io.BytesIO(content))
    ratio = image.width / image.height
    if _TALLEST <= ratio <= _WIDEST:
        return content
    if ratio > _WIDEST:
        size = (image.width, round(image.width / _WIDEST) + 1)
    else:
        size = (round(image.height * _TALLEST) + 1, image.height)
    edge = image.convert("RGB").getpixel((0, 0))
    padded = ImageOps.pad(image.convert("RGB"), size, color=edge if isinstance(edge, tuple) else None)
    buffer = io.BytesIO()
    padded.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()
