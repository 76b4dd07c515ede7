"""Which tables hold content, its versions and the cards that show it?"""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    ColumnElement,
    Computed,
    Date,
    ForeignKey,
    Identity,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from core import tracing
from core.db.base import Base, JsonDict, JsonList, Timestamp, Timestamps, UuidPk


class ContentStatus(StrEnum):
    """Life of a content: draft → ready (approved) → published → archived."""

    DRAFT = "draft"
    READY = "ready"
    PUBLISHED = "published"
    ARCHIVED = "archived"


def text_key(words: Any) -> ColumnElement[str]:
    """Return what equal texts have in common, whatever their case: the expression of ``idx_content_text``."""
    return func.md5(func.lower(words))


class Content(Timestamps, Base):
    """A post-to-be. `version` counts edits; `approved_version` is the one the owner tapped Approve on."""

    __tablename__ = "content"
    __table_args__ = (
        Index("idx_content_product", "product_id"),
        Index("idx_content_status", "status"),
        Index("idx_content_type", "content_type"),
        Index(
            "idx_content_media_group",
            "idea_media_group",
            postgresql_where=text("idea_media_group IS NOT NULL"),
        ),
        Index("idx_content_template", "template_id", postgresql_where=text("template_id IS NOT NULL")),
        Index("idx_content_words", "words", postgresql_using="gin"),
        # "Has the same been said before?" is asked while the owner waits.
        Index("idx_content_text", text_key(text("original_text"))),
    )

    id: Mapped[UuidPk]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    original_text: Mapped[str] = mapped_column(Text)
    adapted: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))
    content_type: Mapped[str | None] = mapped_column(String(50))
    template_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("templates.id"))
    media: Mapped[JsonList] = mapped_column(server_default=text("'[]'::jsonb"))
    ai_generated: Mapped[bool] = mapped_column(Boolean, server_default=text("false"))
    ai_prompt: Mapped[str | None] = mapped_column(Text)
    ai_model: Mapped[str | None] = mapped_column(String(100))
    predictions: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))
    status: Mapped[str] = mapped_column(
        String(20), server_default=text("'draft'"), default=ContentStatus.DRAFT
    )
    # Beyond the data model:
    number: Mapped[int] = mapped_column(BigInteger, Identity(always=True), unique=True)  # what /approve takes
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    approved_version: Mapped[int | None] = mapped_column(Integer)
    approved_at: Mapped[datetime | None]
    approval_expires_at: Mapped[datetime | None]
    made_by: Mapped[str] = mapped_column(
        String(20), server_default=text("'owner'"), default="owner"
    )  # owner, ai, template
    idea: Mapped[str | None] = mapped_column(Text)  # what the owner asked for, kept word for word
    idea_media_group: Mapped[str | None] = mapped_column(String(64))  # photos of one album join one draft
    origin: Mapped[JsonDict | None]  # where a forwarded post came from: {"name", "url"}
    wanted_on: Mapped[date | None] = mapped_column(Date)  # the day of the owner's zone it was meant for
    # What search looks at; PostgreSQL keeps it, and nobody needs to read it.
    words: Mapped[str | None] = mapped_column(
        TSVECTOR, Computed("content_words(original_text, idea, adapted)", persisted=True), deferred=True
    )
    correlation_id: Mapped[str | None] = mapped_column(
        String(tracing.LENGTH), default=tracing.current
    )  # what began it; see core.tracing


