"""Which table remembers the backups that were made by themselves?"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, Timestamp, UuidPk


class Outcome(StrEnum):
    """What became of a backup."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Backup(Base):
    """One backup that the scheduler has made, or has tried to make."""

    __tablename__ = "backups"
    __table_args__ = (
        CheckConstraint("outcome IN ('running', 'done', 'failed')", name="outcome"),
        Index("idx_backups_started", "started_at"),
    )

    id: Mapped[UuidPk]
    started_at: Mapped[Timestamp]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(10), default=Outcome.RUNNING)
    file: Mapped[str | None] = mapped_column(String(255))  # its name in BACKUP_DIR
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    error_message: Mapped[str | None] = mapped_column(Text)
