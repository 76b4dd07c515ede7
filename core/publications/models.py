"""Which tables hold publications and the ledger of attempts?"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core import tracing
from core.db.base import Base, JsonDict, JsonList, Timestamp, Timestamps, UuidPk


class PublicationStatus(StrEnum):
    """Life of a publication."""

    SCHEDULED = "scheduled"
    PUBLISHING = "publishing"  # claimed: a worker holds the lease
    PUBLISHED = "published"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"  # the request left, no answer came: the owner is asked
    MISSED = "missed"  # too late to send without asking, or no longer approved


class LatePolicy(StrEnum):
    """What to do with a post whose time has long passed (after an outage)."""

    PUBLISH = "publish"
    ASK = "ask"
    SKIP = "skip"


class AttemptState(StrEnum):
    """Outcome of one call to a platform; `started` is committed before the call."""

    STARTED = "started"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    TRANSIENT = "transient"
    UNKNOWN = "unknown"


class LateCause(StrEnum):
    """What kept a post from going out in its time. Who finds it late afterwards cannot always tell more."""

    PAUSE = "pause"
    QUIET = "quiet"  # quiet hours
    OUTAGE = "outage"  # NEXUS was down, or the channel could not be reached


# Missed for its time, which the owner may wave through: late, late and skipped by its policy, due in quiet hours.
LATE_CODES = ("late", "late_skipped", "quiet")


def _values(enum: type[StrEnum]) -> str:
    return ", ".join(f"'{member}'" for member in enum)


class Publication(Timestamps, Base):
    """One content on one channel at one time.

    The columns of the data model suffice for a row written by hand: it is then published with the content's
    current text. `content_version` pins the approved version for rows made by NEXUS.
    """

    __tablename__ = "publications"
    __table_args__ = (
        CheckConstraint(f"status IN ({_values(PublicationStatus)})", name="status"),
        CheckConstraint(f"late_policy IN ({_values(LatePolicy)})", name="late_policy"),
        Index("idx_pub_content", "content_id"),
        Index("idx_pub_channel", "channel_id"),
        Index("idx_pub_status", "status"),
        Index("idx_pub_scheduled", "scheduled_at"),
        # The due scan reads this one; finished rows are not in it, so history costs nothing.
        Index(
            "idx_pub_due",
            func.coalesce(text("next_attempt_at"), text("scheduled_at")),
            postgresql_where=text("status = 'scheduled'"),
        ),
        # Planning asks what surrounds a moment; without this one each question reads the whole history.
        Index("idx_pub_calendar", func.coalesce(text("published_at"), text("scheduled_at"))),
        Index("idx_pub_lease", "lease_until", postgresql_where=text("status = 'publishing'")),
        # One live publication per content and channel makes a double tap harmless. Rows written by hand are
        # their author's business: the same content may be meant to go out twice.
        Index(
            "idx_pub_live",
            "content_id",
            "channel_id",
            unique=True,
            postgresql_where=text(
                "status IN ('scheduled', 'publishing', 'uncertain') "
                "AND content_version IS NOT NULL AND mode <> 'hand'"
            ),
        ),
    )

    id: Mapped[UuidPk]
    content_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"))
    channel_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("channels.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(
        String(20), server_default=text("'scheduled'"), default=PublicationStatus.SCHEDULED
    )
    scheduled_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    platform_post_id: Mapped[str | None] = mapped_column(String(255))
    platform_url: Mapped[str | None] = mapped_column(String(512))
    thread_ids: Mapped[JsonList | None]
    error_code: Mapped[str | None] = mapped_column(String(100))
    error_message: Mapped[str | None] = mapped_column(Text)
    retry_count: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    metrics: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))
    # Beyond the data model:
    content_version: Mapped[int | None] = mapped_column(Integer)
    priority: Mapped[str] = mapped_column(String(10), server_default=text("'normal'"), default="normal")
    mode: Mapped[str] = mapped_column(
        String(20), server_default=text("'at'"), default="at"
    )  # now, at, optimal, slot, distributed; hand: written by hand, set when the first claim pins the version
    late_policy: Mapped[str] = mapped_column(String(10), server_default=text("'ask'"), default=LatePolicy.ASK)
    late_after_seconds: Mapped[int] = mapped_column(Integer, server_default=text("3600"), default=3600)
    next_attempt_at: Mapped[datetime | None]  # back-off; the due time is this or else scheduled_at
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    late_accepted_at: Mapped[datetime | None]  # the owner said "publish it all the same"
    quiet_accepted: Mapped[bool] = mapped_column(
        Boolean, server_default=text("false"), default=False
    )  # the owner wants it out although its time lies in quiet hours
    nudged_at: Mapped[
        datetime | None
    ]  # when its job was last asked for; keeps the due scan from asking each second
    parts: Mapped[int | None] = mapped_column(
        Integer
    )  # how many calls the pinned version takes; set by the claim
    correlation_id: Mapped[str | None] = mapped_column(
        String(tracing.LENGTH), default=tracing.current
    )  # what began it; see core.tracing


class PublicationAttempt(Base):
    """One call to a platform for one part of a publication, committed before it is made."""

    __tablename__ = "publication_attempts"
    __table_args__ = (
        UniqueConstraint("publication_id", "part", "attempt"),
        CheckConstraint(f"state IN ({_values(AttemptState)})", name="state"),
    )

    id: Mapped[UuidPk]
    publication_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("publications.id", ondelete="CASCADE"))
    part: Mapped[int] = mapped_column(Integer)  # 0-based position in a thread
    attempt: Mapped[int] = mapped_column(Integer)  # 1-based, per part
    idempotency_key: Mapped[str] = mapped_column(String(64))  # derived, never random
    payload_hash: Mapped[str] = mapped_column(String(64))  # SHA-256 hex of what is sent
    state: Mapped[str] = mapped_column(String(20), default=AttemptState.STARTED)
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    post_ids: Mapped[JsonList | None]  # every id the platform gave (an album has several)
    post_url: Mapped[str | None] = mapped_column(String(512))
    error_code: Mapped[str | None] = mapped_column(String(100))
    error_message: Mapped[str | None] = mapped_column(Text)
    retry_at: Mapped[datetime | None]
    started_at: Mapped[Timestamp]
    finished_at: Mapped[datetime | None]
