"""Does the migrated schema keep the data model's contract: every table, column, type, default, index and key?

The contract is written out here a second time on purpose: models and migrations are held equal elsewhere, and could
drift together. It departs from the data model's SQL in one way: moments have a zone (docs/decisions/0001).
"""

import re
from collections.abc import AsyncGenerator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from core.db.session import create_engine

UUID, TEXT, JSON, INT, BIGINT, BOOL, DATE = (
    "uuid", "text", "jsonb", "integer", "bigint", "boolean", "date",
)  # fmt: skip
MOMENT = "timestamp with time zone"
NOW, NEW_ID = "now()", "gen_random_uuid()"
CASCADE, SET_NULL, NO_ACTION = "CASCADE", "SET NULL", "NO ACTION"
NOTHING: Mapping[str, Any] = MappingProxyType({})


def varchar(length: int) -> str:
    return f"character varying({length})"


class Column(NamedTuple):
    """``default`` is a value, or the expression of a function. ``optional`` columns may be NULL.

    The SQL leaves more columns nullable than the data model's Prisma schema, which is the stricter one: only its `?`
    fields may be empty.
    """

    type: str
    default: Any = None
    optional: bool = False


def maybe(type_: str) -> Column:
    return Column(type_, optional=True)


class Table(NamedTuple):
    columns: dict[str, Column]
    indexes: Mapping[str, str] = NOTHING
    unique: tuple[tuple[str, ...], ...] = ()
    references: Mapping[str, tuple[str, str]] = NOTHING
    key: str = "id"


ID = {"id": Column(UUID, NEW_ID)}
TIMES = {"created_at": Column(MOMENT, NOW), "updated_at": Column(MOMENT, NOW)}
OF_PRODUCT = {"product_id": ("products", CASCADE)}
VOICE = {
    "personality": [],
    "vocabulary": {"preferred": [], "avoid": []},
    "tone_examples": {},
    "emoji_set": [],
}

