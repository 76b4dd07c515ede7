"""Which table holds templates?"""

import uuid

from sqlalchemy import Boolean, ForeignKey, Index, String, Text, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonDict, Timestamps, UuidPk


class Template(Timestamps, Base):
    """A shape for posts; without a product it is global. `key` and `language` tell system templates apart."""

    __tablename__ = "templates"
    __table_args__ = (
        Index("idx_templates_product", "product_id"),
        Index("idx_templates_category", "category"),
        Index(
            "idx_templates_system_key",
            "key",
            "language",
            unique=True,
            postgresql_where=text("is_system AND key IS NOT NULL"),
        ),
    )

    id: Mapped[UuidPk]
    product_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None] = mapped_column(Text)
    category: Mapped[str | None] = mapped_column(String(100))
    content_type: Mapped[str] = mapped_column(String(50))
    platforms: Mapped[list[str]] = mapped_column(ARRAY(String(50)), server_default=text("'{}'"))
    structure: Mapped[JsonDict]
    is_system: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    key: Mapped[str | None] = mapped_column(String(100))
    language: Mapped[str | None] = mapped_column(String(8))
