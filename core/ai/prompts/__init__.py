"""Which words are sent to the model? Text files beside this one, and a version that follows from their content."""

import hashlib
from functools import cache
from pathlib import Path

import yaml

_FOLDER = Path(__file__).resolve().parent
_ALL = ("*.txt", "*.yaml", "platforms/*.txt")


@cache
def text(name: str) -> str:
    """Return the file called ``name`` (``post``, ``platforms/telegram``)."""
    return (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").strip()


@cache
def manners(platform: str) -> str:
    """Return how to write for ``platform``; general advice for one without a file of its own."""
    own = _FOLDER / "platforms" / f"{platform}.txt"
    known = platform.isidentifier() and own.is_file()
    return text(f"platforms/{platform}" if known else "platforms/generic")


@cache
def kinds() -> dict[str, str]:
    """Return what each kind of post is for."""
    loaded: dict[str, str] = yaml.safe_load((_FOLDER / "kinds.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def faults() -> dict[str, str]:
    """Return how each finding is told to the model that repairs a text."""
    loaded: dict[str, str] = yaml.safe_load((_FOLDER / "faults.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def tools() -> dict[str, str]:
    """Return what each rewriting tool asks for."""
    loaded: dict[str, str] = yaml.safe_load((_FOLDER / "tools.yaml").read_text(encoding="utf-8"))
    return loaded


@cache
def version() -> str:
    """Return a name for these words, kept with every text made from them: it changes when any of them does."""
    digest = hashlib.sha256()
    for path in sorted(found for pattern in _ALL for found in _FOLDER.glob(pattern)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return f"post-{digest.hexdigest()[:10]}"
