"""A product's webhook secret before this one, which counts for a while after a rotation.

Revision ID: 3c9e51b7d2f4
Revises: 129ddfb79424
"""

import sqlalchemy as sa
from alembic import op

revision = "3c9e51b7d2f4"
down_revision = "129ddfb79424"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("products", sa.Column("previous_webhook_secret", sa.String(255), nullable=True))
    op.add_column("products", sa.Column("previous_secret_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_column("products", "previous_secret_until")
    op.drop_column("products", "previous_webhook_secret")
