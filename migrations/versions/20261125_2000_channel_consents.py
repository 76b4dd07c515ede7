"""Consents under way at a platform, and applications registered with servers.

Revision ID: 5d0c8e41a7f6
Revises: 5d20c9e7b1a8
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "5d0c8e41a7f6"
down_revision = "5d20c9e7b1a8"
branch_labels = None
depends_on = None

_STATUS = "status IN ('waiting', 'working', 'choosing', 'done', 'failed', 'dropped')"


def _object(name: str) -> sa.Column[object]:
    return sa.Column(name, JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False)


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "channel_consents",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("state_hash", sa.String(64), nullable=False),
        sa.Column("platform", sa.String(50), nullable=False),
        sa.Column("way", sa.String(50), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.Integer(), nullable=False),
        _object("given"),
        _object("secret"),
        sa.Column("status", sa.String(20), server_default=sa.text("'waiting'"), nullable=False),
        _object("outcome"),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.CheckConstraint(_STATUS, name="channel_consents_status_check"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["channel_id"], ["channels.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("state_hash"),
    )
    op.create_table(
        "channel_applications",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("platform", sa.String(50), nullable=False),
        sa.Column("server", sa.String(300), nullable=False),
        sa.Column("redirect", sa.String(300), nullable=False),
        sa.Column("credentials", JSONB(), nullable=False),
        _moment("created_at"),
        _moment("updated_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("platform", "server", "redirect"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("channel_applications")
    op.drop_table("channel_consents")
