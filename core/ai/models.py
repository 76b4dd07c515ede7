"""Which table holds the cost of AI calls?"""

import uuid
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, Integer, Numeric, String
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, Timestamp, UuidPk


class AiUsage(Base):
    """One call to a model. `cost_usd` is an estimate, and NULL when the price is not known."""

    __tablename__ = "ai_usage"
    __table_args__ = (Index("idx_ai_usage_date", "created_at"), Index("idx_ai_usage_type", "request_type"))

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
