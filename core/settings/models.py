"""Which tables hold the owner's settings and the processes' heartbeats?"""

from sqlalchemy import String, func
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonDict, Timestamp, UtcDateTime


class Setting(Base):
    """One group of settings as a JSON object: `general`, `publishing`, `ai`, …"""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(String(255), primary_key=True)
    value: Mapped[JsonDict]
    updated_at: Mapped[Timestamp] = mapped_column(UtcDateTime, server_default=func.now(), onupdate=func.now())


class Heartbeat(Base):
    """When a process part (scheduler, worker, bot) was last alive; a gap is an outage the owner hears about."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    beat_at: Mapped[Timestamp]
    detail: Mapped[JsonDict | None]
