"""How does Alembic reach the database? Through the connection that core.db.migrations hands it."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from core.db.base import UtcDateTime
from core.db.models import Base


def _render(kind: str, item: object, autogen_context: AutogenContext) -> str | Literal[False]:
    """Write our column type as the plain one it stands for: migrations must not follow the code's changes."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    return False


connection: Connection | None = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit(
        "Run migrations with `nexus migrate up|down|new`; it knows the database and takes the lock."
    )

context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_item=_render,
    compare_type=True,
    compare_server_default=True,
    transaction_per_migration=True,
)
with context.begin_transaction():
    context.run_migrations()
