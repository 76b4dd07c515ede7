"""May this publication be sent now, by us, and what exactly? The transaction before the call."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

import structlog
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from core import tracing
from core.channels import renewal
from core.channels import service as channels
from core.channels.models import Channel
from core.content import rendering
from core.content import service as content_service
from core.content.models import Content
from core.content.rendering import ContentState
from core.db import locks
from core.db.locks import Lock
from core.errors import InvalidInput, NotFound
from core.ids import new_id
from core.platforms.base import Part, Platform, Rendering, Sent, Severity, Target
from core.publications import announcements, approval, batches, late, ledger, policy, repository, settling
from core.publications.ledger import Ledger
from core.publications.models import AttemptState, Publication, PublicationAttempt, PublicationStatus
from core.publications.quiet import quiet_of
from core.runtime import Runtime
from core.security.keyring import CannotOpen
from core.settings import service as settings_service
from core.settings.service import General, Publishing

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """The next call: which part, under which key, after what."""

    part: int
    key: str
    earlier: tuple[Sent, ...]
    attempt_id: uuid.UUID
    since: datetime  # when the call began, or the first one whose outcome is unknown
    doubted: bool = False  # an earlier try's outcome is unknown
    look: bool = False  # so look before sending


@dataclass(frozen=True, slots=True)
class Claim:
    """What one worker may send while its lease runs."""

    publication_id: uuid.UUID
    product_id: uuid.UUID
    version: int
    token: str
    platform: Platform
    target: Target
    parts: tuple[Part, ...]
    correlation_id: str | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A publication that ``worker`` would send. ``renewed``: that its credentials end soon is known and seen to."""

    publication_id: uuid.UUID
    worker: str
    renewed: bool = False


class EndsSoon(Enum):
    """The answer to a wish whose channel's credentials are to be renewed first; nothing was changed."""

    RENEW = "renew"


Taken = tuple[Claim, Step] | EndsSoon | None


async def claim_all(runtime: Runtime, wishes: Sequence[Wish]) -> list[Taken]:
    """Take those publications that are due and free, in one transaction.

    None for one of which there is nothing to send; the reason is then recorded.
    """
    async with runtime.unit_of_work() as session:
        now = runtime.clock.now()
        asked = {wish.publication_id: wish for wish in wishes}
        rows = await _lock(session, list(asked), now)
        ledgers = await _ledgers(session, [publication.id for publication, _, _ in rows])
        answers: dict[uuid.UUID, Taken] = {}
        held: list[tuple[Claim, Publication]] = []
        for publication, content, channel in rows:
            with tracing.traced(publication.correlation_id):
                found = await _consider(
                    runtime, session, asked[publication.id], (publication, content, channel), now
                )
            if isinstance(found, Claim):
                held.append((found, publication))
            else:
                answers[publication.id] = found
        await batches.take(session, [_values(taken, publication, now) for taken, publication in held])
        for taken, publication in held:
            step = await _plan(session, taken, publication, ledgers[publication.id], now)
            answers[publication.id] = None if step is None else (taken, step)
    # Of two that want the same one, the first gets it.
    return [answers.pop(wish.publication_id, None) for wish in wishes]


async def _consider(
    runtime: Runtime,
    session: AsyncSession,
    wish: Wish,
    row: tuple[Publication, Content, Channel],
    now: datetime,
) -> Claim | EndsSoon | None:
    """Return the claim on a locked publication, not yet written; None as ``claim_all``."""
    publication, content, channel = row
    state = await _approved_state(session, publication, content, now)
    if state is None:
        await settling.miss(session, publication, channel.product_id, "not_approved", now)
        return None
    platform = runtime.platforms.get(channel.platform)
    if platform is None:
        await settling.fail(session, publication, channel.product_id, "unsupported", channel.platform, now)
        return None
    target = await _target(runtime, session, channel, now)
    if target is None:
        return None
    if not wish.renewed and renewal.is_due(platform, channel, target, now):
        return EndsSoon.RENEW
    parts = await _parts(session, publication, state, platform, channel, now)
    if parts is None:
        return None
    version = publication.content_version or content.version
    token = policy.claim_token(wish.worker)
    return Claim(
        publication.id,
        channel.product_id,
        version,
        token,
        platform,
        target,
        parts,
        publication.correlation_id,
    )


