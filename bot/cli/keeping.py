"""How do `nexus backup` and `nexus restore` reach the archive?"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path
from typing import Any, BinaryIO

from bot.cli.database import require_current
from bot.cli.failures import say_error
from bot.cli.opening import Place, opened, read_settings
from core.backup import making, replacing, restoring
from core.clock import SystemClock
from core.config import Settings
from core.db.reaching import check_reachable, named
from core.db.session import create_engine
from core.errors import ConfigError

_STANDARD_OUTPUT = Path("-")


def back_up(file: Path) -> None:
    """Write a backup at ``file`` whole or not at all, readable by its owner alone."""
    settings = read_settings()
    passphrase = _passphrase(settings)
    with opened(settings) as place:
        if file == _STANDARD_OUTPUT:
            _say(asyncio.run(_make(place, sys.stdout.buffer, passphrase)))
            sys.stdout.buffer.flush()
            return
        aside: Path | None = None
        try:
            descriptor, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # mode 0600
            aside = Path(name)
            with os.fdopen(descriptor, "wb") as output:
                held = asyncio.run(_make(place, output, passphrase))
                output.flush()
                os.fsync(output.fileno())
            aside.replace(file)
        except OSError as error:
            raise ConfigError(f"{file}: cannot be written ({error.strerror})") from None
        finally:
            if aside is not None:
                aside.unlink(missing_ok=True)
    _say(held)
    print(f"Written: {file}")


def bring_back(file: Path, *, as_is: bool, instead: bool = False, agreed: bool = False) -> None:
    """Check ``file`` whole, then restore it and say what came of it.

    ``instead`` puts it in the place of what the database holds, once its name was typed or ``agreed`` says so.
    """
    settings = read_settings()
    passphrase = _passphrase(settings)
    try:
        archive = file.open("rb")
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from None
    if not archive.seekable():
        archive.close()
        raise ConfigError(f"{file}: is read twice, so it has to be a file; save what comes there first")
    with archive, opened(settings) as place:
        if instead and not agreed:
            _confirm(place.database_url)
        done = asyncio.run(_restore(place, archive, passphrase, as_is=as_is, instead=instead))
    rows = sum(done.contents.totals.rows.values())
    print(
        f"Restored: {rows} rows and {done.contents.totals.files} files of {done.contents.manifest.made_at}."
    )
    if done.contents.manifest.bucket:
        say_error("the files of posts were in a bucket (MEDIA_S3_BUCKET) and are not in the backup")
    if not as_is:
        print(f"Publishing is paused; posts to be asked about because their time has passed: {done.held}.")


async def _make(place: Place, output: BinaryIO, passphrase: str) -> dict[str, Any]:
    await require_current(place.database_url)
    return await making.make(
        output,
        passphrase,
        url=place.database_url,
        settings=place.settings,
        keyring=place.keyring,
        now=SystemClock().now(),
    )


def _confirm(url: str) -> None:
    """Have the name of the database typed: what it holds is lost."""
    name, host = named(url)
    if not sys.stdin.isatty():
        raise ConfigError(
            "--replace: nobody can be asked here; give --yes as well to replace what the database holds"
        )
    print(f"Everything in the database {name} at {host} is replaced, and cannot be had back.")
    if input(f"Type its name ({name}) to go on: ").strip() != name:
        raise ConfigError("that is not its name; nothing was changed")


async def _restore(
    place: Place, archive: BinaryIO, passphrase: str, *, as_is: bool, instead: bool
) -> restoring.Restored:
    engine = create_engine(place.database_url)
    try:
        await check_reachable(engine)
    finally:
        await engine.dispose()
    bring = replacing.replace if instead else restoring.restore
    return await bring(
        archive,
        passphrase,
        place.keyring,
        url=place.database_url,
        media=place.settings.nexus_home / "media",
        now=SystemClock().now(),
        as_is=as_is,
    )


def _passphrase(settings: Settings) -> str:
    if settings.backup_key is None:
        raise ConfigError(
            "BACKUP_KEY: not set; it is the passphrase that seals backups, 16 characters or more. "
            "Keep it apart from them: without it they cannot be opened"
        )
    return settings.backup_key.get_secret_value()


def _say(held: dict[str, Any]) -> None:
    """On standard error: the archive itself may be going to standard output."""
    print(f"{sum(held['rows'].values())} rows, {held['files']} files.", file=sys.stderr)
    if held["bucket"]:
        say_error("the files of posts are in the bucket of MEDIA_S3_BUCKET and are not in the backup")
    if held["keys"]:
        say_error(
            f"the keys are not in the backup; keep a copy of key {', '.join(held['keys'])} (NEXUS_SECRET_KEYS) apart"
        )
