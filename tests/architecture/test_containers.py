"""Would a container engine take the Dockerfile and the Compose file, and does what runs in them have no more power than it needs?"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.architecture.sources import ROOT

_SCRIPTS = Path(sys.executable).parent
_COMPOSE = ROOT / "docker-compose.yml"


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, Any]]:
    found = yaml.safe_load(_COMPOSE.read_text(encoding="utf-8"))["services"]
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def own(services: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The services that run NEXUS."""
    return {name: service for name, service in services.items() if service["image"] == "nexus"}


def _says(*command: str) -> tuple[int, str]:
    done = subprocess.run(
        [_SCRIPTS / command[0], *command[1:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _against_the_schema(path: Path) -> tuple[int, str]:
    return _says("check-jsonschema", "--builtin-schema", "vendor.compose-spec", str(path))


def test_compose_keeps_to_the_schema_of_compose() -> None:
    code, said = _against_the_schema(_COMPOSE)
    assert code == 0, said


def test_a_misspelt_compose_would_be_found(tmp_path: Path) -> None:
    spoilt = tmp_path / "docker-compose.yml"
    spoilt.write_text(_COMPOSE.read_text(encoding="utf-8").replace("mem_limit", "mem_limits"))
    code, said = _against_the_schema(spoilt)
    assert code != 0
    assert "mem_limits" in said


def test_the_dockerfile_passes_its_linter() -> None:
    code, said = _says("hadolint", "--no-color", "Dockerfile")
    assert code == 0, said


def test_every_container_is_closed_in(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert re.fullmatch(r"\d+[mg]", service["mem_limit"]), name
        assert service["pids_limit"] <= 256, name
        assert not service.get("privileged"), name
        assert "network_mode" not in service, name
        assert "container_name" not in service, f"{name}: it could not have a second replica"


def test_nexus_is_nobody_and_writes_to_its_volume_and_tmp_alone(own: dict[str, dict[str, Any]]) -> None:
    assert set(own) == {"migrate", "bot", "worker", "scheduler", "receiver"}
    user = re.findall(r"(?m)^USER (\S+)$", (ROOT / "Dockerfile").read_text(encoding="utf-8"))[-1]
    for name, service in own.items():
        assert service["user"] == user, name
        assert all(int(number) >= 10_000 for number in user.split(":")), name
        assert "cap_add" not in service, name
        assert service["volumes"] == ["home:/data"], name
        assert [mount.partition(":")[0] for mount in service["tmpfs"]] == ["/tmp"], name  # noqa: S108


def test_what_lives_on_is_asked_how_it_is_and_started_again(services: dict[str, dict[str, Any]]) -> None:
    for name, service in services.items():
        if name == "migrate":
            assert (service["restart"], service["healthcheck"]) == ("no", {"disable": True})
            continue
        assert service["restart"] == "unless-stopped", name
        assert service["healthcheck"]["retries"] >= 3, name


def test_only_the_receiver_is_reached_from_outside_and_through_a_proxy(
    services: dict[str, dict[str, Any]],
) -> None:
    open_ports = {name: service["ports"] for name, service in services.items() if "ports" in service}
    assert list(open_ports) == ["receiver"]
    assert all(port.startswith("127.0.0.1:") for port in open_ports["receiver"])


def test_the_last_stage_of_the_image_brings_no_compiler_and_no_lists() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    last = text[text.rindex("\nFROM ") :]
    installed = re.findall(r"apt-get install -y --no-install-recommends ([^&\n]+)", last)
    assert [packages.split() for packages in installed] == [["ffmpeg"]]
    assert "rm -rf /var/lib/apt/lists/*" in last
    assert "pip install" not in last
    assert "COPY --from=build" in last