def _values(taken: Claim, publication: Publication, now: datetime) -> tuple[Publication, dict[str, Any]]:
    by_hand = publication.content_version is None
    return publication, {
        "status": PublicationStatus.PUBLISHING,
        "mode": "hand" if by_hand else publication.mode,
        "content_version": taken.version,
        "parts": len(taken.parts),
        "lease_owner": taken.token,
        "lease_until": now + policy.LEASE,
    }


async def _lock(
    session: AsyncSession, ids: Sequence[uuid.UUID], now: datetime
) -> Sequence[Row[Publication, Content, Channel]]:
    """Lock those publications that may be sent now: they are due, nothing is paused, and it is not to be quiet."""
    # Whoever pauses waits for this transaction: what it has not claimed by then does not leave.
    await locks.share(session, Lock.PAUSE)
    publishing, general = await settings_service.get_both(session, Publishing, General)
    if publishing.paused:
        return []
    return await repository.lock_due(session, ids, now, *late.awake(quiet_of(general, publishing), now))


async def _ledgers(session: AsyncSession, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Ledger]:
    attempts: dict[uuid.UUID, list[PublicationAttempt]] = {publication_id: [] for publication_id in ids}
    for attempt in await repository.attempts_of(session, *ids) if ids else ():
        attempts[attempt.publication_id].append(attempt)
    return {publication_id: ledger.read(each) for publication_id, each in attempts.items()}


async def next_step(runtime: Runtime, claim: Claim) -> Step | None:
    """Commit the attempt row of the first unsent part, so that the call it announces can never be forgotten.

    For a part whose outcome is unknown the step is ``doubtful`` and no new row is made yet. None when every part is
    out, or the lease was lost.
    """
    async with runtime.unit_of_work() as session:
        now = runtime.clock.now()
        publication = await repository.lock_held(session, claim.publication_id, claim.token)
        if publication is None:
            return None
        known = ledger.read(await repository.attempts_of(session, claim.publication_id))
        return await _plan(session, claim, publication, known, now)


async def begin(runtime: Runtime, claim: Claim, doubted: Step) -> Step | None:
    """Commit the attempt row of a part that is sent again under its key, since a look could not tell.

    None when the platform does not take that as a repetition, or the lease was lost.
    """
    async with runtime.unit_of_work() as session:
        now = runtime.clock.now()
        if await repository.lock_held(session, claim.publication_id, claim.token) is None:
            return None
        known = ledger.read(await repository.attempts_of(session, claim.publication_id))
        if not _may_repeat(claim, known, doubted.part, now):
            return None
        return await _begin(session, claim, doubted.part, doubted.key, known, now)


async def _plan(
    session: AsyncSession, claim: Claim, held: Publication, known: Ledger, now: datetime
) -> Step | None:
    part = known.first_unsent()
    if part >= len(claim.parts):
        await settling.publish(session, held, claim.product_id, known.sent, now)
        return None
    key = policy.idempotency_key(claim.publication_id, claim.version, part)
    doubt = known.doubt.get(part)
    if doubt is not None:
        if claim.platform.look_up is not None:
            return Step(part, key, known.earlier(part), doubt.id, doubt.started_at, doubted=True, look=True)
        if not _may_repeat(claim, known, part, now):
            await settling.doubt(session, held, claim.product_id, doubt.error_code or "unknown", now)
            return None
    return await _begin(session, claim, part, key, known, now)


