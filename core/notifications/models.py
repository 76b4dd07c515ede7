"""Which table holds what the owner must be told?"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonDict, Timestamp, UuidPk


class NotificationStatus(StrEnum):
    """Life of a notification."""

    PENDING = "pending"
    SENDING = "sending"  # a bot process holds the lease
    SENT = "sent"
    FAILED = "failed"  # gave up; shown in /status
    MUTED = "muted"  # the owner has switched its kind off; nobody was told


class NotificationKind(StrEnum):
    """What it is about; each kind has a view in bot/notifications."""

    PUBLISHED = "published"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    LATE = "late"  # one digest of everything that came too late
    MISSED = "missed"  # one post: no longer approved, or skipped by its late policy
    CHANNEL_ERROR = "channel_error"  # told once per trouble
    CHANNEL_EXPIRES = (
        "channel_expires"  # its access ends soon, or has ended, and cannot be renewed without the owner
    )
    AI_SPENDING = "ai_spending"  # a warning limit was passed, or a cap keeps AI from writing
    KEYS_CREATED = "keys_created"  # keys were created: keep them safe
    SETTINGS_UNREADABLE = "settings_unreadable"  # a row edited by hand: defaults stand in for what it says
    APPROVAL_EXPIRED = "approval_expired"  # an approved post was not published in time
    MODEL_REPLACED = "model_replaced"  # a model of the settings is no longer served: another one writes
    CONSENT = "consent"  # a consent page was left: the message with its link is redrawn
    RULE_PROPOSED = "rule_proposed"  # five edits of a kind suggest a rule for the voice
    REPEAT_SKIPPED = "repeat_skipped"  # a repeated post was left out once, and why
    NUMBERS_UNTOLD = "numbers_untold"  # a platform tells no numbers of a channel: once for each


class Notification(Base):
    """A message to the owner that must not be lost. The bot process drains these rows, renders and sends them."""

    __tablename__ = "notifications"
    __table_args__ = (
        CheckConstraint("status IN ('pending', 'sending', 'sent', 'failed', 'muted')", name="status"),
        Index(
            "idx_notifications_pending",
            "not_before",
            postgresql_where=text("status IN ('pending', 'sending')"),
        ),
        Index("idx_notifications_muted", "sent_at", postgresql_where=text("status = 'muted'")),
        Index(
            "idx_notifications_dedupe",
            "dedupe_key",
            unique=True,
            postgresql_where=text("dedupe_key IS NOT NULL"),
        ),
    )

    id: Mapped[UuidPk]
    kind: Mapped[str] = mapped_column(String(40))
    product_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    payload: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))  # ids, not texts
    dedupe_key: Mapped[str | None] = mapped_column(String(200))  # the same trouble is told once
    priority: Mapped[str] = mapped_column(String(10), server_default=text("'normal'"), default="normal")
    status: Mapped[str] = mapped_column(
        String(20), server_default=text("'pending'"), default=NotificationStatus.PENDING
    )
    not_before: Mapped[Timestamp]
    held_until: Mapped[datetime | None]  # the end of the quiet hours it waits for
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    lease_until: Mapped[datetime | None]
    sent_to: Mapped[JsonDict] = mapped_column(
        server_default=text("'{}'::jsonb")
    )  # {"<chat id>": <message id>}
    error_message: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Timestamp]
    sent_at: Mapped[datetime | None]
