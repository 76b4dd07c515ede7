"""What was said about a draft, the findings called right, and an index for what a draft has cost.

Revision ID: 7d0f3b86a2c9
Revises: 7d20b6f4e915
"""

import sqlalchemy as sa
from alembic import op

revision = "7d0f3b86a2c9"
down_revision = "7d20b6f4e915"
branch_labels = None
depends_on = None


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)


def _content() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["content_id"], ["content.id"], ondelete="CASCADE")


def _created() -> sa.Column[object]:
    return sa.Column(
        "created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
    )


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "content_remarks",
        _id(),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _created(),
        _content(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("idx_content_remarks_content", "content_remarks", ["content_id"])
    op.create_table(
        "accepted_findings",
        _id(),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(30), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        _created(),
        _content(),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("content_id", "version", "mark"),
    )
    op.create_index("idx_ai_usage_content", "ai_usage", ["content_id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("idx_ai_usage_content", table_name="ai_usage")
    op.drop_table("accepted_findings")
    op.drop_index("idx_content_remarks_content", table_name="content_remarks")
    op.drop_table("content_remarks")
