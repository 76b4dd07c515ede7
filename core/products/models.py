"""Which table holds products?"""

from datetime import datetime

from sqlalchemy import String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonDict, Timestamps, UuidPk

DEFAULT_BRAND_VOICE = (
    '{"personality": [], "vocabulary": {"preferred": [], "avoid": []}, "tone_examples": {}, "emoji_set": []}'
)


class Product(Timestamps, Base):
    """A product with its voice. Its two webhook secrets are sealed (see core.security.keyring)."""

    __tablename__ = "products"

    id: Mapped[UuidPk]
    name: Mapped[str] = mapped_column(String(255))
    slug: Mapped[str] = mapped_column(String(100), unique=True)
    description: Mapped[str | None] = mapped_column(Text)
    brand_voice: Mapped[JsonDict] = mapped_column(server_default=text(f"'{DEFAULT_BRAND_VOICE}'::jsonb"))
    webhook_secret: Mapped[str | None] = mapped_column(String(255))
    # After a rotation both count, until then.
    previous_webhook_secret: Mapped[str | None] = mapped_column(String(255))
    previous_secret_until: Mapped[datetime | None]
    settings: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))
    archived_at: Mapped[datetime | None]
    paused_at: Mapped[datetime | None]
