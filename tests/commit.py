"""Which commit was measured, and on what? Named in the documents that commands write."""

import os
import platform
import subprocess
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]


def commit() -> str:
    """Name the commit, and say so when the tree is not that commit's."""
    return _git("rev-parse", "--short", "HEAD") + (" with changes" if _git("status", "--porcelain") else "")


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], cwd=_ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()


def machine() -> str:
    """Return what the figures of a written page were measured on."""
    return f"{os.cpu_count()} processors, Python {platform.python_version()}, {platform.platform()}"
