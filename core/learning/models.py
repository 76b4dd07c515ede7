"""Which tables hold what the owner changed in AI's texts, and the rules that were proposed from it?"""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from core.db.base import Base, JsonList, Timestamp, Timestamps, UuidPk


class ProposalStatus(StrEnum):
    """Life of a proposed rule. What is decided rests on its own edits: only new ones can propose it again."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"  # it is in the voice
    DISMISSED = "dismissed"
    UNDONE = "undone"  # it was accepted and taken back


class EditPair(Timestamps, Base):
    """A text as AI wrote it and as the owner left it. Editing it again moves the end, not the beginning."""

    __tablename__ = "edit_pairs"
    __table_args__ = (
        UniqueConstraint("content_id", "platform", "before_version"),
        Index("idx_edit_pairs_product", "product_id"),
    )

    id: Mapped[UuidPk]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    content_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("content.id", ondelete="CASCADE"))
    platform: Mapped[str] = mapped_column(
        String(50), server_default=text("''"), default=""
    )  # empty: the text all platforms have in common
    before_version: Mapped[int] = mapped_column(Integer)
    after_version: Mapped[int] = mapped_column(Integer)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
    signs: Mapped[JsonList] = mapped_column(server_default=text("'[]'::jsonb"))  # see core.learning.signs


class RuleProposal(Base):
    """A change of the voice that five edits of a kind suggest; nothing changes before the owner says so."""

    __tablename__ = "rule_proposals"
    __table_args__ = (
        CheckConstraint("status IN ('proposed', 'accepted', 'dismissed', 'undone')", name="status"),
        # Two edits at once are one proposal.
        Index(
            "idx_rule_proposals_open",
            "product_id",
            "sign",
            unique=True,
            postgresql_where=text("status = 'proposed'"),
        ),
    )

    id: Mapped[UuidPk]
    product_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("products.id", ondelete="CASCADE"))
    sign: Mapped[str] = mapped_column(String(160))
    status: Mapped[str] = mapped_column(
        String(20), server_default=text("'proposed'"), default=ProposalStatus.PROPOSED
    )
    pieces: Mapped[JsonList]  # what the voice would gain; see core.products.voice_proposal.Piece
    evidence: Mapped[JsonList]  # ids of the edit pairs it rests on, oldest first
    added: Mapped[JsonList] = mapped_column(
        server_default=text("'[]'::jsonb")
    )  # what accepting really changed, to take back just that
    created_at: Mapped[Timestamp]
    decided_at: Mapped[datetime | None]
