"""How is the gallery read? One page with a table for each family: what it is, how one gets there, both languages."""

from collections.abc import Mapping, Sequence
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


def write(folder: Path, scenes: Sequence[Scene], taken: Mapping[str, Sequence[Picture]]) -> None:
    """Write the pictures and the page; pictures that no scene takes any more are removed."""
    kept = set()
    for language, pictures in taken.items():
        (folder / language).mkdir(parents=True, exist_ok=True)
        for picture in pictures:
            path = folder / picture.path(language)
            path.write_bytes(picture.data)
            kept.add(path)
    for old in [*folder.glob("ru/*.png"), *folder.glob("en/*.png")]:
        if old not in kept:
            old.unlink()
    (folder / "README.md").write_text(_page(scenes, taken), encoding="utf-8")


def _page(scenes: Sequence[Scene], taken: Mapping[str, Sequence[Picture]]) -> str:
    blocks = [_HEAD]
    for scene in scenes:
        rows = [picture for picture in taken["en"] if picture.scene == scene.name]
        blocks.append(
            f"## {scene.title}\n\n| screen | how one gets there | по-русски | in English |\n|---|---|---|---|"
        )
        blocks[-1] += "".join(f"\n{_row(picture)}" for picture in rows)
    return "\n\n".join(block.strip() for block in blocks) + "\n"


def _row(picture: Picture) -> str:
    images = [
        f'<img src="{picture.path(language)}" width="240" alt="{escape(picture.title)}">'
        for language in ("ru", "en")
    ]
    how = escape(picture.how, quote=False).replace("|", "\\|").replace("[", "\\[")
    title = escape(picture.title, quote=False).replace("|", "\\|")
    return f"| {title} | {how} | {images[0]} | {images[1]} |"
