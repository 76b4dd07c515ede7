"""How does `nexus migrate` work on the schema?"""

import asyncio
from collections.abc import Awaitable, Callable

import typer
from alembic.util.exc import CommandError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.cli import database
from bot.cli.home import prepare_home
from bot.cli.opening import read_settings
from core.db import migrations
from core.db.reaching import check_reachable
from core.db.session import create_engine
from core.errors import InvalidInput


def up(revision: str) -> None:
    """Migrate up to ``revision``."""
    _work(lambda engine: database.upgrade(engine, revision))


def down(revision: str) -> None:
    """Migrate down to ``revision``."""
    _work(lambda engine: migrations.downgrade(engine, revision))


def new(message: str) -> None:
    """Write a migration for the difference between models and schema."""
    _work(lambda engine: migrations.make_revision(engine, message))


def reset(*, yes: bool) -> None:
    """Take everything down and up again, after asking."""
    settings = read_settings()
    where = "the embedded database" if settings.database_url is None else "the database of DATABASE_URL"
    if not yes and not typer.confirm(f"Remove everything from {where}? This cannot be undone"):
        raise InvalidInput("nothing was changed")

    async def work(engine: AsyncEngine) -> None:
        await migrations.downgrade(engine, "base")
        await migrations.upgrade(engine)

    _work(work)


def _work(action: Callable[[AsyncEngine], Awaitable[None]]) -> None:
    settings = read_settings()
    home = prepare_home(settings)

    async def on(url: str) -> None:
        engine = create_engine(url)
        try:
            await check_reachable(engine)
            try:
                await action(engine)
            except CommandError as error:
                raise InvalidInput(f"the schema was left as it is: {error}") from None
            print(
                f"The schema is at {await migrations.current_revision(engine) or 'nothing: the database is empty'}."
            )
        finally:
            await engine.dispose()

    with database.database_of(settings, home) as source:
        asyncio.run(on(source.url))
