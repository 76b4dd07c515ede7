"""Which tables hold automations, their runs step by step, the drafts they made, and the milestones they saw passed?"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    Boolean,
    Float,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonDict, JsonList, Timestamp, Timestamps, UuidPk


class RunStatus(StrEnum):
    """Life of a run. The data model names success, failed and skipped."""

    RUNNING = "running"  # has a step to do, now or later
    SUCCESS = "success"
    FAILED = "failed"
    SKIPPED = "skipped"  # did nothing; ``why`` says which condition, limit or switch it was
    CANCELLED = "cancelled"  # the automation was changed, switched off or deleted on the way


class StepStatus(StrEnum):
    """Life of a step."""

    BEGUN = "begun"  # committed before anything is called
    WAITING = "waiting"  # for its time, or for the owner
    DONE = "done"
    FAILED = "failed"
    SKIPPED = "skipped"  # there was nothing to do


class DraftOutcome(StrEnum):
    """What became of a draft that an automation made."""

    WAITING = "waiting"  # for the owner, or for its time-out
    APPROVED = "approved"  # by the owner, as it was
    AUTO = "auto"  # by the rule
    EDITED = "edited"  # the owner changed it first
    REJECTED = "rejected"  # the owner put it away
    DROPPED = "dropped"  # nobody answered in time


class Automation(Timestamps, Base):
    """When this happens and these hold, do that."""

    __tablename__ = "automations"
    __table_args__ = (
        Index("idx_auto_product", "product_id"),
        Index("idx_auto_enabled", "enabled"),
        # Matching reads only the rules for this event of this product, however many others there are.
        Index(
            "idx_auto_event",
            "product_id",
            text("(trigger_config ->> 'event')"),
            postgresql_where=text("enabled AND trigger_type = 'event'"),
        ),
        Index("idx_auto_next", "next_run_at", postgresql_where=text("enabled AND trigger_type = 'schedule'")),
    )

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
    next_run_at: Mapped[datetime | None]  # of a schedule; empty until the scheduler has seen the rule
    streak: Mapped[int] = mapped_column(
        Integer, server_default=text("0"), default=0
    )  # approvals without an edit


class AutomationLog(Base):
    """One run of an automation."""

    __tablename__ = "automation_logs"
    __table_args__ = (
        Index("idx_autolog_automation", "automation_id"),
        Index("idx_autolog_status", "status"),
        Index("idx_autolog_started", "automation_id", "started_at"),
        Index("idx_autolog_due", "next_at", postgresql_where=text("status = 'running'")),
        # Whoever matches an event, or finds a time that has come, starts one run however many try.
        UniqueConstraint("automation_id", "run_key"),
    )

    id: Mapped[UuidPk]
    automation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("automations.id", ondelete="CASCADE"))
    event_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("events.id", ondelete="SET NULL"))
    status: Mapped[str] = mapped_column(String(20))
    started_at: Mapped[Timestamp]
    completed_at: Mapped[datetime | None]
    actions_executed: Mapped[JsonList | None]
    error_message: Mapped[str | None] = mapped_column(Text)
    trigger_data: Mapped[JsonDict | None]
    # Beyond the data model:
    run_key: Mapped[str | None] = mapped_column(String(200))  # event:<id>, at:<time>, metric:<firing>
    rule: Mapped[JsonDict | None] = mapped_column(
        JSONB(none_as_null=True)
    )  # the actions and options as they were: an edit changes later runs only
    conditions: Mapped[JsonDict | None] = mapped_column(
        JSONB(none_as_null=True)
    )  # each with what was there and what was wanted
    why: Mapped[str | None] = mapped_column(String(50))  # it was skipped, failed or cancelled: a code
    hops: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    next_at: Mapped[datetime | None]  # when its next step is due
    lease_until: Mapped[datetime | None]
    lease_owner: Mapped[str | None] = mapped_column(String(64))


class AutomationStep(Base):
    """One action of one run; written before it begins, so that a crash leaves a trace of it."""

    __tablename__ = "automation_steps"
    __table_args__ = (UniqueConstraint("run_id", "path"),)

    id: Mapped[UuidPk]
    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("automation_logs.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(60))  # "1", "2.then.0"
    kind: Mapped[str] = mapped_column(String(30))
    status: Mapped[str] = mapped_column(String(20))
    due_at: Mapped[datetime]  # drawn once, where it is drawn
    attempts: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
    result: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"), default=dict)
    error_code: Mapped[str | None] = mapped_column(String(50))
    error_message: Mapped[str | None] = mapped_column(Text)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class AutomationDraft(Base):
    """A content that an automation made, and how it is to go out once it is approved."""

    __tablename__ = "automation_drafts"
    __table_args__ = (
        Index("idx_automation_drafts_open", "outcome", "created_at"),
        Index("idx_automation_drafts_automation", "automation_id"),
    )

    content_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("content.id", ondelete="CASCADE"), primary_key=True
    )
    automation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("automations.id", ondelete="CASCADE"))
    run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("automation_logs.id", ondelete="CASCADE"))
    path: Mapped[str] = mapped_column(String(60))
    version: Mapped[int] = mapped_column(Integer)  # what the rule made; another one is the owner's edit
    wish: Mapped[JsonDict]  # {"scheduling", "time"}
    asked_because: Mapped[str | None] = mapped_column(String(50))  # an automatic rule that asks all the same
    decides_at: Mapped[datetime | None]  # nobody has answered by then: ``on_timeout``
    on_timeout: Mapped[str | None] = mapped_column(String(10))
    outcome: Mapped[str] = mapped_column(
        String(20), server_default=text("'waiting'"), default=DraftOutcome.WAITING
    )
    judged: Mapped[bool] = mapped_column(Boolean, server_default=text("false"), default=False)
    created_at: Mapped[Timestamp]
    settled_at: Mapped[datetime | None]


class AutomationMark(Base):
    """The most that an automation has seen of a number, so that each milestone is passed once."""

    __tablename__ = "automation_marks"
    __table_args__ = (PrimaryKeyConstraint("automation_id", "field"),)

    automation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("automations.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(200))
    highest: Mapped[float] = mapped_column(Float)