CONTRACT = {
    "products": Table(
        ID
        | {
            "name": Column(varchar(255)),
            "slug": Column(varchar(100)),
            "description": maybe(TEXT),
            "brand_voice": Column(JSON, VOICE),
            "webhook_secret": maybe(varchar(255)),
            "settings": Column(JSON, {}),
        }
        | TIMES,
        unique=(("slug",),),
    ),
    "channels": Table(
        ID
        | {
            "product_id": Column(UUID),
            "platform": Column(varchar(50)),
            "platform_name": maybe(varchar(255)),
            "credentials": Column(JSON),
            "settings": Column(JSON, {}),
            "status": Column(varchar(20), "active"),
            "last_used_at": maybe(MOMENT),
            "error_message": maybe(TEXT),
        }
        | TIMES,
        unique=(("product_id", "platform"),),
        references=OF_PRODUCT,
    ),
    "content": Table(
        ID
        | {
            "product_id": Column(UUID),
            "original_text": Column(TEXT),
            "adapted": Column(JSON, {}),
            "content_type": maybe(varchar(50)),
            "template_id": maybe(UUID),
            "media": Column(JSON, []),
            "ai_generated": Column(BOOL, False),
            "ai_prompt": maybe(TEXT),
            "ai_model": maybe(varchar(100)),
            "predictions": Column(JSON, {}),
            "status": Column(varchar(20), "draft"),
        }
        | TIMES,
        indexes={
            "idx_content_product": "product_id",
            "idx_content_status": "status",
            "idx_content_type": "content_type",
        },
        references=OF_PRODUCT | {"template_id": ("templates", NO_ACTION)},
    ),
    "publications": Table(
        ID
        | {
            "content_id": Column(UUID),
            "channel_id": Column(UUID),
            "status": Column(varchar(20), "scheduled"),
            "scheduled_at": Column(MOMENT),
            "published_at": maybe(MOMENT),
            "platform_post_id": maybe(varchar(255)),
            "platform_url": maybe(varchar(512)),
            "thread_ids": maybe(JSON),
            "error_code": maybe(varchar(100)),
            "error_message": maybe(TEXT),
            "retry_count": Column(INT, 0),
            "metrics": Column(JSON, {}),
        }
        | TIMES,
        indexes={
            "idx_pub_content": "content_id",
            "idx_pub_channel": "channel_id",
            "idx_pub_status": "status",
            "idx_pub_scheduled": "scheduled_at",
        },
        references={"content_id": ("content", CASCADE), "channel_id": ("channels", CASCADE)},
    ),
    "automations": Table(
        ID
        | {
            "product_id": Column(UUID),
            "name": Column(varchar(255)),
            "description": maybe(TEXT),
            "trigger_type": Column(varchar(50)),
            "trigger_config": Column(JSON),
            "conditions": Column(JSON, []),
            "actions": Column(JSON),
            "enabled": Column(BOOL, True),
            "last_triggered": maybe(MOMENT),
            "trigger_count": Column(INT, 0),
        }
        | TIMES,
        indexes={"idx_auto_product": "product_id", "idx_auto_enabled": "enabled"},
        references=OF_PRODUCT,
    ),
    "events": Table(
        ID
        | {
            "product_id": Column(UUID),
            "event_type": Column(varchar(100)),
            "payload": Column(JSON),
            "processed": Column(BOOL, False),
            "processed_at": maybe(MOMENT),
            "automations_triggered": Column(JSON, []),
            "result": maybe(JSON),
            "received_at": Column(MOMENT, NOW),
        },
        indexes={
            "idx_events_product": "product_id",
            "idx_events_type": "event_type",
            "idx_events_processed": "processed",
            "idx_events_received": "received_at",
        },
        references=OF_PRODUCT,
    ),
    "automation_logs": Table(
        ID
        | {
            "automation_id": Column(UUID),
            "event_id": maybe(UUID),
            "status": Column(varchar(20)),
            "started_at": Column(MOMENT, NOW),
            "completed_at": maybe(MOMENT),
            "actions_executed": maybe(JSON),
            "error_message": maybe(TEXT),
            "trigger_data": maybe(JSON),
        },
        indexes={"idx_autolog_automation": "automation_id", "idx_autolog_status": "status"},
        references={"automation_id": ("automations", CASCADE), "event_id": ("events", SET_NULL)},
    ),
    "templates": Table(
        ID
        | {
            "product_id": maybe(UUID),
            "name": Column(varchar(255)),
            "description": maybe(TEXT),
            "category": maybe(varchar(100)),
            "content_type": Column(varchar(50)),
            "platforms": Column(f"{varchar(50)}[]", []),
            "structure": Column(JSON),
            "is_system": Column(BOOL, False),
        }
        | TIMES,
        indexes={"idx_templates_product": "product_id", "idx_templates_category": "category"},
        references=OF_PRODUCT,
    ),
    "daily_stats": Table(
        ID
        | {
            "product_id": Column(UUID),
            "channel_id": Column(UUID),
            "date": Column(DATE),
            "posts_count": Column(INT, 0),
            "total_reach": Column(BIGINT, 0),
            "total_engagements": Column(BIGINT, 0),
            "total_likes": Column(BIGINT, 0),
            "total_comments": Column(BIGINT, 0),
            "total_shares": Column(BIGINT, 0),
            "total_clicks": Column(BIGINT, 0),
            "avg_engagement_rate": maybe("numeric(5,2)"),
            "followers_start": maybe(INT),
            "followers_end": maybe(INT),
            "followers_change": maybe(INT),
        }
        | TIMES,
        indexes={"idx_daily_product": "product_id", "idx_daily_date": "date"},
        unique=(("product_id", "channel_id", "date"),),
        references=OF_PRODUCT | {"channel_id": ("channels", CASCADE)},
    ),
    "ai_usage": Table(
        ID
        | {
            "request_type": Column(varchar(50)),
            "model": Column(varchar(100)),
            "product_id": maybe(UUID),
            "input_tokens": maybe(INT),
            "output_tokens": maybe(INT),
            "total_tokens": maybe(INT),
            "cost_usd": maybe("numeric(10,6)"),
            "created_at": Column(MOMENT, NOW),
        },
        indexes={"idx_ai_usage_date": "created_at", "idx_ai_usage_type": "request_type"},
        references={"product_id": ("products", NO_ACTION)},
    ),
    "settings": Table(
        {"key": Column(varchar(255)), "value": Column(JSON), "updated_at": Column(MOMENT, NOW)},
        key="key",
    ),
}

DEFAULT_SETTINGS = {
    "general": {
        "timezone": "UTC+3",
        "language": "ru",
        "notifications": {"telegram_chat_id": None, "email": None},
    },
    "publishing": {"default_scheduling": "optimal", "min_gap_hours": 2, "max_posts_per_day": 30},
    "ai": {"default_model": "claude-3-5-sonnet", "fallback_model": "claude-3-haiku", "temperature": 0.7},
}

