"""Would systemd take the units, and are they closed in? Asked of systemd-analyze where it is; the rest of their text."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.cli.app import app
from core.config import Settings
from tests.architecture.sources import ROOT

_UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
_SERVICES = [unit for unit in _UNITS if unit.suffix == ".service"]
_PROGRAM = "/opt/nexus/.venv/bin/nexus"
_EXPOSURE = 2.0  # of 10, as `systemd-analyze security` counts
_WITH_SYSTEMD = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed"
)


def _entries(unit: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in unit.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(("#", "[")):
            name, mark, value = line.partition("=")
            assert mark, f"{unit.name}: {line}"
            found.setdefault(name, []).append(value)
    return found


def _analyzed(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        ["systemd-analyze", *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def installed(tmp_path: Path) -> list[Path]:
    """The units as on a machine where NEXUS is: the program exists, and a template has its instances."""
    program = shutil.which("true")
    assert program is not None
    made = []
    for unit in _UNITS:
        text = unit.read_text(encoding="utf-8").replace(_PROGRAM, program)
        for name in (
            [unit.name.replace("@", f"@{n}") for n in ("1", "2")] if "@" in unit.name else [unit.name]
        ):
            (tmp_path / name).write_text(text)
            made.append(tmp_path / name)
    return made


@_WITH_SYSTEMD
def test_systemd_takes_every_unit(installed: list[Path]) -> None:
    code, said = _analyzed("verify", "--man=no", *map(str, installed))
    assert (code, said) == (0, "")


@_WITH_SYSTEMD
def test_systemd_would_refuse_a_misspelt_one(tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.service"
    spoilt.write_text("[Service]\nExecStart=/bin/true\nRestrat=always\n")
    assert "Restrat" in _analyzed("verify", "--man=no", str(spoilt))[1]


@_WITH_SYSTEMD
def test_systemd_finds_little_exposed(installed: list[Path]) -> None:
    for unit in installed:
        if unit.suffix == ".service":
            _, said = _analyzed("security", "--offline=true", str(unit))
            level = re.search(r"Overall exposure level for \S+ ([0-9.]+)", said)
            assert level is not None, said
            assert float(level[1]) <= _EXPOSURE, f"{unit.name}: {level[1]}"


@pytest.mark.parametrize("unit", _SERVICES, ids=lambda unit: unit.name)
def test_a_service_is_nobody_and_writes_to_its_state_alone(unit: Path) -> None:
    entries = _entries(unit)
    assert entries["User"] == ["nexus"]
    assert entries["NoNewPrivileges"] == ["yes"]
    assert entries["CapabilityBoundingSet"] == [""]
    assert entries["ProtectSystem"] == ["strict"]
    assert entries["ReadWritePaths"] == ["/var/lib/nexus"]
    assert entries["EnvironmentFile"] == ["/etc/nexus/nexus.env"]
    assert entries["Restart"] == (["on-failure"] if unit.name == "nexus-migrate.service" else ["always"])


@pytest.mark.parametrize("unit", _SERVICES, ids=lambda unit: unit.name)
def test_a_service_runs_a_command_with_settings_that_exist(unit: Path) -> None:
    entries = _entries(unit)
    (started,) = entries["ExecStart"]
    program, command, *_ = started.split()
    assert program == _PROGRAM
    known = {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}
    known |= {group.name for group in app.registered_groups if group.name}
    assert command in known
    named = [pair.partition("=")[0] for line in entries["Environment"] for pair in line.split()]
    assert {name.lower() for name in named} - set(Settings.model_fields) == {"pythonunbuffered"}


def test_every_process_has_a_unit_and_a_port_of_its_own() -> None:
    ports = {}
    for unit in _SERVICES:
        text = unit.read_text(encoding="utf-8")
        command = _entries(unit)["ExecStart"][0].split()[1]
        if found := re.search(r"METRICS_PORT=(\S+)", text):
            ports[command] = found[1]
    assert set(ports) == {"bot", "worker", "scheduler", "receiver"}
    assert ports["worker"].endswith("%i"), "each worker of a machine needs its own"
    assert len(set(ports.values())) == len(ports)
    target = _entries(ROOT / "deploy" / "systemd" / "nexus.target")["Wants"][0].split()
    assert {name.replace("@1.", "@.").replace("@2.", "@.") for name in target} == {
        unit.name for unit in _SERVICES if unit.name != "nexus-migrate.service"
    }
