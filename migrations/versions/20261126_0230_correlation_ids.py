"""What began a draft, its publications and the news of them: the id that their log lines carry.

Revision ID: 5b8c2e94d7f1
Revises: a83f5d17c6e2
"""

import sqlalchemy as sa
from alembic import op

revision = "5b8c2e94d7f1"
down_revision = "a83f5d17c6e2"
branch_labels = None
depends_on = None

_TABLES = ("content", "publications", "notifications")


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET lock_timeout = '5s'")
    for table in _TABLES:
        op.add_column(table, sa.Column("correlation_id", sa.String(36), nullable=True))


def downgrade() -> None:
    for table in _TABLES:
        op.drop_column(table, "correlation_id")
