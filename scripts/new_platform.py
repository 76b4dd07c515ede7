"""How does a new platform begin? As a folder with every file in its place, registered, its contract tests failing.

    make platform slug=example title=Example

What stands in the files says what has to be written there; `docs/howto/add-a-platform.md` says how.
"""

import argparse
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = Path(__file__).resolve().parent / "platform_template"
_PLACES = {
    "__init__.py.txt": "core/platforms/{slug}/__init__.py",
    "client.py.txt": "core/platforms/{slug}/client.py",
    "mapping.py.txt": "core/platforms/{slug}/mapping.py",
    "publishing.py.txt": "core/platforms/{slug}/publishing.py",
    "connect.py.txt": "core/platforms/{slug}/connect.py",
    "fake.py.txt": "tests/fakes/platforms/{slug}.py",
    "page.md.txt": "docs/platforms/{slug}.md",
}


def main(arguments: list[str], root: Path = ROOT) -> int:
    """Write the files below ``root``; returns the exit code. Nothing is written when anything is in the way."""
    parser = argparse.ArgumentParser(prog="make platform", description=__doc__)
    parser.add_argument("slug", help="small Latin letters and digits, as in the data model's column")
    parser.add_argument("--title", help="how the platform is called; the slug with a capital when left out")
    given = parser.parse_args(arguments)
    slug, title = given.slug, given.title or given.slug.capitalize()
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,30}", slug):
        print(
            f"{slug!r} cannot be a slug: small Latin letters, digits and _, e.g. slug=pixelfed",
            file=sys.stderr,
        )
        return 2
    files = {root / place.format(slug=slug): TEMPLATES / name for name, place in _PLACES.items()}
    taken = [path for path in files if path.exists()]
    if taken:
        print(f"{taken[0].relative_to(root)} is there already", file=sys.stderr)
        return 2
    words = {"SLUG": slug, "TITLE": title, "CLASS": "".join(part.capitalize() for part in slug.split("_"))}
    for path, template in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_filled(template.read_text(encoding="utf-8"), words), encoding="utf-8")
        print(f"wrote {path.relative_to(root)}")
    _register(root / "core/platforms/registry.py", f"    {slug},\n", f"    {slug}.PLATFORM,\n")
    fake = f"Fake{words['CLASS']}"
    _register(
        root / "tests/fakes/platforms/registry.py",
        f"from tests.fakes.platforms.{slug} import {fake}\n",
        f"    {fake},\n",
    )
    print(f"Now: .venv/bin/pytest tests/core/platforms -k {slug}   (it fails until the platform is written)")
    return 0


def _filled(text: str, words: dict[str, str]) -> str:
    for name, word in words.items():
        text = text.replace(f"@{name}@", word)
    return text


def _register(path: Path, imported: str, listed: str) -> None:
    """Add an import after the first of its kind, and an entry at the end of the tuple; `make format` sorts them."""
    text = path.read_text(encoding="utf-8")
    anchor = (
        "from core.platforms import (\n"
        if imported.startswith("    ")
        else "from tests.fakes.platforms.bluesky import FakeBluesky\n"
    )
    position = text.index(anchor) + len(anchor)
    text = text[:position] + imported + text[position:]
    end = text.index("\n)\n", text.index("_ALL: ")) + 1
    path.write_text(text[:end] + listed + text[end:], encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
