"""How does `nexus doctor` look at an installation, also at a broken one?"""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from bot.cli.database import database_of
from bot.cli.home import load_keyring, prepare_home
from bot.cli.opening import read_settings
from core.config import Settings
from core.doctor import inside, outside
from core.doctor.findings import Finding, Level, failure, ok, worst
from core.errors import ConfigError, NexusError
from core.security.keyring import Keyring
from core.settings.service import Ai

_MARKS = {Level.OK: ("✓", "green"), Level.WARNING: ("!", "yellow"), Level.FAILURE: ("✗", "red")}


def examine(*, as_json: bool) -> None:
    """Check every part, print what was found, and leave with the worst level as the exit code."""
    findings = _findings()
    if as_json:
        body = {
            "status": worst(findings).name.lower(),
            "findings": [finding.as_dict() for finding in findings],
        }
        print(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        _show(findings)
    raise typer.Exit(int(worst(findings)))


def _findings() -> list[Finding]:
    try:
        settings = read_settings()
    except ConfigError as error:
        return [failure("settings", str(error), "Correct the environment or .env, then look again")]
    found = [ok("settings", "The environment and .env can be read")]
    found += asyncio.run(outside.check_telegram(settings))
    found.append(asyncio.run(outside.check_redis(settings)))
    try:
        home = prepare_home(settings)
    except ConfigError as error:
        found.append(failure("home", str(error), "Choose a folder that can be written to"))
        return [*found, outside.check_ai(settings, Ai())]
    found.append(outside.check_disk(home))
    return [*found, *_stored(settings, home)]


def _stored(settings: Settings, home: Path) -> list[Finding]:
    """Check what is stored, without creating a database or keys that are not there yet."""
    if settings.database_url is None and not (home / "postgres" / "data").exists():
        return [
            outside.check_ai(settings, Ai()),
            ok("database", "The embedded PostgreSQL will be made by the first `nexus run`"),
        ]
    found: list[Finding] = []
    keyring: Keyring | None = None
    try:
        keyring = load_keyring(settings, home, may_create=False)
    except ConfigError as error:
        found.append(failure("keys", str(error), "Without the keys stored credentials cannot be used"))
    try:
        with database_of(settings, home) as source:
            found += asyncio.run(_inside(source.url, keyring, settings))
    except NexusError as error:
        found.append(failure("database", str(error), "Correct it, then look again"))
        found.append(outside.check_ai(settings, Ai()))
    return found


async def _inside(url: str, keyring: Keyring | None, settings: Settings) -> list[Finding]:
    database = inside.quiet_database(url)
    try:
        found = await inside.check_database(database, keyring, datetime.now(UTC))
        # Who writes is chosen in the database; one that cannot be read is reported above.
        closed = any(part.level is Level.FAILURE and part.part in {"database", "schema"} for part in found)
        ai = Ai() if closed else await inside.ai_settings(database)
        return [outside.check_ai(settings, ai), *found]
    finally:
        await database.close()


def _show(findings: list[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        mark, colour = _MARKS[finding.level]
        console.print(Text.assemble((mark, colour), f" {finding.part}: {finding.message}"))
        if finding.advice:
            console.print(f"    → {finding.advice}", markup=False)
