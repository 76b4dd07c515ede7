"""Is an import read only as far as it may be, wherever it comes from?"""

import io
import sys
import types
from pathlib import Path

import pytest

from bot.cli import data
from core.errors import ConfigError
from core.transfer.parsing import LARGEST

pytestmark = pytest.mark.usefixtures("logging_as_before")


class Endless(io.RawIOBase):
    """Gives as many bytes as are asked for, and remembers how many that were."""

    given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        assert size >= 0, "asked for everything there is"
        self.given += size
        return b" " * size


def test_standard_input_without_an_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = Endless()
    monkeypatch.setattr(sys, "stdin", types.SimpleNamespace(buffer=endless))
    with pytest.raises(ConfigError, match="20 MiB"):
        data.import_file(Path("-"))
    assert endless.given <= LARGEST + 1


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(1024**4)  # a hole: takes no room
    with pytest.raises(ConfigError, match="divide it into"):
        data.import_file(large)


def test_what_has_no_end_is_refused() -> None:
    with pytest.raises(ConfigError, match="20 MiB"):
        data.import_file(Path("/dev/zero"))
