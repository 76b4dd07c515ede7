"""How is the gallery read? One page with a table for each family: what it is, how one gets there, both languages."""

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

from scripts.gallery.pictures import Picture
from scripts.gallery.scene import Scene

_HEAD = """# The gallery

Every screen of the chat in Russian and English, on a phone 390 points wide, against the local Telegram. The pictures are
taken by tapping and typing as an owner does; `[…]` is a button, `“…”` is typed. `make gallery` takes them anew
([how](../../CONTRIBUTING.md#the-gallery)). The product is the demo's, which writes in Russian; a stand-in for the model
writes its texts.
"""
_TABLE = "| screen | how one gets there | по-русски | in English |\n|---|---|---|---|"


def keep(folder: Path, language: str, scene: str, pictures: Sequence[Picture]) -> None:
    """Write the pictures of a scene; those it does not take any more are removed."""
    (folder / language).mkdir(parents=True, exist_ok=True)
    kept = {folder / picture.path(language) for picture in pictures}
    for picture in pictures:
        (folder / picture.path(language)).write_bytes(picture.data)
    for old in (folder / language).glob(f"{scene}-*.webp"):
        if old not in kept:
            old.unlink()


def write(folder: Path, scenes: Sequence[Scene], taken: Sequence[Picture]) -> None:
    """Write the page. A scene without a picture in ``taken`` keeps the table it has; forgotten scenes lose theirs."""
    page = folder / "README.md"
    blocks = _blocks(page.read_text(encoding="utf-8")) if page.exists() else {}
    for scene in scenes:
        rows = [_row(picture) for picture in taken if picture.scene == scene.name]
        if rows:
            blocks[scene.title] = "\n".join([f"## {scene.title}\n\n{_TABLE}", *rows])
    shown = [blocks[scene.title] for scene in scenes if scene.title in blocks]
    page.write_text("\n\n".join([_HEAD.strip(), *shown]) + "\n", encoding="utf-8")
    for language in ("ru", "en"):
        for old in (folder / language).glob("*.webp"):
            if old.name.partition("-")[0] not in {scene.name for scene in scenes}:
                old.unlink()


def _blocks(page: str) -> dict[str, str]:
    parts = re.split(r"^(?=## )", page, flags=re.MULTILINE)[1:]
    return {part.splitlines()[0].removeprefix("## "): part.strip() for part in parts}


def _row(picture: Picture) -> str:
    images = [
        f'<img src="{picture.path(language).as_posix()}" width="240" alt="{escape(picture.title)}">'
        for language in ("ru", "en")
    ]
    how = escape(picture.how, quote=False).replace("|", "\\|").replace("[", "\\[")
    title = escape(picture.title, quote=False).replace("|", "\\|")
    return f"| {title} | {how} | {images[0]} | {images[1]} |"
