"""Headlines proposed for a version of a draft.

Revision ID: 2b9f64d10c73
Revises: 91f3c07ab2d4
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "2b9f64d10c73"
down_revision = "91f3c07ab2d4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "content_headlines",
        sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("variants", JSONB(), server_default=sa.text("'[]'::jsonb"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("content_id", "version"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("content_headlines")
