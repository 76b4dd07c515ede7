"""Notifications that wait for the end of quiet hours, and those of a kind that is switched off.

Revision ID: 3d60b8f2a9e4
Revises: 7d0f3b86a2c9
"""

import sqlalchemy as sa
from alembic import op

revision = "3d60b8f2a9e4"
down_revision = "7d0f3b86a2c9"
branch_labels = None
depends_on = None

_CHECK = "notifications_status_check"


def _allow(*states: str) -> None:
    op.drop_constraint(_CHECK, "notifications")
    listed = ", ".join(f"'{state}'" for state in states)
    # The name is whole already; without op.f() the naming convention would be applied a second time.
    op.create_check_constraint(op.f(_CHECK), "notifications", f"status IN ({listed})")


def upgrade() -> None:
    # A migration waits at most this long for a lock: a blocked one must not block everybody behind it.
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.add_column("notifications", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    _allow("pending", "sending", "sent", "failed", "muted")
    op.create_index(
        "idx_notifications_muted",
        "notifications",
        ["sent_at"],
        postgresql_where=sa.text("status = 'muted'"),
    )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.drop_index("idx_notifications_muted", table_name="notifications")
    op.execute("UPDATE notifications SET status = 'sent' WHERE status = 'muted'")
    _allow("pending", "sending", "sent", "failed")
    op.drop_column("notifications", "held_until")
