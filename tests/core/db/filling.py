"""How is a database of any revision filled with rows? By what the database itself says of its columns and constraints."""

import json
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import asyncpg

_COLUMNS = """
    SELECT c.table_name, c.column_name, c.data_type, c.character_maximum_length, c.is_nullable = 'NO' AS needed,
           c.column_default IS NOT NULL OR c.is_identity = 'YES' OR c.is_generated <> 'NEVER' AS made
      FROM information_schema.columns c JOIN pg_tables t ON t.tablename = c.table_name AND t.schemaname = 'public'
     WHERE c.table_schema = 'public' AND c.table_name <> 'alembic_version' ORDER BY c.ordinal_position
"""
_REFERENCES = """
    SELECT conrelid::regclass::text AS table_name, a.attname AS column_name, confrelid::regclass::text AS refers_to,
           b.attname AS their
      FROM pg_constraint
      JOIN pg_attribute a ON a.attrelid = conrelid AND a.attnum = conkey[1]
      JOIN pg_attribute b ON b.attrelid = confrelid AND b.attnum = confkey[1]
     WHERE contype = 'f' AND connamespace = 'public'::regnamespace
"""
_CHECKS = """
    SELECT conrelid::regclass::text AS table_name, pg_get_constraintdef(oid) AS said
      FROM pg_constraint WHERE contype = 'c' AND connamespace = 'public'::regnamespace
"""
_WORD = re.compile(r"\(\(?\(?(\w+)\)?(?:::text)?\)? = ANY \(.*?ARRAY\['([^']*)'")


@dataclass(frozen=True, slots=True)
class Filled:
    """How many rows each table has, and what its first column held, for comparing afterwards."""

    keys: dict[str, set[str]]


async def fill(connection: asyncpg.Connection, rows: int = 3) -> Filled:
    """Put ``rows`` rows into every table that can be filled without knowing what it means."""
    columns: dict[str, list[Mapping[str, Any]]] = {}
    for row in await connection.fetch(_COLUMNS):
        columns.setdefault(row["table_name"], []).append(row)
    references = {
        (row["table_name"], row["column_name"]): (row["refers_to"], row["their"])
        for row in await connection.fetch(_REFERENCES)
    }
    words = {
        (row["table_name"], found[1]): found[2]
        for row in await connection.fetch(_CHECKS)
        if (found := _WORD.search(row["said"]))
    }
    made: dict[tuple[str, str], list[Any]] = {}
    for table in _in_order(columns, references):
        for number in range(rows):
            values = {
                column["column_name"]: (
                    made[references[table, column["column_name"]]][number]
                    if (table, column["column_name"]) in references
                    else words.get((table, column["column_name"])) or _value(column, number)
                )
                for column in columns[table]
                if _is_wanted(column, table, references, made)
            }
            await _insert(connection, table, columns[table], values, made)
    return Filled(await keys(connection, list(columns)))


async def keys(connection: asyncpg.Connection, tables: list[str]) -> dict[str, set[str]]:
    """Return the primary keys of the tables that are there, as text."""
    found: dict[str, set[str]] = {}
    for table in tables:
        names = await connection.fetch(
            "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY(i.indkey)"
            " WHERE i.indrelid = to_regclass($1) AND i.indisprimary", table,
        )  # fmt: skip
        if names:
            asked = ", ".join(f'"{row["attname"]}"' for row in names)
            rows = await connection.fetch(f'SELECT {asked} FROM "{table}"')  # noqa: S608
            found[table] = {str(tuple(row)) for row in rows}
    return found


def _is_wanted(
    column: Mapping[str, Any],
    table: str,
    references: Mapping[tuple[str, str], tuple[str, str]],
    made: Mapping[tuple[str, str], list[Any]],
) -> bool:
    place = (table, column["column_name"])
    if place in references:
        return references[place] in made
    return bool(column["needed"] and not column["made"])


async def _insert(
    connection: asyncpg.Connection,
    table: str,
    columns: list[Mapping[str, Any]],
    values: Mapping[str, Any],
    made: dict[tuple[str, str], list[Any]],
) -> None:
    names = ", ".join(f'"{name}"' for name in values)
    marks = ", ".join(f"${number}" for number in range(1, len(values) + 1))
    said = f"({names}) VALUES ({marks})" if values else "DEFAULT VALUES"
    row = await connection.fetchrow(f'INSERT INTO "{table}" {said} RETURNING *', *values.values())
    assert row is not None
    for column in columns:
        made.setdefault((table, column["column_name"]), []).append(row[column["column_name"]])


def _in_order(columns: Mapping[str, Any], references: Mapping[tuple[str, str], tuple[str, str]]) -> list[str]:
    """Return the tables, each after those it has to refer to."""
    left, done = dict.fromkeys(columns), []
    while left:
        free = [
            table
            for table in left
            if not any(of == table and to in left and to != table for (of, _), (to, _) in references.items())
        ]
        assert free, f"tables refer to each other in a circle: {list(left)}"
        for table in free:
            del left[table]
            done.append(table)
    return done


def _value(column: Mapping[str, Any], number: int) -> Any:
    longest = column["character_maximum_length"] or 50
    match column["data_type"]:
        case "uuid":
            return uuid.uuid4()
        case "integer" | "bigint" | "smallint" | "numeric" | "double precision" | "real":
            return number + 1
        case "boolean":
            return False
        case "jsonb":
            return json.dumps({})
        case "date":
            return date(2026, 1, 1 + number)
        case "timestamp with time zone" | "timestamp without time zone":
            moment = datetime(2026, 1, 1, number, tzinfo=UTC)
            return moment if "with time" in column["data_type"] else moment.replace(tzinfo=None)
        case _:
            return f"{column['column_name']}-{number}"[:longest]
