"""Are keys made once and kept safe, and is a home used by one process only, also after a kill?"""

import os
import shlex
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.cli import home
from core.config import Settings
from core.errors import ConfigError
from core.security.keyring import Keyring
from tests.architecture.sources import ROOT


def settings_in(folder: Path, **fields: object) -> Settings:
    return Settings.model_validate({"nexus_home": folder, **fields})


def test_home_is_made_for_its_owner_alone(tmp_path: Path) -> None:
    made = home.prepare_home(settings_in(tmp_path / "a b" / "home"))
    assert made.is_absolute()
    assert stat.S_IMODE(made.stat().st_mode) == 0o700


def test_a_file_cannot_be_the_home(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="NEXUS_HOME"):
        home.prepare_home(settings_in(tmp_path / "file"))


def test_keys_are_made_once_with_safe_permissions(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    first = home.load_keyring(settings, tmp_path, may_create=True)
    sealed = first.seal(b"x", "row")
    assert home.load_keyring(settings, tmp_path, may_create=True).open(sealed, "row") == b"x"
    path = home.keys_file(settings, tmp_path)
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret_keys"]


def test_keys_that_came_first_are_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "secret_keys").write_text(Keyring.new_key_text())
    before = (tmp_path / "secret_keys").read_text()
    home._write_once(tmp_path / "secret_keys", "1:other")
    assert (tmp_path / "secret_keys").read_text() == before


def test_outside_database_wants_keys_of_its_own(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, database_url=SecretStr("postgresql://h/d"))
    with pytest.raises(ConfigError, match="NEXUS_SECRET_KEYS") as caught:
        home.load_keyring(settings, tmp_path, may_create=False)
    command = next(line for line in str(caught.value).splitlines() if "python3 -c" in line).strip()
    program = shlex.split(command)[2]
    made = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout.strip()
    name, _, value = made.partition("=")
    assert name == "NEXUS_SECRET_KEYS"
    assert Keyring.parse(value).primary == 1


@pytest.mark.parametrize("content", [b"", b"1:short", b"\xff\xfe", b"nothing"])
def test_unreadable_key_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret_keys").write_bytes(content)
    with pytest.raises(ConfigError, match="secret_keys"):
        home.load_keyring(settings_in(tmp_path), tmp_path, may_create=True)
    assert (tmp_path / "secret_keys").read_bytes() == content


def test_environment_wins_over_the_file(tmp_path: Path) -> None:
    text = Keyring.new_key_text(7)
    settings = settings_in(tmp_path, nexus_secret_keys=SecretStr(text))
    assert home.load_keyring(settings, tmp_path, may_create=True).primary == 7
    assert home.keys_file(settings, tmp_path) is None


HOLDER = """
import sys, time
from pathlib import Path
from bot.cli.home import only_one_here
with only_one_here(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_second_process_is_told_who_has_the_home_and_a_kill_frees_it(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    try:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(ConfigError, match=f"process {holder.pid}"), home.only_one_here(tmp_path):
            pass
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        with home.only_one_here(tmp_path):
            assert (tmp_path / "lock").read_text().strip() == str(os.getpid())
    finally:
        holder.kill()
        holder.wait()
        holder.stdout.close()
