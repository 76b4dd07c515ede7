"""When a channel's credentials end, and who is renewing them.

Revision ID: 9d2e7f40b6c8
Revises: c4a91e5d7b20
"""

import sqlalchemy as sa
from alembic import op

revision = "9d2e7f40b6c8"
down_revision = "c4a91e5d7b20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("channels", sa.Column("credentials_expire_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("channels", sa.Column("renewal_lease_until", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("channels", "renewal_lease_until")
    op.drop_column("channels", "credentials_expire_at")
