"""How does a test run the real command line with nothing but the settings it names?"""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.architecture.sources import ROOT


@dataclass(frozen=True, slots=True)
class Ended:
    """What a finished command said."""

    code: int
    out: str
    err: str


def clean_environment(env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment in which nothing of NEXUS is set but ``env``."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return inherited | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"} | dict(env or {})


def nexus(
    *arguments: str, folder: Path, env: Mapping[str, str] | None = None, stdin: str | None = None
) -> Ended:
    """Run ``nexus`` in ``folder`` to its end."""
    result = subprocess.run(
        [sys.executable, "-W", "error", "-m", "bot", *arguments],
        cwd=folder,
        env=clean_environment(env),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    return Ended(result.returncode, result.stdout, result.stderr)
