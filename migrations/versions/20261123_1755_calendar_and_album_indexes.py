"""Indexes for what is asked while the owner waits: what surrounds a moment, and which draft an album belongs to.

Revision ID: 5b7e90c3d1f6
Revises: 8c1f2e7a90b4
"""

import sqlalchemy as sa
from alembic import op

revision = "5b7e90c3d1f6"
down_revision = "8c1f2e7a90b4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.create_index(
        "idx_pub_calendar", "publications", [sa.literal_column("coalesce(published_at, scheduled_at)")]
    )
    op.create_index(
        "idx_content_media_group",
        "content",
        ["idea_media_group"],
        postgresql_where=sa.text("idea_media_group IS NOT NULL"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("idx_content_media_group", table_name="content")
    op.drop_index("idx_pub_calendar", table_name="publications")
