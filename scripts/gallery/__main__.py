"""How is the gallery made? `.venv/bin/python -m scripts.gallery` or `make gallery`; needs Chromium.

`--only products` plays some scenes and leaves the others' pictures alone, `--language ru` one language, `--to FOLDER`
puts the pictures elsewhere.
"""

import argparse
import asyncio
import logging
import sys
import time
import traceback
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import structlog
from playwright.async_api import Browser, async_playwright

from scripts.gallery import index
from scripts.gallery.phone import Phone, unlocked
from scripts.gallery.pictures import Picture
from scripts.gallery.scene import Scene
from scripts.gallery.scenes import SCENES
from scripts.gallery.world import OPENING, Start, world
from tests.bot.sandbox.chat_page import CHROMIUM, FLAGS
from tests.e2e.processes import ROOT

_SCENE_SECONDS = 300.0
_APART = timedelta(minutes=15)  # by the clock of the scenes; each begins at a time of its own


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def _play(
    browser: Browser, folder: Path, language: str, scenes: Sequence[Scene], *, both: bool
) -> tuple[list[Picture], list[str]]:
    """Play the scenes in one language; gives the pictures, and the scenes that came to grief.

    Each is kept at once, and where ``both`` languages are played, the page is, too: what breaks later costs nothing.
    """
    taken: list[Picture] = []
    failed: list[str] = []
    for start in Start:
        mine = [scene for scene in scenes if scene.start is start]
        if not mine:
            continue
        async with world(start, language) as here, unlocked(browser, here, language) as phone:
            for scene in mine:
                began = time.monotonic()
                if await _played(phone, scene):
                    taken += phone.taken
                    index.keep(folder, language, scene.name, phone.taken)
                    if language == "en" and both:
                        index.write(folder, SCENES, phone.taken)
                else:
                    failed.append(f"{scene.name} ({language})")
                seconds = time.monotonic() - began
                _say(f"  {language} {scene.name}: {len(phone.taken)} pictures in {seconds:.0f} s")
    return taken, failed


async def _played(phone: Phone, scene: Scene) -> bool:
    """Play one scene. A broken one is told; the others are still worth their time."""
    await phone.begin(scene.name, OPENING + _APART * (SCENES.index(scene) + 1))
    try:
        async with asyncio.timeout(_SCENE_SECONDS):
            await scene.play(phone)
    except Exception:  # noqa: BLE001 - whatever it was, it is told
        _say(f"  {scene.name}: FAILED after {' → '.join(phone.trail)}\n{traceback.format_exc(limit=-4)}")
        await phone.no_faults()
        phone.model.faults.clear()
        return False
    return True


async def _make(folder: Path, scenes: Sequence[Scene], languages: Sequence[str]) -> int:
    taken: dict[str, list[Picture]] = {}
    failed: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        # Both languages at once: most of the time is spent waiting for a screen to come to rest.
        played = await asyncio.gather(
            *(_play(browser, folder, language, scenes, both=len(languages) > 1) for language in languages)
        )
        for language, (pictures, broken) in zip(languages, played, strict=True):
            taken[language] = pictures
            failed += broken
        await browser.close()
    size = sum(len(picture.data) for pictures in taken.values() for picture in pictures)
    count = sum(len(pictures) for pictures in taken.values())
    _say(f"{count} pictures, {size / 1e6:.1f} MB, in {folder}. Look at them before you commit them.")
    if failed:
        _say("Left as they were, because something went wrong: " + ", ".join(failed))
    return 1 if failed else 0


def main() -> None:
    """Read the options and take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m scripts.gallery", description=__doc__)
    parser.add_argument("--only", nargs="+", default=[], metavar="SCENE", choices=[s.name for s in SCENES])
    parser.add_argument("--language", choices=["ru", "en"])
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "gallery")
    chosen = parser.parse_args()
    if CHROMIUM is None:
        sys.exit("The gallery needs a browser: install chromium, chromium-browser or google-chrome.")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    scenes = [scene for scene in SCENES if not chosen.only or scene.name in chosen.only]
    languages = [chosen.language] if chosen.language else ["ru", "en"]
    sys.exit(asyncio.run(_make(chosen.to, scenes, languages)))


if __name__ == "__main__":
    main()
