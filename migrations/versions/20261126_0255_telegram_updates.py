"""What came from Telegram, stored before Telegram may forget it, until it is handled.

Revision ID: c4d9e2a7b615
Revises: 5b8c2e94d7f1
"""

import sqlalchemy as sa
from alembic import op

revision = "c4d9e2a7b615"
down_revision = "5b8c2e94d7f1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    op.create_table(
        "telegram_updates",
        sa.Column("bot_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("update_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("holder", sa.String(64), nullable=True),
        sa.Column("claimed_at", moment, nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("ended_at", moment, nullable=True),
        sa.Column("outcome", sa.String(20), nullable=True),
        sa.Column("received_at", moment, server_default=sa.text("now()"), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id"),
    )
    op.create_index(
        "idx_telegram_updates_open",
        "telegram_updates",
        ["bot_id", "update_id"],
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_index(
        "idx_telegram_updates_ended",
        "telegram_updates",
        ["ended_at"],
        postgresql_where=sa.text("ended_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("telegram_updates")
