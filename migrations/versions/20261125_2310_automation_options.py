"""Mode and limits of automations.

Revision ID: 71c0a5e29d34
Revises: 5d0c8e41a7f6
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "71c0a5e29d34"
down_revision = "5d0c8e41a7f6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column(
        "automations", sa.Column("options", JSONB(), server_default=sa.text("'{}'::jsonb"), nullable=False)
    )
    op.add_column(
        "automations", sa.Column("version", sa.Integer(), server_default=sa.text("1"), nullable=False)
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("automations", "version")
    op.drop_column("automations", "options")
