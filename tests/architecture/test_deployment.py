"""Do the files around the code agree with it? `.env.example`, Compose, the Dockerfile, the lock files, the README."""

import re
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement

from bot.cli.app import app
from core.config import Settings
from tests.architecture.sources import ROOT

_ASSIGNMENT = re.compile(r"^#?\s?([A-Z][A-Z0-9_]*)=(.*)$")


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    document = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    assert isinstance(document, dict)
    return document


def test_env_example_has_exactly_the_settings() -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    named = [match[1] for line in lines if (match := _ASSIGNMENT.match(line))]
    assert sorted(named) == sorted(name.upper() for name in Settings.model_fields)


def test_env_example_is_read_as_it_stands() -> None:
    assert Settings(_env_file=ROOT / ".env.example").telegram_bot_token is None


def test_compose_has_every_process(compose: dict[str, Any]) -> None:
    services = compose["services"]
    assert set(services) == {"postgres", "redis", "migrate", "bot", "worker", "scheduler", "receiver"}
    commands = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    for name in ("bot", "worker", "scheduler", "receiver"):
        assert services[name]["command"][0] in commands
        assert services[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"
    assert services["migrate"]["command"] == ["migrate", "up"]


def test_compose_passes_every_setting_on(compose: dict[str, Any]) -> None:
    # Where things live and what is listened on inside of a container is the image's and the service's business.
    of_the_image = {"NEXUS_HOME", "NEXUS_HOST", "NEXUS_PORT"}
    passed = set(compose["x-nexus"]["environment"])
    assert {name.upper() for name in Settings.model_fields} - of_the_image - passed == set()


def test_compose_keeps_what_matters(compose: dict[str, Any]) -> None:
    redis = " ".join(compose["services"]["redis"]["command"])
    assert "--appendonly yes" in redis
    assert "--maxmemory-policy noeviction" in redis
    mounted = {
        mount.partition(":")[0]
        for service in compose["services"].values()
        for mount in service.get("volumes", ())
    }
    assert mounted == set(compose["volumes"])
    for name, service in compose["services"].items():
        assert {"image", "build"} & set(service), name
        assert service.get("restart") or name == "migrate", name
        for dependency in service.get("depends_on", {}):
            assert dependency in compose["services"], f"{name} depends on {dependency}"


def test_compose_holds_no_secret(compose: dict[str, Any]) -> None:
    for name, service in compose["services"].items():
        for variable, value in service.get("environment", {}).items():
            if re.search(r"PASSWORD|SECRET|TOKEN|KEY", variable):
                assert str(value).startswith("${"), f"{name}.{variable}"
        for variable in service.get("environment", {}):
            assert variable.lower() in Settings.model_fields or variable.startswith("POSTGRES_"), (
                f"{name}.{variable}"
            )
    password = compose["services"]["postgres"]["environment"]["POSTGRES_PASSWORD"]
    assert ":?" in password, "a missing password must stop Compose, not be empty"


def test_dockerfile_installs_from_the_lock_and_drops_root() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r requirements.lock" in text
    user = re.findall(r"^USER (\S+)$", text, re.MULTILINE)
    assert user
    assert user[-1] not in {"root", "0"}
    assert len(re.findall(r"^FROM ", text, re.MULTILINE)) >= 2


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_lock_files_hold_hashes_and_no_addresses(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "index-url" not in text
    assert "://" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)


def test_lock_file_covers_what_the_project_declares() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    locked = {match.lower().replace("_", "-") for match in re.findall(r"(?m)^([A-Za-z0-9_.-]+)==", text)}
    locked = {name.replace(".", "-") for name in locked}
    for line in project["dependencies"]:
        assert Requirement(line).name.lower().replace("_", "-").replace(".", "-") in locked


def test_readme_names_commands_that_exist() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8")))
    named = set(re.findall(r"(?m)(?:^|`|=\d+ )make ([a-z-]+)", readme))
    assert {"demo", "test"} <= named
    assert named <= targets
    for picture, path in re.findall(r"(!?)\[[^\]]*\]\(((?:docs/|[A-Z])[^)#]*)\)", readme):
        assert picture or (ROOT / path).exists(), path
