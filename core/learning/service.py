"""What is learned from an owner's edit, and what becomes of a proposed rule?

An edit of what AI wrote is kept as a pair. Five pairs of one kind, from five posts of one product, propose a rule;
those five are then spent, whatever the owner decides. The voice changes only in ``accept``, and ``undo`` takes back
exactly what that changed.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import NotFound, Stale
from core.ids import new_id
from core.learning import rules
from core.learning.models import EditPair, ProposalStatus, RuleProposal
from core.learning.signs import SignCode, code_of, family_of, signs_of
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.products import service as products
from core.products.voice import BrandVoice
from core.products.voice_fields import TEXTS, entries
from core.products.voice_proposal import Piece
from core.settings import service as settings_service
from core.settings.service import General

ENOUGH = 5  # posts edited in the same way
_MOST_EVIDENCE = 20  # pairs kept with a proposal


@dataclass(frozen=True, slots=True)
class Change:
    """One text of a content before and after the owner's edit; ``platform`` is empty for the common text."""

    platform: str
    before: str
    after: str


async def note(
    session: AsyncSession,
    *,
    product_id: uuid.UUID,
    content_id: uuid.UUID,
    changes: Sequence[Change],
    by_ai: bool,
    version: int,
) -> None:
    """Keep what the owner changed from ``version`` to the next, and propose a rule when it is the fifth of a kind.

    ``by_ai`` says that the version before was AI's own; an edit of an edit is kept with what AI wrote at first.
    """
    signs: list[str] = []
    for change in changes:
        signs += await _keep(session, product_id, content_id, change, by_ai=by_ai, version=version)
    # A replaced word is a removed one too: the fuller rule comes first and spends the edits.
    for key in sorted(set(signs), key=lambda key: (code_of(key) is SignCode.WORD_REMOVED, key)):
        await _propose(session, product_id, key)


async def _keep(
    session: AsyncSession,
    product_id: uuid.UUID,
    content_id: uuid.UUID,
    change: Change,
    *,
    by_ai: bool,
    version: int,
) -> list[str]:
    """Save the pair, or move the end of the one that led here; returns its signs."""
    earlier = await session.scalar(
        select(EditPair).where(
            EditPair.content_id == content_id,
            EditPair.platform == change.platform,
            EditPair.after_version == version,
        )
    )
    before = earlier.before if earlier is not None else change.before
    signs = [sign.key for sign in signs_of(before, change.after)]
    if earlier is not None:
        earlier.after, earlier.after_version, earlier.signs = change.after, version + 1, signs
        if change.after == earlier.before:
            await session.execute(delete(EditPair).where(EditPair.id == earlier.id))
    elif by_ai and change.before.strip() and change.before != change.after:
        session.add(
            EditPair(
                id=new_id(), product_id=product_id, content_id=content_id, platform=change.platform,
                before_version=version, after_version=version + 1, before=before, after=change.after, signs=signs,
            )
        )  # fmt: skip
    else:
        return []
    await session.flush()
    return signs


async def _propose(session: AsyncSession, product_id: uuid.UUID, key: str) -> None:
    proposals = await session.scalars(select(RuleProposal).where(RuleProposal.product_id == product_id))
    spent = {
        identifier
        for proposal in proposals
        if family_of(proposal.sign) == family_of(key)
        for identifier in proposal.evidence
    }
    pairs = await session.scalars(
        select(EditPair)
        .where(EditPair.product_id == product_id, EditPair.signs.contains([key]))
        .order_by(EditPair.created_at.desc(), EditPair.id.desc())
    )
    fresh: dict[uuid.UUID, EditPair] = {}
    for pair in pairs:
        if str(pair.id) not in spent:
            fresh.setdefault(pair.content_id, pair)
    if len(fresh) < ENOUGH:
        return
    evidence = list(fresh.values())[:_MOST_EVIDENCE][::-1]
    general = await settings_service.get(session, General)
    voice = BrandVoice.of(await products.get(session, product_id))
    pieces = rules.missing(voice, rules.pieces_for(key, evidence, general.language))
    if not pieces:  # the voice says it already
        return
    made = await session.scalar(
        insert(RuleProposal)
        .values(
            id=new_id(),
            product_id=product_id,
            sign=key,
            pieces=_stored(pieces),
            evidence=[str(pair.id) for pair in evidence],
        )
        .on_conflict_do_nothing()
        .returning(RuleProposal.id)
    )
    if made is not None:
        await notifications.notify(
            session,
            NotificationKind.RULE_PROPOSED,
            payload={"proposal_id": str(made)},
            product_id=product_id,
            dedupe_key=f"rule:{made}",
        )


