"""Which table holds received events?"""

import uuid
from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonDict, JsonList, Timestamp, UuidPk


class Event(Base):
    """Something a product reported. `delivery_id` makes a repeated delivery recognisable."""

    __tablename__ = "events"
    __table_args__ = (
        Index("idx_events_product", "product_id"),
        Index("idx_events_type", "event_type"),
        Index("idx_events_processed", "processed"),
        Index("idx_events_received", "received_at"),
        Index(
            "idx_events_delivery",
            "product_id",
            "delivery_id",
            unique=True,
            postgresql_where=text("delivery_id IS NOT NULL"),
        ),
    )

    id: Mapped[UuidPk]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    event_type: Mapped[str] = mapped_column(String(100))
    payload: Mapped[JsonDict]
    processed: Mapped[bool] = mapped_column(Boolean, server_default=text("false"), default=False)
    processed_at: Mapped[datetime | None]
    automations_triggered: Mapped[JsonList] = mapped_column(server_default=text("'[]'::jsonb"))
    result: Mapped[JsonDict | None]
    received_at: Mapped[Timestamp]
    delivery_id: Mapped[str | None] = mapped_column(String(255))
