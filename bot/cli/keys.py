"""How does `nexus keys` change the keys that seal stored secrets? A new one everywhere first, then everything under it."""

import asyncio
import os
import tempfile
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.cli.database import require_current
from bot.cli.failures import say_error
from bot.cli.home import keys_file
from bot.cli.opening import Place, opened, read_settings
from core.db.session import Database, create_engine
from core.errors import InvalidInput
from core.jobs.queue import DroppingQueue
from core.keys import resealing
from core.security.keyring import Keyring
from core.settings import heartbeats

_ALIVE = timedelta(seconds=30)  # parts beat every ten seconds
_LISTEN_SECONDS = 25.0  # so long that each of several replicas has had its turn at the row

Result = TypeVar("Result")


def show() -> None:
    """Print each key's id, and how many stored values it has sealed."""
    with opened(read_settings()) as place:
        used = _run(place, _used)
        for number in sorted({*place.keyring.ids, *used}):
            role = "seals" if number == place.keyring.ids[0] else "opens"
            known = role if number in place.keyring.ids else "MISSING: what it has sealed cannot be opened"
            print(f"{number}: {known}, {used.get(number, 0)} stored value(s)")


def rotate(*, listen: float = _LISTEN_SECONDS) -> None:
    """Bring everything under a new key. Interrupted, it goes on when it is run again.

    Keys in the home folder: the new one is made here, and running processes learn of it by themselves. Keys in
    NEXUS_SECRET_KEYS: the first of them is the new one, and every running process has to know it already.
    """
    with opened(read_settings()) as place:
        path = keys_file(place.settings, place.home)
        if path is None:
            _check_the_others(place, listen)
        else:
            _lead_with_a_new_key(path, place.keyring, _run(place, _used))
        done = _run(place, lambda database: resealing.reseal(database, place.keyring))
        left = _run(place, _used)
    print(f"Sealed anew under key {place.keyring.ids[0]}: {done.resealed} value(s).")
    if done.lost:
        say_error(f"no key opens these, they were left as they are: {', '.join(done.lost[:20])}")
    for number in place.keyring.ids[1:]:
        if not left.get(number):
            print(f"Key {number} is not used any more: `nexus keys retire {number}` takes it away.")


def retire(number: int, *, listen: float = _LISTEN_SECONDS) -> None:
    """Take a key away that nothing is sealed with. Raises ``InvalidInput`` where something is."""
    with opened(read_settings()) as place:
        if number not in place.keyring.ids:
            raise InvalidInput(f"there is no key {number}; `nexus keys list` shows them")
        if number == place.keyring.ids[0]:
            raise InvalidInput(f"key {number} seals; make another one the first with `nexus keys rotate`")
        path = keys_file(place.settings, place.home)
        if path is None:
            _check_the_others(place, listen)
        used = _run(place, _used).get(number, 0)
        if used:
            raise InvalidInput(
                f"key {number} has sealed {used} stored value(s); run `nexus keys rotate` first"
            )
        if path is None:
            print(
                f"Nothing is sealed with key {number}: take its entry out of NEXUS_SECRET_KEYS and restart."
            )
            return
        entries = [one for one in _entries(path) if _id_of(one) != number]
        (gone,) = [one for one in _entries(path) if _id_of(one) == number]
        kept = path.with_name("retired_keys")
        _replace(kept, [*(_entries(kept) if kept.exists() else []), gone])
        _replace(path, entries)
    print(f"Key {number} is retired. It is kept in {kept}: backups made before today need it.")


def new() -> None:
    """Print a fresh key under the next free id, for NEXUS_SECRET_KEYS."""
    settings = read_settings()
    secret = settings.nexus_secret_keys
    ids = Keyring.parse(secret.get_secret_value()).ids if secret is not None else (0,)
    print(Keyring.new_key_text(max(ids) + 1))


async def _used(database: Database) -> dict[int, int]:
    async with database.unit_of_work() as session:
        return await resealing.count(session)


def _run(place: Place, work: Callable[[Database], Awaitable[Result]]) -> Result:
    async def inside() -> Result:
        await require_current(place.database_url)
        engine = create_engine(place.database_url, pool_size=1, application_name="nexus-keys")
        database = Database(engine, DroppingQueue())
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(inside())


def _check_the_others(place: Place, listen: float) -> None:
    """Raise ``InvalidInput`` unless every process that gives a sign of life knows the key that seals."""
    if len(place.keyring.ids) < 2:
        first = place.keyring.ids[0]
        raise InvalidInput(
            f"NEXUS_SECRET_KEYS holds only key {first}. Print a new one with `nexus keys new`; put it AFTER the old "
            "one and restart every process, so that all can open what it seals; put it BEFORE the old one and restart "
            "again; then run `nexus keys rotate`"
        )
    ignorant = _run(place, lambda database: _without(database, place.keyring.ids[0], listen))
    if ignorant:
        raise InvalidInput(
            f"these do not know key {place.keyring.ids[0]} yet: {', '.join(ignorant)}. "
            "Restart them with the same NEXUS_SECRET_KEYS as here; nothing was changed"
        )


async def _without(database: Database, number: int, listen: float) -> list[str]:
    """Listen to signs of life, for a while when there are any, and return the first parts that do not know the key."""
    until = asyncio.get_running_loop().time() + listen
    while True:
        async with database.unit_of_work() as session:
            details = await heartbeats.details(session, since=datetime.now(UTC) - _ALIVE)
        ignorant = {_named(part, detail) for part, detail in details.items() if not _knows(detail, number)}
        if ignorant or not details or asyncio.get_running_loop().time() >= until:
            return sorted(ignorant)
        await asyncio.sleep(min(1.0, listen))


def _knows(detail: Mapping[str, object], number: int) -> bool:
    keys = detail.get("keys")
    return isinstance(keys, list) and number in keys


def _named(part: str, detail: Mapping[str, object]) -> str:
    return f"{part} ({detail['process']})" if "process" in detail else part


def _lead_with_a_new_key(path: Path, keyring: Keyring, used: Mapping[int, int]) -> None:
    """Put a new key into the file, known before it seals; the one of an interrupted rotation is gone on with."""
    entries = _entries(path)
    first, *others = (_id_of(one) for one in entries)
    if others and first == max(keyring.ids) and any(used.get(number) for number in others):
        return  # what is left to do is sealing anew
    if others and max(others) > first:  # interrupted between the two writes below
        made = next(one for one in entries if _id_of(one) == max(others))
        entries.remove(made)
    else:
        made = Keyring.new_key_text(max(keyring.ids) + 1)
        _replace(path, [*entries, made])
    _replace(path, [made, *entries])


def _entries(path: Path) -> list[str]:
    return [one for one in (part.strip() for part in path.read_text(encoding="ascii").split(",")) if one]


def _id_of(entry: str) -> int:
    return int(entry.partition(":")[0])


def _replace(path: Path, entries: Sequence[str]) -> None:
    """Write the file whole or not at all, for this user alone."""
    descriptor, aside = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 0600
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(",".join(entries) + "\n")
        file.flush()
        os.fsync(file.fileno())
    Path(aside).replace(path)
