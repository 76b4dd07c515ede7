"""How is the gallery made? `.venv/bin/python -m scripts.gallery` or `make gallery`; needs Chromium.

`--only products` plays some scenes (and leaves the committed pages alone), `--language ru` one language, `--to FOLDER`
puts the pictures elsewhere.
"""

import argparse
import asyncio
import logging
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path

import structlog
from playwright.async_api import Browser, async_playwright

from scripts.gallery import index
from scripts.gallery.phone import unlocked
from scripts.gallery.pictures import Picture
from scripts.gallery.scene import Scene
from scripts.gallery.scenes import SCENES
from scripts.gallery.world import Start, world
from tests.bot.sandbox.chat_page import CHROMIUM, FLAGS
from tests.e2e.processes import ROOT

_SCENE_SECONDS = 180.0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def _play(browser: Browser, language: str, scenes: Sequence[Scene]) -> tuple[list[Picture], list[str]]:
    """Play the scenes in one language; gives the pictures, and the scenes that came to grief."""
    taken: list[Picture] = []
    failed: list[str] = []
    for start in Start:
        here = [scene for scene in scenes if scene.start is start]
        if not here:
            continue
        async with world(start) as (url, model), unlocked(browser, url, language, model) as phone:
            for scene in here:
                phone.begin(scene.name)
                began, before = time.monotonic(), len(phone.taken)
                try:
                    async with asyncio.timeout(_SCENE_SECONDS):
                        await scene.play(phone)
                except Exception:  # noqa: BLE001 - one broken scene is told, the others are still worth their time
                    failed.append(f"{scene.name} ({language})")
                    _say(
                        f"  {scene.name}: FAILED after {' → '.join(phone.trail)}\n{traceback.format_exc(limit=-4)}"
                    )
                    await phone.no_faults()
                    model.faults.clear()
                count, seconds = len(phone.taken) - before, time.monotonic() - began
                _say(f"  {language} {scene.name}: {count} pictures in {seconds:.0f} s")
            taken += phone.taken
    return taken, failed


async def _make(folder: Path, scenes: Sequence[Scene], languages: Sequence[str], *, whole: bool) -> int:
    taken: dict[str, list[Picture]] = {}
    failed: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        # Both languages at once: most of the time is spent waiting for a screen to come to rest.
        played = await asyncio.gather(*(_play(browser, language, scenes) for language in languages))
        for language, (pictures, broken) in zip(languages, played, strict=True):
            taken[language] = pictures
            failed += broken
        await browser.close()
    if whole and not failed:
        index.write(folder, scenes, taken)
    else:
        for language, pictures in taken.items():
            for picture in pictures:
                path = folder / picture.path(language)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(picture.data)
    size = sum(len(picture.data) for pictures in taken.values() for picture in pictures)
    count = sum(len(pictures) for pictures in taken.values())
    _say(f"{count} pictures, {size / 1e6:.1f} MB, in {folder}. Look at them before you commit them.")
    if failed:
        _say("Skipped, because something went wrong: " + ", ".join(failed))
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
    whole = not chosen.only and not chosen.language
    sys.exit(asyncio.run(_make(chosen.to, scenes, languages, whole=whole)))


if __name__ == "__main__":
    main()
