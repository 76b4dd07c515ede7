"""The system templates, in Russian and English.

The rows are copied into `migrations/seeds/`: what the code ships today may change tomorrow, a migration may not.

Revision ID: 8c1f2e7a90b4
Revises: 8f2c61d07a94
"""

import json
import uuid
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "8c1f2e7a90b4"
down_revision = "8f2c61d07a94"
branch_labels = None
depends_on = None

_ROWS = Path(__file__).resolve().parents[1] / "seeds" / "20261123_1702_system_templates.json"
_templates = sa.table(
    "templates",
    sa.column("id", sa.Uuid),
    sa.column("name", sa.String),
    sa.column("description", sa.Text),
    sa.column("category", sa.String),
    sa.column("content_type", sa.String),
    sa.column("structure", postgresql.JSONB),
    sa.column("is_system", sa.Boolean),
    sa.column("key", sa.String),
    sa.column("language", sa.String),
)
_content = sa.table("content", sa.column("template_id", sa.Uuid))


def _rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(_ROWS.read_text(encoding="utf-8"))
    return [row | {"id": uuid.UUID(row["id"]), "is_system": True} for row in rows]


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.bulk_insert(_templates, _rows())


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    ids = [row["id"] for row in _rows()]
    # Posts made from them stay; they only forget which template it was.
    op.execute(_content.update().where(_content.c.template_id.in_(ids)).values(template_id=None))
    op.execute(_templates.delete().where(_templates.c.id.in_(ids)))
