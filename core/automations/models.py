"""Which tables hold automations and the log of their runs?"""

import uuid
from datetime import datetime

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonDict, JsonList, Timestamp, Timestamps, UuidPk


class Automation(Timestamps, Base):
    """When this happens and these hold, do that."""

    __tablename__ = "automations"
    __table_args__ = (Index("idx_auto_product", "product_id"), Index("idx_auto_enabled", "enabled"))

    id: Mapped[UuidPk]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(255))
    description: Mapped[str | None] = mapped_column(Text)
    trigger_type: Mapped[str] = mapped_column(String(50))
    trigger_config: Mapped[JsonDict]
    conditions: Mapped[JsonList] = mapped_column(server_default=text("'[]'::jsonb"))
    actions: Mapped[JsonList]
    enabled: Mapped[bool] = mapped_column(Boolean, server_default=text("true"), default=True)
    last_triggered: Mapped[datetime | None]
    trigger_count: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    # Beyond the data model:
    options: Mapped[JsonDict] = mapped_column(
        server_default=text("'{}'::jsonb"), default=dict
    )  # mode, limits
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)  # guards the buttons


class AutomationLog(Base):
    """One run of an automation."""

    __tablename__ = "automation_logs"
    __table_args__ = (Index("idx_autolog_automation", "automation_id"), Index("idx_autolog_status", "status"))

    id: Mapped[UuidPk]
    automation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("automations.id", ondelete="CASCADE"))
    event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    status: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[Timestamp]
    completed_at: Mapped[datetime | None]
    actions_executed: Mapped[JsonList | None]
    error_message: Mapped[str | None] = mapped_column(Text)
    trigger_data: Mapped[JsonDict | None]
