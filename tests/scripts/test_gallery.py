"""Is every screen in the gallery, and does every scene's vocabulary still exist?"""

import ast
from collections import Counter
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.i18n import LANGUAGES
from scripts.gallery import index, stage
from scripts.gallery.labels import beginning
from scripts.gallery.pictures import Picture, photo, shrunk
from scripts.gallery.scenes import SCENES

ROOT = Path(__file__).resolve().parents[2]
GALLERY = ROOT / "docs" / "gallery"


# The digest of the morning: a scene would have to sleep through quiet hours. Its samples are with the notifications.
AFTER_A_NIGHT = {"news"}


def test_every_folder_of_screens_has_a_scene() -> None:
    folders = {path.parent.name for path in (ROOT / "bot" / "screens").glob("*/__init__.py")}
    shown = {name for scene in SCENES for name in scene.screens}
    assert folders - shown == AFTER_A_NIGHT, "a new family of screens gets a scene in scripts/gallery/scenes"
    assert shown - folders == set(), "a scene names a folder that is not there"


def test_scenes_have_names_of_their_own() -> None:
    assert max(Counter(scene.name for scene in SCENES).values()) == 1


@pytest.mark.parametrize(
    "path", sorted((ROOT / "scripts" / "gallery" / "scenes").glob("*.py")), ids=lambda p: p.stem
)
def test_every_tap_is_of_a_text_that_exists(path: Path) -> None:
    keys = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        first = node.args[0] if node.args else None
        if node.func.attr in {"tap", "tap_exactly", "label"} and isinstance(first, ast.Constant):
            keys.add(str(first.value))
        keys |= {
            str(k.value.value)
            for k in node.keywords
            if k.arg == "until" and isinstance(k.value, ast.Constant)
        }
    for key in keys:
        for language in LANGUAGES:
            assert beginning(language, key), f"{key} ({language}) has no words to look for"


def test_the_committed_pictures_are_the_ones_the_page_shows() -> None:
    page = (GALLERY / "README.md").read_text(encoding="utf-8")
    pictures = sorted(path.relative_to(GALLERY).as_posix() for path in GALLERY.glob("*/*.webp"))
    assert pictures
    assert [name for name in pictures if f'src="{name}"' not in page] == []
    assert page.count("<img ") == len(pictures)
    assert sum((GALLERY / name).stat().st_size for name in pictures) < 15_000_000


def test_a_picture_gets_small_and_the_page_tells_the_way(tmp_path: Path) -> None:
    with Image.open(BytesIO(photo())) as opened:
        source = BytesIO()
        opened.save(source, format="PNG")
    small = shrunk(source)
    assert len(small) < 20_000
    picture = Picture(SCENES[0].name, "x", "A | title", "/start → [⏸ <Pause>]", small)
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / f"{SCENES[0].name}-of-yesterday.webp").write_bytes(b"")
    for language in LANGUAGES:
        index.keep(tmp_path, language, SCENES[0].name, [picture])
    index.write(tmp_path, SCENES, [picture])
    assert not (tmp_path / "ru" / f"{SCENES[0].name}-of-yesterday.webp").exists()
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "/start → \\[⏸ &lt;Pause>]" in page or "/start → \\[⏸ &lt;Pause&gt;]" in page
    assert f'<img src="ru/{SCENES[0].name}-x.webp"' in page


def test_a_retake_of_one_scene_leaves_the_others_on_the_page(tmp_path: Path) -> None:
    first, second = (Picture(scene.name, "x", "Of yesterday", "/start", b"") for scene in SCENES[:2])
    again = Picture(first.scene, "y", "Of today", "/start", b"")
    for taken in ([first, second], [again]):
        for picture in taken:
            index.keep(tmp_path, "en", picture.scene, [picture])
            index.keep(tmp_path, "ru", picture.scene, [picture])
        index.write(tmp_path, SCENES, taken)
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if line.startswith("## ")] == [
        f"## {scene.title}" for scene in SCENES[:2]
    ]
    assert f'src="en/{again.scene}-y.webp"' in page
    assert f'src="en/{second.scene}-x.webp"' in page
    assert f"{first.scene}-x.webp" not in page
    assert sorted(path.name for path in (tmp_path / "en").iterdir()) == sorted(
        [f"{again.scene}-y.webp", f"{second.scene}-x.webp"]
    )


def test_the_clock_of_the_stage_stands_still_but_keeps_the_order(tmp_path: Path) -> None:
    file = tmp_path / "clock"
    stage.move(file, 1_795_665_600.0)
    clock = stage.StageClock(file)
    first, second = clock.now(), clock.now()
    assert first <= second < first + timedelta(seconds=1)
    stage.move(file, 1_795_665_620.0)
    assert clock.now() >= first + timedelta(seconds=19)