class Search(Base):
    """What was searched for in a chat, so that the buttons under its results work for as long as they stand there."""

    __tablename__ = "searches"
    __table_args__ = (Index("idx_searches_chat", "chat_id", "id"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    chat_id: Mapped[int] = mapped_column(BigInteger)
    said: Mapped[str] = mapped_column(String(200))
    product_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("products.id", ondelete="SET NULL"))
    status: Mapped[str | None] = mapped_column(String(20))
    newest_first: Mapped[bool] = mapped_column(Boolean, server_default=text("false"), default=False)
    created_at: Mapped[Timestamp]


class ContentVersion(Base):
    """One saved state of a content; every version is kept and can be restored."""

    __tablename__ = "content_versions"
    __table_args__ = (UniqueConstraint("content_id", "version"),)

    id: Mapped[UuidPk]
    content_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(Integer)
    original_text: Mapped[str] = mapped_column(Text)
    adapted: Mapped[JsonDict] = mapped_column(server_default=text("'{}'::jsonb"))
    media: Mapped[JsonList] = mapped_column(server_default=text("'[]'::jsonb"))
    reason: Mapped[str] = mapped_column(
        String(30)
    )  # created, edited, regenerated, restored, media, platforms…
    made_by: Mapped[str | None] = mapped_column(String(20))  # as in `content`; unknown in old rows
    ai_model: Mapped[str | None] = mapped_column(String(100))
    rejected_because: Mapped[str | None] = mapped_column(Text)  # what the owner said was wrong with it
    created_at: Mapped[Timestamp]


class ContentCard(Base):
    """Where in which chat a content's card stands, so that it can be redrawn from anywhere."""

    __tablename__ = "content_cards"
    __table_args__ = (UniqueConstraint("content_id", "chat_id"),)

    id: Mapped[UuidPk]
    content_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    message_id: Mapped[int] = mapped_column(BigInteger)
    preview_message_ids: Mapped[JsonList] = mapped_column(server_default=text("'[]'::jsonb"))
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[Timestamp]


class ContentMark(Base):
    """A draft ticked in a chat's checklist, with the version that was shown; `approved` ones wait to be planned."""

    __tablename__ = "content_marks"
    __table_args__ = (UniqueConstraint("chat_id", "content_id"),)

    id: Mapped[UuidPk]
    chat_id: Mapped[int] = mapped_column(BigInteger)
    content_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"))
    version: Mapped[int] = mapped_column(Integer)
    approved: Mapped[bool] = mapped_column(Boolean, server_default=text("false"), default=False)
    created_at: Mapped[Timestamp]


class WeekStatus(StrEnum):
    """Life of a plan for a week."""

    PLANNED = "planned"
    WRITING = "writing"  # a bot process holds the lease
    STOPPED = "stopped"
    WRITTEN = "written"


class WeekPlan(Timestamps, Base):
    """Which kinds of posts are wanted on which days; `version` counts changes and guards the buttons."""

    __tablename__ = "week_plans"
    __table_args__ = (
        CheckConstraint("status IN ('planned', 'writing', 'stopped', 'written')", name="status"),
        Index("idx_week_plans_product", "product_id"),
    )

    id: Mapped[UuidPk]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    status: Mapped[str] = mapped_column(
        String(20), server_default=text("'planned'"), default=WeekStatus.PLANNED
    )
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    posts: Mapped[JsonList]  # [{"day", "kind", "idea", "content_id"}], by day
    lease_until: Mapped[datetime | None]


class ContentRepeat(Timestamps, Base):
    """A post that goes out again and again; `version` counts changes and guards the buttons.

    Its copies are contents of their own, made one at a time: `last_copy_id` is the newest.
    """

    __tablename__ = "content_repeats"
    __table_args__ = (
        UniqueConstraint("content_id"),
        Index("idx_content_repeats_due", "next_at", postgresql_where=text("enabled")),
    )

    id: Mapped[UuidPk]
    content_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"))
    content_version: Mapped[int] = mapped_column(Integer)  # what is repeated; later edits are not
    cron: Mapped[str] = mapped_column(String(100))
    timezone: Mapped[str] = mapped_column(String(64))
    enabled: Mapped[bool] = mapped_column(Boolean, server_default=text("true"), default=True)
    version: Mapped[int] = mapped_column(Integer, server_default=text("1"), default=1)
    next_at: Mapped[datetime]
    last_copy_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("content.id", ondelete="SET NULL"))
    made: Mapped[int] = mapped_column(Integer, server_default=text("0"), default=0)
