"""How does NEXUS get into `.venv`? Standard library only: run by `make` with the machine's own Python.

    python3 scripts/install.py runtime|dev [--check]

Every package comes from a lock file with hashes. A stamp remembers what was installed, so a second run takes no
time; a file lock lets two runs at once wait for each other, and goes with its process when that is killed.
"""

import fcntl
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}


def say(text: str) -> None:
    """Show progress at once, also when the output is not a terminal."""
    print(text, flush=True)


def fingerprint(kind: str) -> str:
    """What an installation of ``kind`` depends on; the folder counts because a virtual environment cannot move."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in (LOCKS[kind], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamp(kind: str) -> Path:
    """Where it is noted what was installed."""
    return VENV / f".installed-{kind}"


def is_installed(kind: str) -> bool:
    """Tell whether ``.venv`` already holds what ``kind`` needs."""
    note = stamp(kind)
    return PYTHON.exists() and note.exists() and note.read_text() == fingerprint(kind)


def run(*arguments: str | Path) -> None:
    """Run a command whose output the user sees; stop with its exit code when it fails."""
    result = subprocess.run([str(argument) for argument in arguments], cwd=ROOT, check=False)
    if result.returncode != 0:
        say(f"\nThat did not work (exit code {result.returncode}): {' '.join(map(str, arguments))}")
        raise SystemExit(result.returncode)


def make_venv() -> None:
    """Create ``.venv``, or again when it is half made, was moved, or its Python is gone."""
    # The home of an environment is written into its scripts; one that was copied elsewhere is of no use.
    marker = VENV / ".made-at"
    usable = marker.exists() and marker.read_text() == str(ROOT)
    if (
        usable
        and subprocess.run(
            [str(PYTHON), "-m", "pip", "--version"], capture_output=True, check=False
        ).returncode
        == 0
    ):
        return
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        raise SystemExit(
            f"Python {version} is here ({sys.executable}), but its venv module is not complete.\n"
            f"On Debian and Ubuntu: apt install python{version}-venv"
        )
    say(f"[1/3] Making .venv with Python {sys.version.split()[0]} ({sys.executable})")
    shutil.rmtree(VENV, ignore_errors=True)
    run(sys.executable, "-m", "venv", VENV)
    marker.write_text(str(ROOT))


def install(kind: str) -> None:
    """Bring ``.venv`` to what ``kind`` needs."""
    started = time.monotonic()
    make_venv()
    lock = LOCKS[kind]
    count = sum("==" in line for line in (ROOT / lock).read_text().splitlines() if not line.startswith(" "))
    say(f"[2/3] Installing {count} packages from {lock} (about a minute the first time)")
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "install")
    run(*pip, "--require-hashes", "-r", lock)
    say("[3/3] Installing NEXUS itself")
    run(*pip, "--quiet", "--no-deps", "--no-build-isolation", "-e", ".")
    for covered in ("runtime", "dev") if kind == "dev" else ("runtime",):
        stamp(covered).write_text(fingerprint(covered))  # the dev lock holds everything the runtime's does
    say(f"Installed in {time.monotonic() - started:.0f} s.")


def main() -> None:
    """Install what the command line names, unless it is there."""
    kind = sys.argv[1] if len(sys.argv) > 1 else ""
    if kind not in LOCKS or sys.argv[2:] not in ([], ["--check"]):
        raise SystemExit(f"usage: install.py {'|'.join(LOCKS)} [--check]")
    if is_installed(kind):
        return
    if sys.argv[2:]:
        raise SystemExit(1)  # only asked
    with (ROOT / ".install.lock").open("w") as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        if not is_installed(kind):
            install(kind)


if __name__ == "__main__":
    main()
