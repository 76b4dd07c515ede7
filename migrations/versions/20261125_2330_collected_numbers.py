"""Numbers collected from platforms: when to ask, what was told, and what metric triggers have seen.

Revision ID: 7c31f0a95e24
Revises: 3c9e51b7d2f4
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "7c31f0a95e24"
down_revision = "3c9e51b7d2f4"
branch_labels = None
depends_on = None


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _count(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.Integer(), server_default=sa.text("0"), nullable=False)


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)


def _belongs(column: str, table: str, ondelete: str = "CASCADE") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], ondelete=ondelete)


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    _asking()
    _history()
    op.create_table(
        "metric_firings",
        _id(),
        sa.Column("automation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        _moment("seen_at", nullable=False),
        _belongs("automation_id", "automations"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("automation_id", "key"),
    )
    op.create_table(
        "channel_invites",
        _id(),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("publication_id", sa.Uuid(), nullable=True),
        sa.Column("link", sa.String(255), nullable=False),
        sa.Column("name", sa.String(64), nullable=True),
        _count("joins"),
        _moment("created_at", nullable=False),
        _belongs("channel_id", "channels"),
        _belongs("publication_id", "publications", "SET NULL"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel_id", "link"),
    )
    op.create_index("idx_invites_publication", "channel_invites", ["publication_id"])


def _asking() -> None:
    op.create_table(
        "publication_collections",
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        _moment("due_at", nullable=False),
        _count("failures"),
        sa.Column("ended", sa.String(20), nullable=True),
        sa.Column("error", sa.String(500), nullable=True),
        sa.CheckConstraint(
            "ended IN ('done', 'gone', 'refused', 'unsupported')",
            name=op.f("publication_collections_ended_check"),
        ),
        _belongs("publication_id", "publications"),
        _belongs("channel_id", "channels"),
        sa.PrimaryKeyConstraint("publication_id"),
    )
    op.create_index(
        "idx_collection_due",
        "publication_collections",
        ["channel_id", "due_at"],
        postgresql_where=sa.text("ended IS NULL"),
    )
    op.create_table(
        "channel_collections",
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        _moment("lease_until"),
        sa.Column("lease_owner", sa.String(64), nullable=True),
        _moment("nudged_at"),
        _moment("wait_until"),
        _count("failures"),
        _moment("followers_due_at", nullable=False),
        sa.Column("posts_refused", sa.String(64), nullable=True),
        sa.Column("followers_refused", sa.String(64), nullable=True),
        sa.Column("stale", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("added_up_for", sa.String(100), nullable=True),
        sa.Column("total_reach", sa.BigInteger(), nullable=True),
        _belongs("channel_id", "channels"),
        sa.PrimaryKeyConstraint("channel_id"),
    )


def _history() -> None:
    op.create_table(
        "publication_metrics",
        _id(),
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        _moment("taken_at", nullable=False),
        sa.Column("numbers", JSONB(), nullable=False),
        _belongs("publication_id", "publications"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("publication_id", "taken_at"),
    )
    op.create_table(
        "channel_followers",
        _id(),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        _moment("taken_at", nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        _belongs("channel_id", "channels"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("channel_id", "taken_at"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in (
        "channel_invites", "metric_firings", "channel_followers", "publication_metrics", "channel_collections",
        "publication_collections",
    ):  # fmt: skip
        op.drop_table(table)
