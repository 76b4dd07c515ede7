"""How does a picture become small enough to be committed, and where is it kept?"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image

_COLOURS = 72  # of the palette; text stays sharp, and a screen is 20 to 50 KB


@dataclass(frozen=True, slots=True)
class Picture:
    """One screen: whose, what it shows, how one gets there, and the file's bytes."""

    scene: str
    name: str
    title: str
    how: str
    data: bytes

    def path(self, language: str) -> Path:
        """Where it is kept under the gallery's folder."""
        return Path(language) / f"{self.scene}-{self.name}.webp"


def shrunk(source: BytesIO) -> bytes:
    """Return the picture with few colours, without any loss beyond that: a third smaller than PNG."""
    with Image.open(source) as opened:
        made = opened.convert("RGB").quantize(
            colors=_COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE
        )
    target = BytesIO()
    made.convert("RGB").save(target, format="WEBP", lossless=True, quality=90, method=4)
    return target.getvalue()


def photo(width: int = 900, height: int = 600) -> bytes:
    """Return a picture an owner might attach: a sea at dusk, drawn here."""
    made = Image.new("RGB", (1, height))
    for row in range(height):
        share = row / height
        sky = (250 - int(120 * share), 176 - int(60 * share), 150 + int(30 * share))
        sea = (38 + int(30 * share), 70 + int(40 * share), 110 + int(30 * share))
        made.putpixel((0, row), sky if share < 0.55 else sea)
    target = BytesIO()
    made.resize((width, height)).save(target, format="JPEG", quality=80)
    return target.getvalue()
