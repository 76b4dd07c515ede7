"""Runs of automations, step by step.

Revision ID: a83f5d17c6e2
Revises: 7c31f0a95e24
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "a83f5d17c6e2"
down_revision = "7c31f0a95e24"
branch_labels = None
depends_on = None

_OBJECT, _ZERO, _FALSE = sa.text("'{}'::jsonb"), sa.text("0"), sa.text("false")
_LOG_COLUMNS = (
    ("run_key", sa.String(200)),
    ("rule", JSONB()),
    ("conditions", JSONB()),
    ("why", sa.String(50)),
    ("next_at", sa.DateTime(timezone=True)),
    ("lease_until", sa.DateTime(timezone=True)),
    ("lease_owner", sa.String(64)),
)


def _moment(name: str, *, optional: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=optional)


def _reference(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete="CASCADE")


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("automations", _moment("next_run_at"))
    op.add_column("automations", sa.Column("streak", sa.Integer(), server_default=_ZERO, nullable=False))
    op.create_index(
        "idx_auto_event",
        "automations",
        ["product_id", sa.text("(trigger_config ->> 'event')")],
        postgresql_where=sa.text("enabled AND trigger_type = 'event'"),
    )
    op.create_index(
        "idx_auto_next",
        "automations",
        ["next_run_at"],
        postgresql_where=sa.text("enabled AND trigger_type = 'schedule'"),
    )
    for name, kind in _LOG_COLUMNS:
        op.add_column("automation_logs", sa.Column(name, kind, nullable=True))
    op.add_column("automation_logs", sa.Column("hops", sa.Integer(), server_default=_ZERO, nullable=False))
    op.create_index("idx_autolog_started", "automation_logs", ["automation_id", "started_at"])
    op.create_index(
        "idx_autolog_due", "automation_logs", ["next_at"], postgresql_where=sa.text("status = 'running'")
    )
    op.create_unique_constraint(
        "automation_logs_automation_id_run_key_key", "automation_logs", ["automation_id", "run_key"]
    )
    _create_steps()
    _create_drafts()
    op.create_table(
        "automation_marks",
        sa.Column("automation_id", sa.Uuid(), nullable=False),
        sa.Column("field", sa.String(200), nullable=False),
        sa.Column("highest", sa.Float(), nullable=False),
        _reference("automation_id", "automations"),
        sa.PrimaryKeyConstraint("automation_id", "field"),
    )


def _create_steps() -> None:
    op.create_table(
        "automation_steps",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(30), nullable=False),
        sa.Column("status", sa.String(20), nullable=False),
        _moment("due_at", optional=False),
        sa.Column("attempts", sa.Integer(), server_default=_ZERO, nullable=False),
        sa.Column("result", JSONB(), server_default=_OBJECT, nullable=False),
        sa.Column("error_code", sa.String(50), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        _moment("started_at"),
        _moment("finished_at"),
        _reference("run_id", "automation_logs"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("run_id", "path"),
    )


def _create_drafts() -> None:
    op.create_table(
        "automation_drafts",
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("automation_id", sa.Uuid(), nullable=False),
        sa.Column("run_id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.String(60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("wish", JSONB(), nullable=False),
        sa.Column("asked_because", sa.String(50), nullable=True),
        _moment("decides_at"),
        sa.Column("on_timeout", sa.String(10), nullable=True),
        sa.Column("outcome", sa.String(20), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("judged", sa.Boolean(), server_default=_FALSE, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        _moment("settled_at"),
        _reference("content_id", "content"),
        _reference("automation_id", "automations"),
        _reference("run_id", "automation_logs"),
        sa.PrimaryKeyConstraint("content_id"),
    )
    op.create_index("idx_automation_drafts_open", "automation_drafts", ["outcome", "created_at"])
    op.create_index("idx_automation_drafts_automation", "automation_drafts", ["automation_id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in ("automation_marks", "automation_drafts", "automation_steps"):
        op.drop_table(table)
    op.drop_constraint("automation_logs_automation_id_run_key_key", "automation_logs")
    op.drop_index("idx_autolog_due", "automation_logs")
    op.drop_index("idx_autolog_started", "automation_logs")
    op.drop_column("automation_logs", "hops")
    for name, _ in _LOG_COLUMNS:
        op.drop_column("automation_logs", name)
    op.drop_index("idx_auto_next", "automations")
    op.drop_index("idx_auto_event", "automations")
    op.drop_column("automations", "streak")
    op.drop_column("automations", "next_run_at")
