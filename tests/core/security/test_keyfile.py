"""Do processes that share a key file learn of new keys before anything is sealed with them?"""

from pathlib import Path

import pytest

from core.errors import ConfigError
from core.security.keyfile import KeyFile
from core.security.keyring import CannotOpen, Keyring

ONE, TWO = Keyring.new_key_text(1), Keyring.new_key_text(2)


def test_a_key_that_is_added_is_known_at_the_next_use(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(ONE)
    ours, theirs = KeyFile(path), KeyFile(path)
    old = ours.seal(b"x", "t")
    path.write_text(f"{TWO},{ONE}")
    assert ours.ids == (2, 1)
    new = theirs.seal(b"y", "t")
    assert Keyring.key_id(new) == 2
    assert (ours.open(new, "t"), ours.open(old, "t")) == (b"y", b"x")
    assert Keyring.key_id(ours.seal(b"z", "t")) == 2
    assert ours.signed(theirs.sign("m"), "m")
    assert ours.ids == (2, 1)


def test_a_file_that_became_unreadable_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(ONE)
    keys = KeyFile(path)
    sealed = keys.seal(b"x", "t")
    path.write_text("rubbish")
    assert keys.open(sealed, "t") == b"x"
    path.unlink()
    assert keys.open(sealed, "t") == b"x"
    path.write_text(f"{TWO}")
    with pytest.raises(CannotOpen):
        keys.open(sealed, "t")


def test_a_file_without_keys_is_refused_at_the_start(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("")
    with pytest.raises(ConfigError):
        KeyFile(path)
