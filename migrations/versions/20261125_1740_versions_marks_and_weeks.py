"""Who made each version and why it was rejected, drafts ticked for approval, plans for a week.

Revision ID: 91f3c07ab2d4
Revises: 6b1f90d4c7e2
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "91f3c07ab2d4"
down_revision = "6b1f90d4c7e2"
branch_labels = None
depends_on = None


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)


def _now(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("content", sa.Column("origin", JSONB(), nullable=True))
    op.add_column("content", sa.Column("wanted_on", sa.Date(), nullable=True))
    op.add_column("content_versions", sa.Column("made_by", sa.String(20), nullable=True))
    op.add_column("content_versions", sa.Column("ai_model", sa.String(100), nullable=True))
    op.add_column("content_versions", sa.Column("rejected_because", sa.Text(), nullable=True))
    # Of older versions only the current one's maker is known.
    op.execute(
        "UPDATE content_versions v SET made_by = c.made_by, ai_model = c.ai_model "
        "FROM content c WHERE c.id = v.content_id AND c.version = v.version"
    )
    op.create_table(
        "content_marks",
        _id(),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("approved", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        _now("created_at"),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("chat_id", "content_id"),
    )
    op.create_table(
        "week_plans",
        _id(),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(20), server_default=sa.text("'planned'"), nullable=False),
        sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("posts", JSONB(), nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        _now("created_at"),
        _now("updated_at"),
        sa.CheckConstraint("status IN ('planned', 'writing', 'stopped', 'written')", name="status"),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("idx_week_plans_product", "week_plans", ["product_id"])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("week_plans")
    op.drop_table("content_marks")
    for column in ("rejected_because", "ai_model", "made_by"):
        op.drop_column("content_versions", column)
    op.drop_column("content", "wanted_on")
    op.drop_column("content", "origin")
