"""Which table holds what came from Telegram until it is answered?"""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, SmallInteger, String, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, Timestamp, UtcDateTime


class TelegramUpdate(Base):
    """One update of one bot. When it is handled its text goes, the row stays a while so that it is known again."""

    __tablename__ = "telegram_updates"
    __table_args__ = (
        Index("idx_telegram_updates_open", "bot_id", "update_id", postgresql_where=text("ended_at IS NULL")),
        Index("idx_telegram_updates_ended", "ended_at", postgresql_where=text("ended_at IS NOT NULL")),
    )

    bot_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    update_id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    body: Mapped[str | None] = mapped_column(Text)  # not jsonb, which refuses \u0000
    # How each conversation that it changes stood before, so that answering it again begins where it began.
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    holder: Mapped[str | None] = mapped_column(String(64))  # the process that handles it
    claimed_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default=text("0"), default=0)
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(20))
    received_at: Mapped[Timestamp] = mapped_column(UtcDateTime, server_default=func.now())
