"""What is learned from the owner's edits, the rules proposed from it, and the hints that are put away.

Revision ID: c4a91e5d7b20
Revises: 5b7e90c3d1f6
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "c4a91e5d7b20"
down_revision = "5b7e90c3d1f6"
branch_labels = None
depends_on = None


def _id() -> sa.Column[object]:
    return sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False)


def _json(name: str, *, empty: bool = False) -> sa.Column[object]:
    default = sa.text("'[]'::jsonb") if empty else None
    return sa.Column(name, JSONB(), server_default=default, nullable=False)


def _now(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)


def _product() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["product_id"], ["products.id"], ondelete="CASCADE")


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_table(
        "edit_pairs",
        _id(),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("content_id", sa.Uuid(), nullable=False),
        sa.Column("platform", sa.String(50), server_default=sa.text("''"), nullable=False),
        sa.Column("before_version", sa.Integer(), nullable=False),
        sa.Column("after_version", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        _json("signs", empty=True),
        _now("created_at"),
        _now("updated_at"),
        _product(),
        sa.ForeignKeyConstraint(["content_id"], ["content.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("content_id", "platform", "before_version"),
    )
    op.create_index("idx_edit_pairs_product", "edit_pairs", ["product_id"])
    op.create_table(
        "rule_proposals",
        _id(),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("sign", sa.String(160), nullable=False),
        sa.Column("status", sa.String(20), server_default=sa.text("'proposed'"), nullable=False),
        _json("pieces"),
        _json("evidence"),
        _json("added", empty=True),
        _now("created_at"),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("status IN ('proposed', 'accepted', 'dismissed', 'undone')", name="status"),
        _product(),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "idx_rule_proposals_open",
        "rule_proposals",
        ["product_id", "sign"],
        unique=True,
        postgresql_where=sa.text("status = 'proposed'"),
    )
    op.create_table(
        "suggestions_put_away",
        _id(),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        _product(),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("product_id", "key"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_table("suggestions_put_away")
    op.drop_table("rule_proposals")
    op.drop_table("edit_pairs")
