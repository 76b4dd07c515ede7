"""May this publication be sent now, by us, and what exactly? The transaction before the call."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

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
from core.publications import announcements, approval, late, policy, repository, settling
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


@dataclass(frozen=True, slots=True)
class _Ledger:
    """The attempts of a publication, reduced to what matters next."""

    sent: Mapping[int, Sent]
    last: Mapping[int, PublicationAttempt]
    doubt: Mapping[int, PublicationAttempt]  # the first try of a part whose outcome is unknown

    def first_unsent(self) -> int:
        part = 0
        while part in self.sent:
            part += 1
        return part

    def earlier(self, part: int) -> tuple[Sent, ...]:
        # A part that the owner confirmed by hand has no ids to reply to.
        return tuple(self.sent[number] for number in range(part) if self.sent[number].post_ids)


async def claim(runtime: Runtime, publication_id: uuid.UUID, worker: str) -> tuple[Claim, Step] | None:
    """Take the publication if it is due and free. None when there is nothing to send; the reason is then recorded."""
    async with runtime.unit_of_work() as session:
        now = runtime.clock.now()
        row = await _lock(session, publication_id, now)
        if row is None:
            return None
        publication, content, channel = row
        state = await _approved_state(session, publication, content, now)
        if state is None:
            await settling.miss(session, publication, channel.product_id, "not_approved", now)
            return None
        platform = runtime.platforms.get(channel.platform)
        if platform is None:
            await settling.fail(
                session, publication, channel.product_id, "unsupported", channel.platform, now
            )
            return None
        target = await _target(runtime, session, channel, now)
        if target is None:
            return None
        parts = await _parts(session, publication, state, platform, channel, now)
        if parts is None:
            return None
        version = publication.content_version or content.version
        token = policy.claim_token(worker)
        held = await repository.move(
            session,
            publication.id,
            [PublicationStatus.SCHEDULED],
            status=PublicationStatus.PUBLISHING,
            mode="hand" if publication.content_version is None else publication.mode,
            content_version=version,
            parts=len(parts),
            lease_owner=token,
            lease_until=now + policy.LEASE,
        )
        if held is None:
            return None
        taken = Claim(publication.id, channel.product_id, version, token, platform, target, parts)
        step = await _plan(session, taken, held, now)
        return None if step is None else (taken, step)


async def _lock(
    session: AsyncSession, publication_id: uuid.UUID, now: datetime
) -> Row[Publication, Content, Channel] | None:
    """Lock the publication if it may be sent now: it is due, nothing is paused, and it is not to be quiet."""
    # Whoever pauses waits for this transaction: what it has not claimed by then does not leave.
    await locks.share(session, Lock.PAUSE)
    publishing = await settings_service.get(session, Publishing)
    if publishing.paused:
        return None
    quiet = quiet_of(await settings_service.get(session, General), publishing)
    return await repository.lock_due(session, publication_id, now, *late.awake(quiet, now))


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
        return await _plan(session, claim, publication, now)


async def begin(runtime: Runtime, claim: Claim, doubted: Step) -> Step | None:
    """Commit the attempt row of a part that is sent again under its key, since a look could not tell.

    None when the platform does not take that as a repetition, or the lease was lost.
    """
    async with runtime.unit_of_work() as session:
        now = runtime.clock.now()
        if await repository.lock_held(session, claim.publication_id, claim.token) is None:
            return None
        ledger = _ledger(await repository.attempts_of(session, claim.publication_id))
        if not _may_repeat(claim, ledger, doubted.part, now):
            return None
        return await _begin(session, claim, doubted.part, doubted.key, ledger, now)


async def _plan(session: AsyncSession, claim: Claim, held: Publication, now: datetime) -> Step | None:
    ledger = _ledger(await repository.attempts_of(session, claim.publication_id))
    part = ledger.first_unsent()
    if part >= len(claim.parts):
        await settling.publish(session, held, claim.product_id, ledger.sent, now)
        return None
    key = policy.idempotency_key(claim.publication_id, claim.version, part)
    doubt = ledger.doubt.get(part)
    if doubt is not None:
        if claim.platform.look_up is not None:
            return Step(part, key, ledger.earlier(part), doubt.id, doubt.started_at, doubted=True, look=True)
        if not _may_repeat(claim, ledger, part, now):
            await settling.doubt(session, held, claim.product_id, doubt.error_code or "unknown", now)
            return None
    return await _begin(session, claim, part, key, ledger, now)


def _may_repeat(claim: Claim, ledger: _Ledger, part: int, now: datetime) -> bool:
    doubt = ledger.doubt.get(part)
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
    ledger = _ledger(await repository.attempts_of(session, publication.id))
    part = ledger.first_unsent()
    doubt = ledger.doubt.get(part)
    if platform is None or platform.look_up is None or state is None or doubt is None:
        return None
    parts = rendering.render(state, platform, channel.settings).parts
    if part >= len(parts):
        return None
    version = publication.content_version or content.version
    target = channels.target(runtime, channel)
    looked_at = Claim(publication.id, channel.product_id, version, "", platform, target, parts)
    step = Step(
        part, doubt.idempotency_key, ledger.earlier(part), doubt.id, doubt.started_at, doubted=True, look=True
    )
    return looked_at, step


async def _begin(
    session: AsyncSession, claim: Claim, part: int, key: str, ledger: _Ledger, now: datetime
) -> Step:
    last = ledger.last.get(part)
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
    await session.flush()
    return Step(part, key, ledger.earlier(part), attempt.id, now, doubted=part in ledger.doubt)


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


def _ledger(attempts: list[PublicationAttempt]) -> _Ledger:
    sent = {
        attempt.part: Sent(tuple(str(post_id) for post_id in attempt.post_ids or ()), attempt.post_url)
        for attempt in attempts
        if attempt.state == AttemptState.CONFIRMED
    }
    doubt = {a.part: a for a in reversed(attempts) if a.state in {AttemptState.UNKNOWN, AttemptState.STARTED}}
    return _Ledger(sent=sent, last={attempt.part: attempt for attempt in attempts}, doubt=doubt)
