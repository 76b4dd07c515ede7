"""Which tables hold channels, and what leads to them: consents under way, and applications registered for them?"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Integer, String, Text, UniqueConstraint, text
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


class ConsentStatus(StrEnum):
    """Where a consent stands. Its link works once: whoever comes with it takes it out of ``WAITING``."""

    WAITING = "waiting"  # for the owner to agree on the platform's page
    WORKING = "working"  # the code, or the chosen account, is being looked at
    CHOOSING = "choosing"  # the login gives several accounts, the owner says which
    DONE = "done"  # the channel is connected
    FAILED = "failed"  # ``outcome`` says why; another link may be asked for
    DROPPED = "dropped"  # the owner went elsewhere, or a newer link replaced it


class ChannelConsent(Timestamps, Base):
    """A link to a platform's consent page, bound to the chat, product and platform it was asked for.

    The link's ``state`` is kept as its SHA-256 alone; `secret` is sealed: the PKCE verifier and the address to come
    back to, later the accounts to choose from.
    """

    __tablename__ = "channel_consents"
    __table_args__ = (
        UniqueConstraint("state_hash"),
        CheckConstraint(
            "status IN ('waiting', 'working', 'choosing', 'done', 'failed', 'dropped')", name="status"
        ),
    )

    id: Mapped[UuidPk]
    state_hash: Mapped[str] = mapped_column(String(64))
    platform: Mapped[str] = mapped_column(String(50))
    way: Mapped[str] = mapped_column(String(50))
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    channel_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("channels.id", ondelete="CASCADE"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(Integer)  # of the message with the link, to be redrawn
    given: Mapped[JsonDict] = mapped_column(
        server_default=text("'{}'::jsonb")
    )  # no secrets: which server it is
    secret: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))
    status: Mapped[str] = mapped_column(
        String(20), server_default=text("'waiting'"), default=ConsentStatus.WAITING
    )
    outcome: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))
    expires_at: Mapped[datetime]


class ChannelApplication(Timestamps, Base):
    """An application that NEXUS has registered for itself with one server. `credentials` is sealed."""

    __tablename__ = "channel_applications"
    __table_args__ = (UniqueConstraint("platform", "server", "redirect"),)

    id: Mapped[UuidPk]
    platform: Mapped[str] = mapped_column(String(50))
    server: Mapped[str] = mapped_column(String(300))
    redirect: Mapped[str] = mapped_column(String(300))
    credentials: Mapped[JsonDict]
