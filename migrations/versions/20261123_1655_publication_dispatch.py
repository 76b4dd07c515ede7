"""What dispatching needs: one live publication per content and channel, nudge bookkeeping, the number of parts.

Revision ID: 8f2c61d07a94
Revises: 4d8e061f83ee
"""

import sqlalchemy as sa
from alembic import op

revision = "8f2c61d07a94"
down_revision = "4d8e061f83ee"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("publications", sa.Column("nudged_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("publications", sa.Column("parts", sa.Integer(), nullable=True))
    op.create_index(
        "idx_pub_live",
        "publications",
        ["content_id", "channel_id"],
        unique=True,
        postgresql_where=sa.text(
            "status IN ('scheduled', 'publishing', 'uncertain') "
            "AND content_version IS NOT NULL AND mode <> 'hand'"
        ),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index(
        "idx_pub_live",
        table_name="publications",
        postgresql_where=sa.text(
            "status IN ('scheduled', 'publishing', 'uncertain') "
            "AND content_version IS NOT NULL AND mode <> 'hand'"
        ),
    )
    op.drop_column("publications", "parts")
    op.drop_column("publications", "nudged_at")
