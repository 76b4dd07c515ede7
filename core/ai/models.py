"""Which tables hold the cost of AI calls, what was said about a draft, its findings called right, its headlines?"""

import uuid
from decimal import Decimal

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, Numeric, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonList, Timestamp, UuidPk


class AiUsage(Base):
    """One call to a model. `cost_usd` is an estimate, and NULL when the price is not known."""

    __tablename__ = "ai_usage"
    __table_args__ = (
        Index("idx_ai_usage_date", "created_at"),
        Index("idx_ai_usage_type", "request_type"),
        Index("idx_ai_usage_content", "content_id"),  # every draft's card adds up its own calls
    )

    id: Mapped[UuidPk]
    request_type: Mapped[str] = mapped_column(String(50))
    model: Mapped[str] = mapped_column(String(100))
    product_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("products.id"))
    input_tokens: Mapped[int | None] = mapped_column(Integer)
    output_tokens: Mapped[int | None] = mapped_column(Integer)
    total_tokens: Mapped[int | None] = mapped_column(Integer)
    cost_usd: Mapped[Decimal | None] = mapped_column(Numeric(10, 6))
    created_at: Mapped[Timestamp]
    # Beyond the data model:
    content_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("content.id", ondelete="SET NULL"))
    outcome: Mapped[str | None] = mapped_column(String(30))  # ok, refused, truncated, invalid, failed


class ContentRemark(Base):
    """What the owner said about a draft beside its idea: wishes, and data it was made from. Facts in it are given."""

    __tablename__ = "content_remarks"
    __table_args__ = (Index("idx_content_remarks_content", "content_id"),)

    id: Mapped[UuidPk]
    content_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Timestamp]


class AcceptedFinding(Base):
    """A finding about one version of a draft that the owner looked at and called right."""

    __tablename__ = "accepted_findings"
    __table_args__ = (UniqueConstraint("content_id", "version", "mark"),)

    id: Mapped[UuidPk]
    content_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(Integer)
    mark: Mapped[int] = mapped_column(BigInteger)  # ``Finding.mark``
    code: Mapped[str] = mapped_column(String(30))
    value: Mapped[str] = mapped_column(Text)
    created_at: Mapped[Timestamp]


class ContentHeadlines(Base):
    """Headlines proposed for one version of a draft, each with its reason."""

    __tablename__ = "content_headlines"
    __table_args__ = (UniqueConstraint("content_id", "version"),)

    id: Mapped[UuidPk]
    content_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(Integer)
    variants: Mapped[JsonList] = mapped_column(server_default=text("'[]'::jsonb"))
    created_at: Mapped[Timestamp]
