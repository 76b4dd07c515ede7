"""How do `nexus import` and `nexus export` reach files and the database?"""

import asyncio
import os
import sys
import tempfile
from pathlib import Path

from dotenv import dotenv_values

from bot.cli.database import bring_up_to_date
from bot.cli.failures import say_error
from bot.cli.opening import Place, opened, read_settings
from core.db.session import Database, create_engine
from core.errors import ConfigError
from core.jobs.queue import DroppingQueue
from core.platforms.registry import PLATFORMS
from core.transfer import exporting, importing, parsing
from core.transfer.checking import read_document
from core.transfer.document import Document
from core.transfer.parsing import LARGEST

_STANDARD_INPUT = Path("-")


def import_file(file: Path) -> None:
    """Check ``file`` whole, then write it in one transaction and say what changed."""
    settings = read_settings()
    # Like the settings: what `.env` says counts, unless the environment says otherwise.
    environment = {name: value for name, value in dotenv_values(".env").items() if value} | dict(os.environ)
    document = read_document(_text_of(file), file.name, environment=environment, platforms=PLATFORMS)
    with opened(settings) as place:
        report = asyncio.run(_import(place, document))
    for kind, counter in report.counts.items():
        if counter:
            print(f"{kind}: " + ", ".join(f"{counter[outcome]} {outcome}" for outcome in importing.OUTCOMES))
    if not report.changed:
        print("Everything was as the file says; nothing was changed.")


async def _import(place: Place, document: Document) -> importing.Report:
    await bring_up_to_date(place.database_url)
    database = Database(create_engine(place.database_url), DroppingQueue())
    try:
        async with database.unit_of_work() as session:
            return await importing.apply(session, place.keyring, document)
    finally:
        await database.close()


def _text_of(file: Path) -> str:
    """Read no more than may be imported, whatever stands at the other end."""
    try:
        if file == _STANDARD_INPUT:
            data = sys.stdin.buffer.read(LARGEST + 1)
        else:
            with file.open("rb") as source:
                data = source.read(LARGEST + 1)
        parsing.check_size(data, file.name)
        return data.decode("utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{file}: there is no such file") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{file}: is not UTF-8 text") from None
    except OSError as error:
        raise ConfigError(f"{file}: cannot be read ({error.strerror})") from None


def export_file(file: Path | None, *, with_secrets: bool) -> None:
    """Write what ``import_file`` reads; a file with secrets is readable by its owner alone."""
    settings = read_settings()
    with opened(settings) as place:
        text = asyncio.run(_export(place, file.name if file else "", with_secrets=with_secrets))
    parsing.check_size(text.encode(), file.name if file else "the export")
    if with_secrets:
        say_error("the export holds credentials in the clear; keep it like a password")
    if file is None:
        sys.stdout.write(text)
        return
    _replace(file, text)
    print(f"Written: {file}")


async def _export(place: Place, file_name: str, *, with_secrets: bool) -> str:
    await bring_up_to_date(place.database_url)
    database = Database(create_engine(place.database_url), DroppingQueue())
    try:
        async with database.unit_of_work() as session:
            document = await exporting.document_of(
                session, place.keyring, PLATFORMS, with_secrets=with_secrets
            )
    finally:
        await database.close()
    return exporting.as_text(document, file_name)


def _replace(file: Path, text: str) -> None:
    """Put ``text`` at ``file`` whole or not at all, for this user only."""
    try:
        descriptor, aside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
        with os.fdopen(descriptor, "w", encoding="utf-8") as output:
            output.write(text)
        Path(aside).replace(file)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written ({error.strerror})") from None