_COLUMNS = """
    SELECT a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS optional,
           pg_get_expr(d.adbin, d.adrelid) AS default, a.attidentity <> '' AS counted
    FROM pg_attribute a LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
    WHERE a.attrelid = CAST(:table AS regclass) AND a.attnum > 0 AND NOT a.attisdropped
"""
_KEYS = """
    SELECT tc.constraint_type AS kind,
           array_agg(CAST(kcu.column_name AS text) ORDER BY kcu.ordinal_position) AS columns
    FROM information_schema.table_constraints tc
    JOIN information_schema.key_column_usage kcu USING (constraint_schema, constraint_name, table_name)
    WHERE tc.table_schema = 'public' AND tc.table_name = :table
      AND tc.constraint_type IN ('PRIMARY KEY', 'UNIQUE')
    GROUP BY constraint_name, tc.constraint_type
"""
_REFERENCES = """
    SELECT kcu.column_name AS column, ccu.table_name AS target, ccu.column_name AS target_column,
           rc.delete_rule AS rule
    FROM information_schema.referential_constraints rc
    JOIN information_schema.key_column_usage kcu USING (constraint_schema, constraint_name)
    JOIN information_schema.constraint_column_usage ccu USING (constraint_schema, constraint_name)
    WHERE kcu.table_schema = 'public' AND kcu.table_name = :table
"""

tables = pytest.mark.parametrize("name", CONTRACT)


@pytest.fixture
async def connection(database_url: str) -> AsyncGenerator[AsyncConnection]:
    engine = create_engine(database_url)
    async with engine.connect() as opened:
        yield opened
    await engine.dispose()


async def ask(connection: AsyncConnection, query: str, **parameters: Any) -> list[Any]:
    return list(await connection.execute(text(query), parameters))


async def default_of(connection: AsyncConnection, expression: str | None) -> Any:
    """Return the value an expression stands for; a function's call as it is written."""
    if expression is None or expression in {NOW, NEW_ID}:
        return expression
    return (await connection.exec_driver_sql(f"SELECT {expression}")).scalar_one()


@tables
async def test_columns(connection: AsyncConnection, name: str) -> None:
    found = {row.name: row for row in await ask(connection, _COLUMNS, table=name)}
    for column, wanted in CONTRACT[name].columns.items():
        assert column in found, f"{name}.{column} is missing"
        row = found[column]
        assert (row.type, row.optional) == (wanted.type, wanted.optional), f"{name}.{column}"
        assert await default_of(connection, row.default) == wanted.default, f"{name}.{column}"


@tables
async def test_a_row_may_be_written_with_the_contracts_columns_alone(
    connection: AsyncConnection, name: str
) -> None:
    for row in await ask(connection, _COLUMNS, table=name):
        if row.name not in CONTRACT[name].columns:
            assert row.optional or row.default is not None or row.counted, (
                f"{name}.{row.name} has to be named"
            )


@tables
async def test_indexes(connection: AsyncConnection, name: str) -> None:
    rows = await ask(
        connection,
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = :table",
        table=name,
    )
    found = {row.indexname: row.indexdef for row in rows}
    for index, column in CONTRACT[name].indexes.items():
        assert re.fullmatch(
            rf"CREATE INDEX {index} ON public\.{name} USING btree \({column}\)", found.get(index, "")
        ), f"{index}: {found.get(index)}"


@tables
async def test_keys(connection: AsyncConnection, name: str) -> None:
    table = CONTRACT[name]
    found = [(row.kind, tuple(row.columns)) for row in await ask(connection, _KEYS, table=name)]
    assert ("PRIMARY KEY", (table.key,)) in found
    for columns in table.unique:
        assert ("UNIQUE", columns) in found


@tables
async def test_references(connection: AsyncConnection, name: str) -> None:
    found = {
        row.column: (row.target, row.rule)
        for row in await ask(connection, _REFERENCES, table=name)
        if row.target_column == "id"
    }
    assert found.items() >= CONTRACT[name].references.items()


async def test_default_settings(connection: AsyncConnection) -> None:
    rows = await ask(connection, "SELECT key, value FROM settings")
    assert {row.key: row.value for row in rows} == DEFAULT_SETTINGS
