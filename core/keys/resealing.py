"""Which key is each stored secret sealed with, and how does it come under the new one? A batch at a time, beside all else.

Every value is written only if it is still the one that was read: what somebody changes meanwhile is sealed with the new
key anyway. Interrupted anywhere, some values are under one key and some under the other, and every process opens both.
"""

from collections import Counter
from dataclasses import dataclass, field

import structlog
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from core.db.session import Database
from core.keys.places import PLACES, Place
from core.security.keyring import CannotOpen, Keyring

log = structlog.get_logger(__name__)

BATCH = 200  # values in one transaction
_PASSES = 5  # what is sealed with the old key while a pass runs is found by the next one


@dataclass(slots=True)
class Done:
    """What came of it. ``lost`` names rows no key at hand opens: they stay as they are."""

    resealed: int = 0
    lost: list[str] = field(default_factory=list)


async def count(session: AsyncSession) -> dict[int, int]:
    """Return how many stored values each key has sealed, by its id."""
    found: Counter[int] = Counter()
    for place in PLACES:
        query = f"""
            SELECT substr({place.found}, 5, 8) AS start, count(*) AS number FROM {place.table}
             WHERE {place.found} LIKE 'nx1.%' GROUP BY 1
        """  # noqa: S608 - names of our own
        for row in await session.execute(text(query)):
            found[Keyring.key_id_of_header(row.start)] += row.number
    return dict(found)


async def reseal(database: Database, keyring: Keyring) -> Done:
    """Bring every stored secret under ``keyring``'s first key. Safe to interrupt, to repeat, and to run twice at once."""
    done = Done()
    for _ in range(_PASSES):
        done.lost = []
        before = done.resealed
        for place in PLACES:
            await _everywhere(database, keyring, place, done)
        if done.resealed == before:
            break
    return done


async def _everywhere(database: Database, keyring: Keyring, place: Place, done: Done) -> None:
    after = ""
    while True:
        async with database.unit_of_work() as session:
            rows = await _next(session, place, after)
            first = keyring.ids[0]
            for key, sealed in rows:
                if Keyring.key_id(sealed) != first:
                    await _one(session, keyring, place, key, sealed, done)
        if len(rows) < BATCH:
            return
        after = rows[-1][0]


async def _next(session: AsyncSession, place: Place, after: str) -> list[tuple[str, str]]:
    query = f"""
        SELECT CAST({place.key} AS text) AS key, {place.found} AS sealed FROM {place.table}
         WHERE {place.found} LIKE 'nx1.%' AND CAST({place.key} AS text) > :after
         ORDER BY CAST({place.key} AS text) LIMIT {BATCH}
    """  # noqa: S608 - names of our own
    found = await session.execute(text(query), {"after": after})
    return [(str(row.key), str(row.sealed)) for row in found]


async def _one(
    session: AsyncSession, keyring: Keyring, place: Place, key: str, sealed: str, done: Done
) -> None:
    context = place.context(key)
    try:
        new = keyring.seal(keyring.open(sealed, *context), *context)
    except CannotOpen:
        done.lost.append(f"{place.table} {key}")
        log.warning("secret_not_resealed", table=place.table, row=key, key=Keyring.key_id(sealed))
        return
    query = f"""
        UPDATE {place.table} SET {place.column} = {place.put}
         WHERE CAST({place.key} AS text) = :key AND {place.found} = :sealed RETURNING 1
    """  # noqa: S608 - names of our own
    written = await session.scalar(text(query), {"key": key, "new": new, "sealed": sealed})
    done.resealed += 1 if written else 0
