"""Does docs/operations.md name what exists: files, settings, commands, ports; and do its blocks for web servers hold together?"""

import re

import pytest
import yaml

from bot.cli.app import app
from core.config import Settings
from tests.architecture.sources import ROOT
from workers.receiver.telegram import LIMIT

_TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def _block(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", _TEXT, re.DOTALL)
    assert found is not None, language
    return found[1]


def test_links_lead_somewhere() -> None:
    for path in re.findall(r"\]\(([^)#:]+)\)", _TEXT):
        assert (ROOT / "docs" / path).exists(), path


def test_settings_exist() -> None:
    named = set(re.findall(r"\b(?:TELEGRAM|NEXUS|PUBLIC|METRICS|DATABASE|REDIS|BACKUP)_[A-Z_]+\b", _TEXT))
    assert {"NEXUS_SECRET_KEYS", "PUBLIC_URL", "TELEGRAM_MODE"} <= named
    assert {name.lower() for name in named} <= set(Settings.model_fields)


def test_commands_exist() -> None:
    known = {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}
    named = set(re.findall(r"`nexus ([a-z]+)|run --rm bot ([a-z]+)|bin/nexus ([a-z]+)", _TEXT))
    commands = {word for words in named for word in words if word}
    assert {"doctor", "backup"} <= commands
    assert commands <= known


def test_ports_of_the_units_are_the_ones_named() -> None:
    for name in ("bot", "scheduler", "receiver"):
        unit = (ROOT / "deploy" / "systemd" / f"nexus-{name}.service").read_text(encoding="utf-8")
        port = re.search(r"METRICS_PORT=(\d+)", unit)
        assert port is not None
        assert re.search(rf"\b{name} (?:has )?{port[1]}\b", _TEXT), name


@pytest.mark.parametrize("language", ["caddyfile", "nginx"])
def test_a_web_server_passes_on_the_receiver_and_bodies_it_takes(language: str) -> None:
    block = _block(language)
    assert block.count("{") == block.count("}") > 0
    assert re.findall(r"127\.0\.0\.1:(\d+)", block) == [str(Settings.model_fields["nexus_port"].default)]
    size = re.search(r"(?:max_size|client_max_body_size) (\d+)(?:MB|m)\b", block)
    assert size is not None
    assert int(size[1]) * 1_000_000 > LIMIT


def test_every_line_of_the_nginx_block_ends() -> None:
    for line in _block("nginx").splitlines():
        assert not line.strip() or line.rstrip().endswith((";", "{", "}")), line


def test_user_and_numbers_are_those_of_compose() -> None:
    services = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    assert f"user {services['bot']['user'].partition(':')[0]}," in _TEXT
    assert services["worker"]["deploy"]["replicas"] == services["scheduler"]["deploy"]["replicas"] == 2
    assert "two workers and two schedulers" in _TEXT
