"""Which table holds channels?"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonDict, Timestamps, UuidPk


class ChannelStatus(StrEnum):
    """Whether a channel can be used."""

    ACTIVE = "active"
    ERROR = "error"  # credentials refused: its queue waits for Reconnect
    DISCONNECTED = "disconnected"


class Channel(Timestamps, Base):
    """A product's account on one platform. `credentials` is sealed (see core.security.keyring)."""

    __tablename__ = "channels"
    __table_args__ = (UniqueConstraint("product_id", "platform"),)

    id: Mapped[UuidPk]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    platform: Mapped[str] = mapped_column(String(50))
    platform_name: Mapped[str | None] = mapped_column(String(255))
    credentials: Mapped[JsonDict]
    settings: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))
    status: Mapped[str] = mapped_column(
        String(20), server_default=text("'active'"), default=ChannelStatus.ACTIVE
    )
    last_used_at: Mapped[datetime | None]
    error_message: Mapped[str | None] = mapped_column(Text)
    # Beyond the data model:
    credentials_expire_at: Mapped[datetime | None]  # what the sealed credentials say, for looking ahead
    renewal_lease_until: Mapped[datetime | None]  # one process renews at a time
