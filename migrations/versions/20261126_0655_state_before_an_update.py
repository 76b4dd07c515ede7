"""How a conversation stood before an update changed it, for as long as that update is not handled.

Revision ID: f3a8d05b7c19
Revises: e7a1b0c93d52
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "f3a8d05b7c19"
down_revision = "e7a1b0c93d52"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("telegram_updates", sa.Column("before", postgresql.JSONB(), nullable=True))


def downgrade() -> None:
    op.drop_column("telegram_updates", "before")
