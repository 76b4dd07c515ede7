"""Which tables hold the state of conversations?"""

import uuid
from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonDict, Timestamps


class Chat(Timestamps, Base):
    """An owner's private chat: language and current product. The id is Telegram's (user id = private chat id)."""

    __tablename__ = "chats"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    language: Mapped[str | None] = mapped_column(String(8))
    product_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("products.id", ondelete="SET NULL"))
    started_at: Mapped[datetime | None]
    blocked_at: Mapped[datetime | None]


class ChatState(Timestamps, Base):
    """What the bot waits for in a conversation (the dialogue state machine), under aiogram's storage key."""

    __tablename__ = "chat_states"

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    state: Mapped[str | None] = mapped_column(Text)
    data: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))
