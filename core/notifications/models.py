"""Which table holds what the owner must be told?"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core import tracing
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
    TROUBLE = "trouble"  # a part of NEXUS itself does not work; told once while it lasts
    TROUBLE_OVER = "trouble_over"  # it works again
    SILENCE = "silence"  # nothing has gone out for days
    EMPTY_TOMORROW = "empty_tomorrow"  # nothing is planned for tomorrow
    TOO_MANY = "too_many"  # a day has more posts than the owner's limits
    REPEAT_SKIPPED = "repeat_skipped"  # a repeated post was left out once, and why
    MILESTONE = "milestone"  # a round number of followers or views was passed: once for each
    SPIKE = "spike"  # a post far above what is usual on its channel
    DROP = "drop"  # days far below it
    APPROVAL_WANTED = "approval_wanted"  # an automation has made a draft
    AUTOMATION_NOTE = "automation_note"  # what an automation was told to say
    AUTOMATION_FAILED = "automation_failed"  # a run failed, or the rule cannot be read
    AUTOMATION_LOOP = "automation_loop"  # a rule set itself off too often in a row and was stopped
    AUTONOMY_OFFERED = "autonomy_offered"  # approved so often without an edit that it could act by itself
    AUTONOMY_ENDED = "autonomy_ended"  # an automatic rule asks again, and why
    UPDATE_SET_ASIDE = "update_set_aside"  # the bot died over it each time: it is not tried again
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
        Index("idx_notifications_digest", "digest_id", postgresql_where=text("digest_id IS NOT NULL")),
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
    digest_id: Mapped[uuid.UUID | None]  # what waited for the morning together is told in one message
    correlation_id: Mapped[str | None] = mapped_column(
        String(tracing.LENGTH), default=tracing.current
    )  # what began it; see core.tracing


class NotificationDelivery(Base):
    """One notification on its way by one of the other ways: e-mail, or the owner's webhook. Telegram's is the row itself."""

    __tablename__ = "notification_deliveries"
    __table_args__ = (
        UniqueConstraint("notification_id", "way"),
        CheckConstraint("way IN ('email', 'webhook')", name="way"),
        CheckConstraint("status IN ('pending', 'sending', 'sent', 'failed', 'muted')", name="status"),
        Index(
            "idx_notification_deliveries_pending",
            "not_before",
            postgresql_where=text("status IN ('pending', 'sending')"),
        ),
    )

    id: Mapped[UuidPk]
    notification_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("notifications.id", ondelete="CASCADE"))
    way: Mapped[str] = mapped_column(String(20))
    status: Mapped[str] = mapped_column(
        String(20), server_default=text("'pending'"), default=NotificationStatus.PENDING
    )
    not_before: Mapped[Timestamp]
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    lease_until: Mapped[datetime | None]
    error_message: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[Timestamp]
    sent_at: Mapped[datetime | None]


class Trouble(Base):
    """A time during which a part of NEXUS did not work. However many see it, one row is open for a key."""

    __tablename__ = "troubles"
    __table_args__ = (
        Index("idx_troubles_open", "key", unique=True, postgresql_where=text("ended_at IS NULL")),
        Index("idx_troubles_key", "key", "began_at"),
    )

    id: Mapped[UuidPk]
    key: Mapped[str] = mapped_column(String(150))  # "part/scheduler", "redis", "database", …
    detail: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))  # ids and numbers
    product_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    began_at: Mapped[Timestamp]
    ended_at: Mapped[datetime | None]
    times: Mapped[int] = mapped_column(
        Integer, server_default=text("1"), default=1
    )  # it came back within minutes
