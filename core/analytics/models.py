"""Which tables hold what platforms tell, the days it adds up to, and the hints that are put away?"""

import uuid
from datetime import date as Date
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    Numeric,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonDict, Timestamps, UuidPk

_ZERO = text("0")


class DailyStat(Timestamps, Base):
    """One channel's day, in the owner's time zone."""

    __tablename__ = "daily_stats"
    __table_args__ = (
        UniqueConstraint("product_id", "channel_id", "date"),
        Index("idx_daily_product", "product_id"),
        Index("idx_daily_date", "date"),
    )

    id: Mapped[UuidPk]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    channel_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("channels.id", ondelete="CASCADE"))
    date: Mapped[Date]
    posts_count: Mapped[int] = mapped_column(Integer, server_default=_ZERO, default=0)
    total_reach: Mapped[int] = mapped_column(BigInteger, server_default=_ZERO, default=0)
    total_engagements: Mapped[int] = mapped_column(BigInteger, server_default=_ZERO, default=0)
    total_likes: Mapped[int] = mapped_column(BigInteger, server_default=_ZERO, default=0)
    total_comments: Mapped[int] = mapped_column(BigInteger, server_default=_ZERO, default=0)
    total_shares: Mapped[int] = mapped_column(BigInteger, server_default=_ZERO, default=0)
    total_clicks: Mapped[int] = mapped_column(BigInteger, server_default=_ZERO, default=0)
    avg_engagement_rate: Mapped[Decimal | None] = mapped_column(Numeric(5, 2))
    followers_start: Mapped[int | None] = mapped_column(Integer)
    followers_end: Mapped[int | None] = mapped_column(Integer)
    followers_change: Mapped[int | None] = mapped_column(Integer)


class SuggestionPutAway(Base):
    """A hint the owner does not want to see for a while."""

    __tablename__ = "suggestions_put_away"
    __table_args__ = (UniqueConstraint("product_id", "key"),)

    id: Mapped[UuidPk]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(160))
    until: Mapped[datetime]


class Ended(StrEnum):
    """Why a post is not asked about any more."""

    DONE = "done"  # every look was taken
    GONE = "gone"  # the platform has no such post any more
    REFUSED = "refused"  # the platform does not tell of this one
    UNSUPPORTED = "unsupported"  # the platform tells no numbers when asked


class PublicationCollection(Base):
    """When a post that is out is asked about next. A row of its own, so that publishing never waits for it."""

    __tablename__ = "publication_collections"
    __table_args__ = (
        CheckConstraint("ended IN ('done', 'gone', 'refused', 'unsupported')", name="ended"),
        Index("idx_collection_due", "channel_id", "due_at", postgresql_where=text("ended IS NULL")),
    )

    publication_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("publications.id", ondelete="CASCADE"), primary_key=True
    )
    channel_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("channels.id", ondelete="CASCADE"))
    due_at: Mapped[datetime]
    failures: Mapped[int] = mapped_column(Integer, server_default=_ZERO, default=0)  # in a row
    ended: Mapped[str | None] = mapped_column(String(20))
    error: Mapped[str | None] = mapped_column(String(500))  # the platform's words, when it last failed


class ChannelCollection(Base):
    """One channel's asking: who does it now, until when it has to wait, and what it cannot learn."""

    __tablename__ = "channel_collections"

    channel_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True
    )
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(64))
    nudged_at: Mapped[datetime | None]
    wait_until: Mapped[datetime | None]  # the platform said when to come back, or could not be reached
    failures: Mapped[int] = mapped_column(Integer, server_default=_ZERO, default=0)  # in a row
    followers_due_at: Mapped[datetime]
    # What the platform does not tell these credentials (their fingerprint): not asked again until they are others.
    posts_refused: Mapped[str | None] = mapped_column(String(64))
    followers_refused: Mapped[str | None] = mapped_column(String(64))
    # Whether days have to be added up anew, and for which day and zone of the owner they were.
    stale: Mapped[bool] = mapped_column(Boolean, server_default=text("true"), default=True)
    added_up_for: Mapped[str | None] = mapped_column(String(100))
    total_reach: Mapped[int | None] = mapped_column(BigInteger)  # of all posts, when last added up


class PublicationMetric(Base):
    """What a platform said of a post at a moment."""

    __tablename__ = "publication_metrics"
    __table_args__ = (UniqueConstraint("publication_id", "taken_at"),)

    id: Mapped[UuidPk]
    publication_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("publications.id", ondelete="CASCADE"))
    taken_at: Mapped[datetime]
    numbers: Mapped[JsonDict]


class ChannelFollowers(Base):
    """How many followed a channel at a moment."""

    __tablename__ = "channel_followers"
    __table_args__ = (UniqueConstraint("channel_id", "taken_at"),)

    id: Mapped[UuidPk]
    channel_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("channels.id", ondelete="CASCADE"))
    taken_at: Mapped[datetime]
    count: Mapped[int] = mapped_column(Integer)


class MetricFiring(Base):
    """Something a metric trigger has seen: the key makes it once, whoever looks and however often."""

    __tablename__ = "metric_firings"
    __table_args__ = (UniqueConstraint("automation_id", "key"),)

    id: Mapped[UuidPk]
    automation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("automations.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(200))
    seen_at: Mapped[datetime]


class ChannelInvite(Base):
    """An invitation link of a channel that belongs to a post, and how many came by it and left again."""

    __tablename__ = "channel_invites"
    __table_args__ = (
        UniqueConstraint("channel_id", "link"),
        Index("idx_invites_publication", "publication_id"),
    )

    id: Mapped[UuidPk]
    channel_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("channels.id", ondelete="CASCADE"))
    publication_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("publications.id", ondelete="SET NULL")
    )
    link: Mapped[str] = mapped_column(String(255))
    name: Mapped[str | None] = mapped_column(String(64))
    joins: Mapped[int] = mapped_column(Integer, server_default=_ZERO, default=0)
    created_at: Mapped[datetime]
