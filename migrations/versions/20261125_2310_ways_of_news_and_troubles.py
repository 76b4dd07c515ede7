"""News by e-mail and webhook, one digest in the morning, and troubles of NEXUS itself.

Revision ID: 129ddfb79424
Revises: 71c0a5e29d34
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "129ddfb79424"
down_revision = "71c0a5e29d34"
branch_labels = None
depends_on = None

_STATUS = "status IN ('pending', 'sending', 'sent', 'failed', 'muted')"


def _now(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=True)


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("notifications", sa.Column("digest_id", sa.Uuid(), nullable=True))
    op.create_index(
        "idx_notifications_digest",
        "notifications",
        ["digest_id"],
        postgresql_where=sa.text("digest_id IS NOT NULL"),
    )
    op.create_table(
        "notification_deliveries",
        _id(),
        sa.Column("notification_id", sa.Uuid(), nullable=False),
        sa.Column("way", sa.String(20), nullable=False),
        sa.Column("status", sa.String(20), server_default=sa.text("'pending'"), nullable=False),
        _now("not_before"),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        _moment("lease_until"),
        sa.Column("error_message", sa.Text(), nullable=True),
        _now("created_at"),
        _moment("sent_at"),
        sa.CheckConstraint("way IN ('email', 'webhook')", name="notification_deliveries_way_check"),
        sa.CheckConstraint(_STATUS, name="notification_deliveries_status_check"),
        sa.ForeignKeyConstraint(["notification_id"], ["notifications.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("notification_id", "way"),
    )
    op.create_index(
        "idx_notification_deliveries_pending",
        "notification_deliveries",
        ["not_before"],
        postgresql_where=sa.text("status IN ('pending', 'sending')"),
    )
    op.create_table(
        "troubles",
        _id(),
        sa.Column("key", sa.String(150), nullable=False),
        sa.Column("detail", JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=True),
        _now("began_at"),
        _moment("ended_at"),
        sa.Column("times", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "idx_troubles_open", "troubles", ["key"], unique=True, postgresql_where=sa.text("ended_at IS NULL")
    )
    op.create_index("idx_troubles_key", "troubles", ["key", "began_at"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("troubles")
    op.drop_table("notification_deliveries")
    op.drop_index("idx_notifications_digest", table_name="notifications")
    op.drop_column("notifications", "digest_id")