def _may_repeat(claim: Claim, known: Ledger, part: int, now: datetime) -> bool:
    doubt = known.doubt.get(part)
    fresh = doubt is None or now - doubt.started_at <= policy.KEY_MEMORY
    return claim.platform.idempotent and fresh


async def question(
    runtime: Runtime, session: AsyncSession, publication: Publication
) -> tuple[Claim, Step] | None:
    """Return what to look for when the owner asks whether a doubtful part is live; None when nobody can tell.

    Raises like ``core.channels.service.target``.
    """
    channel = await session.get_one(Channel, publication.channel_id)
    content = await session.get_one(Content, publication.content_id)
    platform = runtime.platforms.get(channel.platform)
    state = await pinned_state(session, publication, content)
    known = ledger.read(await repository.attempts_of(session, publication.id))
    part = known.first_unsent()
    doubt = known.doubt.get(part)
    if platform is None or platform.look_up is None or state is None or doubt is None:
        return None
    parts = rendering.render(state, platform, channel.settings).parts
    if part >= len(parts):
        return None
    version = publication.content_version or content.version
    target = channels.target(runtime, channel)
    looked_at = Claim(publication.id, channel.product_id, version, "", platform, target, parts)
    step = Step(
        part, doubt.idempotency_key, known.earlier(part), doubt.id, doubt.started_at, doubted=True, look=True
    )
    return looked_at, step


async def _begin(
    session: AsyncSession, claim: Claim, part: int, key: str, known: Ledger, now: datetime
) -> Step:
    last = known.last.get(part)
    attempt = PublicationAttempt(
        id=new_id(),
        publication_id=claim.publication_id,
        part=part,
        attempt=(last.attempt if last else 0) + 1,
        idempotency_key=key,
        payload_hash=claim.parts[part].hash,
        state=AttemptState.STARTED,
        lease_owner=claim.token,
        started_at=now,
    )
    session.add(attempt)
    return Step(part, key, known.earlier(part), attempt.id, now, doubted=part in known.doubt)


async def _approved_state(
    session: AsyncSession, publication: Publication, content: Content, now: datetime
) -> ContentState | None:
    """Return the text to send: the pinned version while it is the approved one, the current one for a row by hand."""
    by_hand = approval.is_by_hand(publication)
    if not by_hand and not approval.holds(content, publication.content_version, now):
        return None
    return await pinned_state(session, publication, content)


async def pinned_state(
    session: AsyncSession, publication: Publication, content: Content
) -> ContentState | None:
    """Return the pinned version's text and media (the current ones for a row by hand); None when it is not kept."""
    if publication.content_version in {None, content.version}:
        return content
    try:
        return await content_service.version_of(session, content.id, publication.content_version)
    except NotFound:
        return None


async def _target(runtime: Runtime, session: AsyncSession, channel: Channel, now: datetime) -> Target | None:
    try:
        return channels.target(runtime, channel)
    except (CannotOpen, InvalidInput) as error:
        # The same trouble for the owner as refused credentials: the queue waits until the channel is connected again.
        if await channels.mark_error(session, channel.id, str(error)):
            await announcements.channel_error(session, channel.product_id, channel.id, now)
        return None


async def _parts(
    session: AsyncSession,
    publication: Publication,
    state: ContentState,
    platform: Platform,
    channel: Channel,
    now: datetime,
) -> tuple[Part, ...] | None:
    try:
        rendered: Rendering = rendering.render(state, platform, channel.settings)
    except Exception as error:
        # A row that cannot be rendered would come back every few seconds and never be heard of.
        log.exception("render_failed", publication=str(publication.id), platform=platform.slug)
        code, message = "render_error", f"{type(error).__name__} while rendering"
    else:
        if not rendered.blocked and rendered.parts:
            return rendered.parts
        blocking = [p.code for p in rendered.problems if p.severity is Severity.BLOCKING] or ["empty"]
        code, message = blocking[0], ", ".join(blocking)
    await settling.fail(session, publication, channel.product_id, code, message, now)
    return None
