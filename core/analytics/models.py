"""Which tables hold daily numbers, and the hints that are put away?"""

import uuid
from datetime import date as Date
from datetime import datetime
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Numeric, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, Timestamps, UuidPk

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