async def get(session: AsyncSession, proposal_id: uuid.UUID) -> RuleProposal:
    """Return the proposal. Raises ``NotFound``."""
    proposal = await session.get(RuleProposal, proposal_id)
    if proposal is None:
        raise NotFound("there is no such proposal", proposal_id=proposal_id)
    return proposal


async def page(
    session: AsyncSession, product_id: uuid.UUID, *, offset: int = 0, limit: int = 8
) -> list[RuleProposal]:
    """Return what is proposed and what was accepted, the undecided first, then the newest."""
    query = (
        select(RuleProposal)
        .where(RuleProposal.product_id == product_id, RuleProposal.status.in_(_SHOWN))
        .order_by(
            RuleProposal.status != ProposalStatus.PROPOSED,
            RuleProposal.created_at.desc(),
            RuleProposal.id.desc(),
        )
    )
    return list(await session.scalars(query.offset(offset).limit(limit)))


_SHOWN = (ProposalStatus.PROPOSED, ProposalStatus.ACCEPTED)


async def count(session: AsyncSession, product_id: uuid.UUID, *, undecided: bool = False) -> int:
    """Return how many proposals ``page`` has; only the undecided ones, when asked."""
    statuses = (ProposalStatus.PROPOSED,) if undecided else _SHOWN
    query = select(func.count()).where(
        RuleProposal.product_id == product_id, RuleProposal.status.in_(statuses)
    )
    return await session.scalar(query) or 0


async def evidence_of(session: AsyncSession, proposal: RuleProposal) -> list[EditPair]:
    """Return the edits a proposal rests on, oldest first; those of deleted posts are gone."""
    ids = [uuid.UUID(item) for item in proposal.evidence]
    pairs = {pair.id: pair for pair in await session.scalars(select(EditPair).where(EditPair.id.in_(ids)))}
    return [pairs[item] for item in ids if item in pairs]


def pieces_of(proposal: RuleProposal) -> list[Piece]:
    """Return what the voice would gain, or has gained."""
    return [Piece.model_validate(item) for item in proposal.pieces]


async def accept(session: AsyncSession, proposal_id: uuid.UUID, now: datetime) -> RuleProposal:
    """Take the rule into the voice. Raises ``Stale`` when it is decided already, and ``VoiceInputError``."""
    proposal = await _decide(session, proposal_id, ProposalStatus.PROPOSED, ProposalStatus.ACCEPTED, now)
    added: list[Piece] = []
    before: dict[str, str] = {}

    def change(voice: BrandVoice) -> BrandVoice:
        added.extend(rules.missing(voice, pieces_of(proposal)))
        for piece in added:
            if piece.field in TEXTS:
                before[piece.field.value] = next(iter(entries(voice, piece.field)), "")
        return rules.applied(voice, added)

    await products.change_voice(session, proposal.product_id, change)
    proposal.added = [{"piece": item, "before": before} for item in _stored(added)]
    await session.flush()
    return proposal


async def dismiss(session: AsyncSession, proposal_id: uuid.UUID, now: datetime) -> RuleProposal:
    """Leave the voice as it is; the same is proposed again only after five new edits. Raises ``Stale``."""
    return await _decide(session, proposal_id, ProposalStatus.PROPOSED, ProposalStatus.DISMISSED, now)


async def undo(session: AsyncSession, proposal_id: uuid.UUID, now: datetime) -> RuleProposal:
    """Take an accepted rule back out of the voice. Raises ``Stale`` when it is not in it by this proposal."""
    proposal = await _decide(session, proposal_id, ProposalStatus.ACCEPTED, ProposalStatus.UNDONE, now)
    added = [Piece.model_validate(item["piece"]) for item in proposal.added]
    before: dict[str, str] = next((item["before"] for item in proposal.added), {})
    await products.change_voice(
        session, proposal.product_id, lambda voice: rules.taken_back(voice, added, before)
    )
    return proposal


async def _decide(
    session: AsyncSession, proposal_id: uuid.UUID, was: ProposalStatus, becomes: ProposalStatus, now: datetime
) -> RuleProposal:
    """Move the proposal on; the guard is in the statement, so that two taps are one decision."""
    moved = await session.scalar(
        update(RuleProposal)
        .where(RuleProposal.id == proposal_id, RuleProposal.status == was)
        .values(status=becomes, decided_at=now)
        .returning(RuleProposal.id)
    )
    if moved is None:
        await get(session, proposal_id)
        raise Stale("this rule has been decided about", proposal_id=proposal_id)
    return await session.get_one(RuleProposal, proposal_id, populate_existing=True)


def _stored(pieces: Sequence[Piece]) -> list[dict[str, object]]:
    return [piece.model_dump(mode="json") for piece in pieces]
