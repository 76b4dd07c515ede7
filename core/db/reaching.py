"""Can the database be used at all? One message that says what to change when it cannot."""

import os

import asyncpg
from sqlalchemy import make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import ConfigError

OLDEST_POSTGRES = 15
# A table that is there while a restore is under way: nothing else may use the database, the restore may be repeated.
RESTORING = "nexus_restore_in_progress"


def check_address(url: str) -> None:
    """Raise ``ConfigError`` for an address that cannot be understood; it is not shown, it may hold a password."""
    try:
        make_url(url).translate_connect_args()
    except (ArgumentError, ValueError):
        raise ConfigError(
            "DATABASE_URL: cannot be understood; expected postgresql://user:password@host:5432/database "
            "(special characters in the password are percent-encoded)"
        ) from None


def named(url: str) -> tuple[str, str]:
    """Return the database's name and the machine it is on, as its owner knows them; never the password."""
    address = make_url(url)
    return address.database or "", address.host or "this machine"


async def check_reachable(engine: AsyncEngine) -> int:
    """Connect once and return PostgreSQL's major version.

    Raises ``ConfigError`` naming DATABASE_URL, the host and the reason, never the password.
    """
    where = f"{engine.url.host or engine.url.query.get('host') or 'localhost'}:{engine.url.port or 5432}"
    try:
        async with engine.connect() as connection:
            number = await connection.scalar(text("SELECT current_setting('server_version_num')::int"))
    except TimeoutError:
        raise ConfigError(f"DATABASE_URL: no answer from PostgreSQL at {where}") from None
    except OSError as error:
        # asyncio's own message repeats the address; the operating system's says why
        known = error.errno is not None and error.errno > 0
        reason = os.strerror(error.errno or 0) if known else error.strerror or error.__class__.__name__
        raise ConfigError(f"DATABASE_URL: PostgreSQL at {where} cannot be reached ({reason})") from None
    except (DBAPIError, SQLAlchemyError, asyncpg.PostgresError, TypeError, ValueError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        reason = str(cause).rpartition(": ")[2] if isinstance(error, DBAPIError) else error.__class__.__name__
        raise ConfigError(f"DATABASE_URL: PostgreSQL at {where} refuses: {reason}") from None
    version = int(number or 0) // 10_000
    if version < OLDEST_POSTGRES:
        raise ConfigError(
            f"DATABASE_URL: PostgreSQL {version} at {where} is too old; {OLDEST_POSTGRES} or newer is needed"
        )
    return version


async def check_whole(engine: AsyncEngine) -> None:
    """Raise ``ConfigError`` for a database into which a restore was begun and not finished."""
    async with engine.connect() as connection:
        if await connection.scalar(text("SELECT to_regclass(:name) IS NOT NULL"), {"name": RESTORING}):
            raise ConfigError(
                "DATABASE_URL: a restore into this database was interrupted; run `nexus restore` again, it begins anew"
            )
