"""Are files small, opened by a sentence, and clean?"""

import ast
import subprocess
import sys

import pytest

from tests.architecture.sources import ROOT, python_files, tree_of

_LONGEST = 400  # lines
# Longer files need a reason here.
_ALLOWED_LONGER: dict[str, str] = {}


def test_no_file_is_longer_than_400_lines() -> None:
    counted = {
        str(path): len((ROOT / path).read_text(encoding="utf-8").splitlines())
        for path in python_files("bot", "core", "workers", "tests")
    }
    too_long = {
        path: count for path, count in counted.items() if count > _LONGEST and path not in _ALLOWED_LONGER
    }
    assert too_long == {}


def test_allowed_longer_files_are_still_longer() -> None:
    paths = {str(path) for path in python_files("bot", "core", "workers", "tests")}
    assert set(_ALLOWED_LONGER) <= paths


def test_every_module_says_what_it_answers() -> None:
    silent = [
        str(path)
        for path in python_files("bot", "core", "workers")
        if not (ast.get_docstring(tree_of(path)) or "").strip()
    ]
    assert silent == []


def test_no_drawer_for_everything() -> None:
    drawers = {"utils.py", "helpers.py", "common.py", "manager.py"}
    assert [str(path) for path in python_files() if path.name in drawers] == []


@pytest.mark.parametrize("arguments", [("check", "--no-cache"), ("format", "--check", "--no-cache")])
def test_ruff_is_content(arguments: tuple[str, ...]) -> None:
    # Holds, among others: no print outside the command line, no detached tasks, no naive datetimes.
    result = subprocess.run(
        [sys.executable, "-m", "ruff", *arguments, "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout[-4000:] + result.stderr[-2000:]
