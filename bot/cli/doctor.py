"""How does `nexus doctor` look at an installation, also at a broken one?"""

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from bot.cli.database import database_of
from bot.cli.home import load_keyring, prepare_home
from bot.cli.opening import read_settings
from core.config import Settings
from core.doctor import accounts, inside, outside, waiting, writing
from core.doctor.findings import Finding, Level, failure, ok, worst
from core.errors import ConfigError, NexusError
from core.jobs.queue import DroppingQueue
from core.runtime import open_runtime
from core.security.keyring import Keyring
from core.settings.service import Ai

_MARKS = {Level.OK: ("✓", "green"), Level.WARNING: ("!", "yellow"), Level.FAILURE: ("✗", "red")}


def examine(*, as_json: bool, ask_ai: bool = False) -> None:
    """Check every part, print what was found, and leave with the worst level as the exit code."""
    found = findings(ask_ai=ask_ai)
    if as_json:
        body = {
            "status": worst(found).name.lower(),
            "findings": [finding.as_dict() for finding in found],
        }
        print(json.dumps(body, ensure_ascii=False, indent=2))
    else:
        _show(found)
    raise typer.Exit(int(worst(found)))


def findings(*, ask_ai: bool = False) -> list[Finding]:
    """Look at every part; raises nothing that is wrong with the installation, it is a finding."""
    try:
        settings = read_settings()
    except ConfigError as error:
        return [failure("settings", str(error), "Correct the environment or .env, then look again")]
    found = [ok("settings", "The environment and .env can be read")]
    found += asyncio.run(outside.check_telegram(settings))
    found.append(asyncio.run(outside.check_redis(settings)))
    found += asyncio.run(waiting.check_jobs(settings))
    try:
        home = prepare_home(settings)
    except ConfigError as error:
        found.append(failure("home", str(error), "Choose a folder that can be written to"))
        return [*found, outside.check_ai(settings, Ai())]
    found.append(outside.check_disk(home))
    return [*found, *_stored(settings, home, ask_ai=ask_ai)]


def _stored(settings: Settings, home: Path, *, ask_ai: bool) -> list[Finding]:
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
            found += asyncio.run(_inside(source.url, keyring, settings, ask_ai=ask_ai))
    except NexusError as error:
        found.append(failure("database", str(error), "Correct it, then look again"))
        found.append(outside.check_ai(settings, Ai()))
    return found


async def _inside(url: str, keyring: Keyring | None, settings: Settings, *, ask_ai: bool) -> list[Finding]:
    database = inside.quiet_database(url)
    every = timedelta(hours=settings.backup_every_hours) if settings.backup_dir is not None else None
    try:
        found = await inside.check_database(database, keyring, datetime.now(UTC), every)
        # Who writes is chosen in the database; one that cannot be read is reported above.
        closed = any(part.level is Level.FAILURE and part.part in {"database", "schema"} for part in found)
        ai = Ai() if closed else await inside.ai_settings(database)
        found.insert(0, outside.check_ai(settings, ai))
        if ask_ai:
            found += await writing.ask(settings, ai)
        if keyring is not None and not closed:
            async with open_runtime(
                settings, database_url=url, keyring=keyring, queue=DroppingQueue(), pool_size=2
            ) as runtime:
                found += await accounts.check_accounts(runtime)
        return found
    finally:
        await database.close()


def _show(findings: list[Finding]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for finding in findings:
        mark, colour = _MARKS[finding.level]
        console.print(Text.assemble((mark, colour), f" {finding.part}: {finding.message}"))
        if finding.advice:
            console.print(f"    → {finding.advice}", markup=False)
