"""How does a NEXUS of the gallery run? The ordinary command line, by a clock that moves only when the phone moves it.

`python -m scripts.gallery.stage CLOCK_FILE MODULE [arguments]` runs ``MODULE`` as `python -m` would.

The same pictures come out of the same code only when nobody has to wait for the same minute: the time is a number in a
file, the Unix seconds the phone has put there, and a thousandth of what has passed since, so that rows keep their order.
"""

import os
import runpy
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

from sqlalchemy import text

from bot.cli.database import bring_up_to_date
from bot.sandbox import Sandbox
from core.clock import SystemClock
from core.db.session import create_engine
from core.platforms.bluesky import identity

# The variable that says where accounts of Bluesky are looked up; nothing of the gallery leaves this machine.
DIRECTORY = "NEXUS_GALLERY_DIRECTORY"
_SLOWLY = 0.001  # of a second for each second that passes

# The defaults of columns and `func.now()` ask the database, so the database goes by the file, too.
_NOW = """
create function {schema}.now() returns timestamptz language sql volatile as $$
    select to_timestamp(pg_read_file('{file}')::float8 + extract(
        epoch from clock_timestamp() - (pg_stat_file('{file}')).modification) * {slowly})
$$
"""
_DEFAULTS = """
do $$ declare one record; begin
    for one in select table_name, column_name from information_schema.columns
               where table_schema = 'public' and column_default in ('now()', 'CURRENT_TIMESTAMP')
    loop
        execute format('alter table public.%I alter %I set default {schema}.now()', one.table_name, one.column_name);
    end loop;
end $$
"""


class StageClock:
    """The clock in the file."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def seconds(self) -> float:
        """Unix seconds."""
        since = time.time() - self._file.stat().st_mtime
        return float(self._file.read_text(encoding="ascii")) + max(since, 0) * _SLOWLY

    def now(self) -> datetime:
        """The same as a moment."""
        return datetime.fromtimestamp(self.seconds(), UTC)


def move(file: Path, seconds: float) -> None:
    """Set the clock; a reader sees the old time or the new one, never half of it."""
    aside = file.with_name(f"{file.name}.new")
    aside.write_text(repr(seconds), encoding="ascii")
    aside.chmod(0o644)  # the database is another user where the gallery is made by root
    aside.replace(file)


def _database_by(file: Path, brought: Callable[[str], Awaitable[None]]) -> Callable[[str], Awaitable[None]]:
    """After the migrations, let the database go by the file."""

    async def by_file(url: str) -> None:
        await brought(url)
        engine = create_engine(url)
        async with engine.begin() as connection:
            await connection.execute(text("create schema stage"))
            await connection.execute(text(_NOW.format(schema="stage", file=file, slowly=_SLOWLY)))
            await connection.execute(text(_DEFAULTS.format(schema="stage")))
            await connection.execute(
                text("alter role current_user set search_path = stage, public, pg_catalog")
            )
        await engine.dispose()

    return by_file


def main() -> None:
    """Put the clock in, then run the module."""
    file, module = Path(sys.argv[1]), sys.argv[2]
    clock = StageClock(file)

    def now(_: SystemClock) -> datetime:
        return clock.now()

    mock.patch.object(SystemClock, "now", now).start()
    (Sandbox.__init__.__kwdefaults__ or {})["clock"] = clock.seconds
    identity.DIRECTORY = os.environ.get(DIRECTORY, identity.DIRECTORY)
    if module == "bot":
        by_file = _database_by(file, bring_up_to_date)
        mock.patch("bot.cli.demo.bring_up_to_date", by_file).start()
        mock.patch("bot.cli.running.bring_up_to_date", by_file).start()
        # The bot's number decides the colour of its picture.
        same = SimpleNamespace(randbelow=lambda _: 0, token_urlsafe=lambda _: "gallery" * 5)
        mock.patch("bot.cli.demo_channel.secrets", same).start()
    sys.argv = [module, *sys.argv[3:]]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
