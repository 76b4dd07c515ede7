"""Is a picture made to fit, upright, and never a bomb?"""

import io
import random
from pathlib import Path

import pytest
from PIL import Image

from core.errors import Rejected
from core.media.fitting import fit

BOTH = ("JPEG", "PNG")


def saved(tmp_path: Path, image: Image.Image, kind: str, **options: object) -> Path:
    path = tmp_path / "picture"
    image.save(path, kind, **options)
    return path


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    draw = random.Random(5)  # noqa: S311 - pixels, not secrets
    size = width * height * len(mode)
    return Image.frombytes(mode, (width, height), draw.randbytes(size))


async def test_what_fits_is_left_alone(tmp_path: Path) -> None:
    path = saved(tmp_path, noise(40, 30), "PNG")
    picture = await fit(path, formats=BOTH, max_bytes=10**6, max_side=100)
    assert picture.content == path.read_bytes()
    assert (picture.format, picture.width, picture.height) == ("PNG", 40, 30)
    assert (picture.mime, picture.ending) == ("image/png", "png")


async def test_a_format_that_is_not_taken_becomes_the_first(tmp_path: Path) -> None:
    path = saved(tmp_path, noise(40, 30), "WEBP")
    picture = await fit(path, formats=("JPEG",), max_bytes=10**6, max_side=100)
    assert picture.format == "JPEG"
    assert Image.open(io.BytesIO(picture.content)).format == "JPEG"


async def test_transparency_becomes_white(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("RGBA", (8, 8), (255, 0, 0, 0)), "PNG")
    picture = await fit(path, formats=("JPEG",), max_bytes=10**6, max_side=100)
    pixel = Image.open(io.BytesIO(picture.content)).convert("RGB").getpixel((4, 4))
    assert isinstance(pixel, tuple)
    assert min(pixel) > 250


@pytest.mark.parametrize("limit", [400_000, 60_000])
async def test_bytes_and_pixels_are_kept_to(tmp_path: Path, limit: int) -> None:
    path = saved(tmp_path, noise(900, 700), "PNG")
    picture = await fit(path, formats=BOTH, max_bytes=limit, max_side=800)
    assert len(picture.content) <= limit
    assert max(picture.width, picture.height) <= 800
    assert picture.width / picture.height == pytest.approx(900 / 700, rel=0.02)


async def test_it_stands_upright_and_tells_no_place(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x8825] = {1: "N"}  # where it was taken
    path = saved(tmp_path, noise(40, 20), "JPEG", exif=exif)
    picture = await fit(path, formats=BOTH, max_bytes=10**6, max_side=100)
    assert (picture.width, picture.height) == (20, 40)
    assert not Image.open(io.BytesIO(picture.content)).getexif()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-picture"),
        (b"MZ not a picture", "not-a-picture"),
        (b"\x89PNG\r\n\x1a\nxx", "not-a-picture"),
    ],
)
async def test_what_is_no_picture_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "file.png"
    path.write_bytes(content)
    with pytest.raises(Rejected) as caught:
        await fit(path, formats=BOTH, max_bytes=10**6, max_side=100)
    assert caught.value.error_code == code


async def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = saved(tmp_path, Image.new("1", (20_000, 20_000)), "PNG")
    assert path.stat().st_size < 200_000
    with pytest.raises(Rejected) as caught:
        await fit(path, formats=BOTH, max_bytes=10**6, max_side=100)
    assert caught.value.error_code == "picture-too-large"


async def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Rejected) as caught:
        await fit(tmp_path / "none", formats=BOTH, max_bytes=1, max_side=1)
    assert caught.value.error_code == "media-missing"


async def test_what_can_never_fit_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path, noise(600, 600), "PNG")
    with pytest.raises(Rejected) as caught:
        await fit(path, formats=("JPEG",), max_bytes=100, max_side=600)
    assert caught.value.error_code == "picture-too-heavy"


@pytest.mark.parametrize(
    "content",
    [
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n%%EndComments\n%%EOF\n",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"PK\x03\x04" + bytes(40),
        b"P6 10 10 255\n" + bytes(300),
    ],
)
async def test_only_what_cameras_and_browsers_make_is_opened(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "picture.jpg"
    path.write_bytes(content)
    with pytest.raises(Rejected) as caught:
        await fit(path, formats=BOTH, max_bytes=10**6, max_side=100)
    assert caught.value.error_code == "not-a-picture"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP"])
async def test_a_picture_that_was_tampered_with_is_a_picture_or_refused(tmp_path: Path, kind: str) -> None:
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    noise(24, 16).save(buffer, kind, **({"exif": exif} if kind in {"JPEG", "PNG", "WEBP"} else {}))
    dice = random.Random(7)  # noqa: S311 - a repeatable choice, not a secret
    path = tmp_path / "picture"
    codes = set()
    for _ in range(150):
        content = bytearray(buffer.getvalue())
        for _ in range(dice.randint(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        path.write_bytes(content[: dice.randint(4, len(content))])
        try:
            await fit(path, formats=("JPEG",), max_bytes=10**6, max_side=100)
        except Rejected as error:
            codes.add(error.error_code)
    assert "not-a-picture" in codes
    assert codes <= {"not-a-picture", "picture-too-large"}


async def test_of_a_film_of_a_thousand_pictures_one_is_unpacked(tmp_path: Path) -> None:
    frames = [Image.new("P", (200, 200), number % 250) for number in range(300)]
    path = tmp_path / "picture"
    frames[0].save(path, "GIF", save_all=True, append_images=frames[1:])
    picture = await fit(path, formats=("JPEG",), max_bytes=10**6, max_side=1000)
    assert (picture.width, picture.height) == (200, 200)
