"""Whether a post is wanted out although its time lies in quiet hours; an index to find the same text again.

Revision ID: 7d20b6f4e915
Revises: 9d2e7f40b6c8
"""

import sqlalchemy as sa
from alembic import op

revision = "7d20b6f4e915"
down_revision = "9d2e7f40b6c8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "publications",
        sa.Column("quiet_accepted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index("idx_content_text", "content", [sa.literal_column("md5(lower(original_text))")])


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("idx_content_text", table_name="content")
    op.drop_column("publications", "quiet_accepted")
