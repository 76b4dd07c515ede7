"""Do the packages know only what they may know?"""

import subprocess
import sys
from pathlib import Path

from tests.architecture.sources import ROOT, imports_of, python_files


def test_import_contracts() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run(
        [command, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout + result.stderr


def test_repositories_are_private_to_their_domain() -> None:
    strangers = [
        f"{path}:{line} imports {name}"
        for path in python_files()
        for line, name in imports_of(path)
        if (parts := name.split("."))[0] == "core" and "repository" in parts[2:]
        if path.parts[:2] != tuple(parts[:2])
    ]
    assert strangers == []


def test_core_serves_no_http() -> None:
    served = [
        f"{path}:{line}"
        for path in python_files("core")
        for line, name in imports_of(path)
        if name.startswith("aiohttp.web")
    ]
    assert served == []


def test_light_processes_do_not_load_the_telegram_framework() -> None:
    probe = (
        "import sys, bot.cli.app, bot.cli.running, workers.schedule, workers.receiver\n"
        "sys.exit('aiogram' in sys.modules)"
    )
    result = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr or "aiogram was imported"


def test_the_command_line_answers_without_loading_what_it_starts() -> None:
    probe = (
        "import sys, bot.cli.app\n"
        "heavy = {'sqlalchemy', 'anthropic', 'taskiq', 'aiohttp', 'alembic', 'structlog'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(heavy)) or 0)"
    )
    result = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
