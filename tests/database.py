"""Which database does a test get? One migrated database that is put back as it was after every test.

Making one from a template costs about 90 ms each time and gives cold catalogues; emptying the few tables a test has
written costs a fifth of that. What a test may have done that emptying does not undo (a changed schema, a table grown
large, settings of the database) is looked for, and such a database is thrown away.
"""

import io
import uuid
from dataclasses import dataclass, field

import asyncpg

from core.db import migrations
from core.db.embedded import EmbeddedPostgres
from core.db.session import create_engine

_GROWN_BYTES = 1 << 20  # dead rows slow later tests down from here on

_TABLES = """
    SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public'
"""
# What the schema looks like, in one number for each kind of thing it is made of.
_SHAPE = """
    SELECT (SELECT count(*) || ':' || sum(hashtext(a.attrelid::regclass || a.attname || a.atttypid || a.attnotnull))
              FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
             WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'i', 'v') AND a.attnum > 0)
        || '/' || (SELECT count(*) FROM pg_constraint WHERE connamespace = 'public'::regnamespace)
        || '/' || (SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal)
        || '/' || (SELECT count(*) FROM pg_proc WHERE pronamespace = 'public'::regnamespace)
        || '/' || (SELECT count(*) FROM pg_db_role_setting)
"""
_STRANGERS = """
    SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""
_SEQUENCES = """
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
      FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL
"""


@dataclass(eq=False, slots=True)
class Databases:
    """Gives out databases of one server."""

    server: EmbeddedPostgres
    template: str = "nexus_template"
    _free: list["_Database"] = field(default_factory=list)

    async def prepare(self) -> None:
        """Make the template, with every migration applied."""
        await self.create(self.template)
        engine = create_engine(self.server.url(self.template))
        await migrations.upgrade(engine)
        await engine.dispose()

    async def create(self, name: str, template: str | None = None) -> None:
        """Create a database, empty or as a copy."""
        copied = f" TEMPLATE {template} STRATEGY file_copy" if template else ""
        await self._execute(f"CREATE DATABASE {name}{copied}")

    async def drop(self, name: str) -> None:
        """Drop a database, whoever is connected to it."""
        await self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def take(self) -> "_Database":
        """Return a migrated database nobody else uses."""
        if self._free:
            return self._free.pop()
        name = f"t_{uuid.uuid4().hex}"
        await self.create(name, self.template)
        return await _Database.open(name, self.server)

    async def give_back(self, database: "_Database") -> None:
        """Put it back as it was, or throw it away where that cannot be."""
        if await database.restored():
            self._free.append(database)
        else:
            await database.close()
            await self.drop(database.name)

    async def close(self) -> None:
        """Let go of what is kept."""
        for database in self._free:
            await database.close()

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(_dsn(self.server, "postgres"))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@dataclass(eq=False, slots=True)
class _Database:
    name: str
    connection: asyncpg.Connection
    tables: list[str]
    shape: str
    rows: dict[str, bytes]  # of the tables that a migration fills

    @classmethod
    async def open(cls, name: str, server: EmbeddedPostgres) -> "_Database":
        connection = await asyncpg.connect(_dsn(server, name))
        # What refers to what does not matter while everything goes.
        await connection.execute("SET session_replication_role = replica")
        tables = [row[0] for row in await connection.fetch(_TABLES)]
        found = cls(name, connection, tables, await connection.fetchval(_SHAPE), {})
        for table in await found._written():
            out = io.BytesIO()
            await connection.copy_from_table(table, output=out, format="binary")
            found.rows[table] = out.getvalue()
        return found

    async def restored(self) -> bool:
        """Empty what was written and fill in what the migrations had; False when that would not be enough."""
        if self.connection.is_closed():
            return False
        await self.connection.execute(_STRANGERS)
        if await self.connection.fetchval(_SHAPE) != self.shape:
            return False
        written = await self._written()
        sizes = [
            await self.connection.fetchval("SELECT pg_relation_size($1::regclass)", table)
            for table in written
        ]
        if max(sizes, default=0) > _GROWN_BYTES:
            return False
        async with self.connection.transaction():
            for table in {*written, *self.rows}:
                await self.connection.execute(f"DELETE FROM {table}")  # noqa: S608 - a name of our own
            for table, rows in self.rows.items():
                await self.connection.copy_to_table(table, source=io.BytesIO(rows), format="binary")
            await self.connection.execute(_SEQUENCES)
        return True

    async def close(self) -> None:
        await self.connection.close()

    async def _written(self) -> list[str]:
        asked = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {table})" for table in self.tables)  # noqa: S608
        return [row[0] for row in await self.connection.fetch(" UNION ALL ".join(asked))]


def _dsn(server: EmbeddedPostgres, name: str) -> str:
    return server.url(name).replace("+asyncpg", "")
