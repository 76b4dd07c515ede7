"""Does a wrong setting end in one clear message that names it, exit code 2, and nothing half-done?"""

import asyncio
import base64
import json
import socket
from pathlib import Path

import pytest

from bot.sandbox import Sandbox, SandboxServer
from core.db.embedded import EmbeddedPostgres
from tests.bot.cli.command import nexus
from tests.e2e.processes import free_port

TOKEN = "123456:TEST-token"
COMPLETE = {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_OWNER_IDS": "1"}
KEYS = {"NEXUS_SECRET_KEYS": "1:" + base64.b64encode(b"k" * 32).decode()}
NOWHERE = "postgresql://nexus:s3cret@127.0.0.1:1/nexus"


def refused(folder: Path, *arguments: str, **env: str) -> str:
    """Run a command that must refuse to work; return its message."""
    ended = nexus(*arguments, folder=folder, env=env)
    assert ended.code == 2, ended
    # Nothing but the message; a warning about a network that is away may stand before it.
    assert ended.err.count("\nnexus: ") + ended.err.startswith("nexus: ") == 1, ended.err
    assert "Traceback" not in ended.err
    assert "s3cret" not in ended.err + ended.out
    assert not (folder / ".nexus" / "postgres").exists(), "a database was begun"
    return ended.err


def test_run_without_a_token_says_what_to_get(tmp_path: Path) -> None:
    message = refused(tmp_path, "run")
    assert "TELEGRAM_BOT_TOKEN" in message
    assert "TELEGRAM_OWNER_IDS" in message
    assert "nexus demo" in message


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "s3cret"),
        ("TELEGRAM_OWNER_IDS", "me"),
        ("TELEGRAM_API_BASE", "not a url"),
        ("DATABASE_URL", "mysql://u:s3cret@h/d"),
        ("DATABASE_URL", "postgresql://u:s3cret@h:port/d"),
        ("REDIS_URL", "http://s3cret"),
        ("NEXUS_PORT", "99999"),
        ("LOG_LEVEL", "LOUD"),
        ("NEXUS_SECRET_KEYS", "1:s3cret"),
    ],
)
def test_wrong_setting_is_named(tmp_path: Path, name: str, value: str) -> None:
    # A port nobody listens on stands for a network that is away: that alone must not stop the start.
    env = (
        COMPLETE
        | {"TELEGRAM_API_BASE": "http://127.0.0.1:1", "NEXUS_PORT": str(free_port())}
        | KEYS
        | {name: value}
    )
    assert name in refused(tmp_path, "run", **env)


def test_broken_line_of_the_env_file_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=INFO\n\n# a comment\nTELEGRAM_BOT_TOKEN s3cret\n")
    assert ".env, line 4" in refused(tmp_path, "run")


def test_settings_come_from_the_env_file(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"export TELEGRAM_BOT_TOKEN={TOKEN}\nTELEGRAM_OWNER_IDS=1\nNEXUS_PORT=0\n")
    assert "NEXUS_PORT" in refused(tmp_path, "run")


async def test_token_that_telegram_does_not_know(tmp_path: Path) -> None:
    async with SandboxServer(Sandbox("777:OTHER")) as server:
        message = await asyncio.to_thread(
            refused, tmp_path, "run", **COMPLETE, TELEGRAM_API_BASE=server.url, NEXUS_PORT=str(free_port())
        )
    assert "TELEGRAM_BOT_TOKEN" in message
    assert TOKEN not in message


@pytest.mark.parametrize("command", [("run",), ("receiver",), ("migrate", "up"), ("export",)])
def test_unreachable_database_is_named_without_its_password(tmp_path: Path, command: tuple[str, ...]) -> None:
    env = COMPLETE | KEYS | {"TELEGRAM_API_BASE": "http://127.0.0.1:1", "NEXUS_PORT": str(free_port())}
    message = refused(tmp_path, *command, **env, DATABASE_URL=NOWHERE)
    assert "DATABASE_URL" in message
    assert "127.0.0.1:1" in message


def test_outside_database_needs_keys(tmp_path: Path) -> None:
    message = refused(tmp_path, "receiver", DATABASE_URL=NOWHERE, NEXUS_PORT=str(free_port()))
    assert "NEXUS_SECRET_KEYS" in message


@pytest.mark.parametrize("command", ["worker", "scheduler"])
def test_parts_alone_need_redis(tmp_path: Path, command: str) -> None:
    assert "REDIS_URL" in refused(tmp_path, command)


@pytest.mark.parametrize("command", ["demo", "receiver"])
def test_taken_port_is_named(tmp_path: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert "NEXUS_PORT" in refused(tmp_path, command, NEXUS_PORT=str(taken.getsockname()[1]))


def test_demo_answers_to_this_machine_alone(tmp_path: Path) -> None:
    assert "NEXUS_HOST" in refused(tmp_path, "demo", NEXUS_HOST="0.0.0.0")  # noqa: S104


def test_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    message = refused(tmp_path, "receiver", NEXUS_HOME=str(tmp_path / "file"), NEXUS_PORT=str(free_port()))
    assert "NEXUS_HOME" in message


def test_unreadable_key_file_is_named(tmp_path: Path) -> None:
    home = tmp_path / ".nexus"
    home.mkdir()
    (home / "secret_keys").write_text("1:s3cret")
    assert "secret_keys" in refused(tmp_path, "receiver", NEXUS_PORT=str(free_port()))


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('{"products": [{"name": "A", "chanels": []}]}', "products[0].chanels"),
        ('{"products": [', "line 1, column 15"),
        ('{"products": [{"name": "${GONE}"}]}', "products[0].name: the environment variable GONE"),
        ('{"settings": {"general": {"timezone": "s3cret/Base", "x": "s3cret"}}}', "settings.general.x"),
    ],
)
def test_import_with_a_mistake_names_its_path(tmp_path: Path, content: str, named: str) -> None:
    (tmp_path / "x.json").write_text(content.replace("s3cret/Base", "Mars/Base"))
    assert named in refused(tmp_path, "import", "x.json")


def test_import_of_what_is_not_there(tmp_path: Path) -> None:
    assert "gone.json" in refused(tmp_path, "import", "gone.json")


async def test_part_alone_waits_for_the_migration(
    tmp_path: Path, postgres: EmbeddedPostgres, empty_database_url: str
) -> None:
    url = empty_database_url.replace("+asyncpg", "")
    env = {"DATABASE_URL": url, "NEXUS_PORT": str(free_port())} | KEYS
    message = await asyncio.to_thread(refused, tmp_path, "receiver", **env)
    assert "nexus migrate up" in message
    migrated = await asyncio.to_thread(lambda: nexus("migrate", "up", folder=tmp_path, env=env))
    assert migrated.code == 0, migrated
    (tmp_path / "x.json").write_text(json.dumps({"products": [{"name": "Один"}]}))
    for expected in ("1 created", "1 unchanged"):
        imported = await asyncio.to_thread(lambda: nexus("import", "x.json", folder=tmp_path, env=env))
        assert imported.code == 0, imported
        assert f"products: {expected}" in imported.out.replace("0 created, 0 updated, ", "")
    exported = await asyncio.to_thread(lambda: nexus("export", folder=tmp_path, env=env))
    assert json.loads(exported.out)["products"][0]["slug"] == "odin"


def test_help_and_version(tmp_path: Path) -> None:
    assert nexus("--help", folder=tmp_path).code == 0
    assert nexus("version", folder=tmp_path).out.startswith("nexus ")
