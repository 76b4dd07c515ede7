"""Does a new platform begin with every file in its place, registered once, and never over something that is there?"""

import ast
import shutil
from pathlib import Path

import pytest

from scripts.new_platform import ROOT, main


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The two registries, copied."""
    for name in ("core/platforms/registry.py", "tests/fakes/platforms/registry.py"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_everything_is_there_and_readable(root: Path) -> None:
    assert main(["pixelfed", "--title", "Pixelfed"], root) == 0
    written = {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
    assert {
        "core/platforms/pixelfed/__init__.py",
        "tests/fakes/platforms/pixelfed.py",
        "docs/platforms/pixelfed.md",
    } < written
    for name in written:
        text = (root / name).read_text(encoding="utf-8")
        assert "@SLUG@" not in text
        assert "@CLASS@" not in text
        if name.endswith(".py"):
            ast.parse(text)
    registry = (root / "core/platforms/registry.py").read_text(encoding="utf-8")
    assert registry.count("pixelfed.PLATFORM") == 1
    fakes = (root / "tests/fakes/platforms/registry.py").read_text(encoding="utf-8")
    assert "import FakePixelfed\n" in fakes
    assert "    FakePixelfed,\n" in fakes


def test_nothing_is_written_over(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pixelfed"], root) == 0
    before = (root / "core/platforms/registry.py").read_text(encoding="utf-8")
    assert main(["pixelfed"], root) == 2
    assert "there already" in capsys.readouterr().err
    assert (root / "core/platforms/registry.py").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("slug", ["", "X", "a b", "../x", "9x"])
def test_a_slug_that_cannot_be(root: Path, slug: str) -> None:
    assert main([slug], root) == 2
    assert not (root / "docs").exists()
