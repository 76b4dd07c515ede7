"""What can still be done with a post that is out? Bring it to the newest approved text, or take it down."""

import uuid
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass

from sqlalchemy import exists, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.channels import service as channels
from core.channels.models import Channel
from core.content import rendering
from core.content.models import Content, ContentStatus
from core.errors import AuthExpired, Rejected, Stale, Unsupported
from core.platforms.base import Platform, Sent, Target
from core.publications import announcements, approval, repository
from core.publications.errors import NotApproved
from core.publications.models import AttemptState, Publication, PublicationAttempt, PublicationStatus
from core.runtime import Runtime


@dataclass(frozen=True, slots=True)
class _Live:
    """A published post, ready to be called about."""

    content: Content
    channel: Channel
    platform: Platform
    target: Target
    parts: Mapping[int, PublicationAttempt]

    def sent(self, part: int) -> Sent:
        attempt = self.parts[part]
        return Sent(tuple(str(post_id) for post_id in attempt.post_ids or ()), attempt.post_url)


async def edit_published(runtime: Runtime, publication_id: uuid.UUID) -> int:
    """Bring a published post to the content's current, approved version; returns how many parts were changed.

    Each changed part is recorded by itself, so that an edit that fails half-way goes on where it stopped.
    Raises ``Stale`` (not published), ``NotApproved``, ``Unsupported`` (no editing there, another number of parts, or
    no known id), ``Rejected`` (cannot be rendered), ``NotFound`` and what the platform raises.
    """
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        live = await _live(runtime, session, publication_id)
    if not approval.holds(live.content, live.content.version, now):
        raise NotApproved(content_id=live.content.id)
    edit = live.platform.edit
    if edit is None:
        raise Unsupported("posts cannot be edited there", platform=live.platform.slug)
    rendered = rendering.render(live.content, live.platform, live.channel.settings)
    if rendered.blocked:
        codes = ", ".join(problem.code for problem in rendered.problems)
        raise Rejected(codes, error_code=rendered.problems[0].code)
    if len(rendered.parts) != len(live.parts):
        raise Unsupported("the number of parts has changed", error_code="parts-changed")
    changed = 0
    for number, part in enumerate(rendered.parts):
        if live.parts[number].payload_hash == part.hash:
            continue
        await _call(runtime, live, edit(live.target, _known(live.sent(number)), part))
        async with runtime.unit_of_work() as session:
            await repository.settle_attempts(
                session,
                publication_id,
                [AttemptState.CONFIRMED],
                PublicationAttempt.id == live.parts[number].id,
                payload_hash=part.hash,
            )
        changed += 1
    async with runtime.unit_of_work() as session:
        await _pin(session, publication_id, live.content)
    return changed


async def delete_published(runtime: Runtime, publication_id: uuid.UUID) -> None:
    """Take a published post down, the last part first. It becomes `cancelled` with the code `deleted`,
    and its content, when nothing of it is out any more, `ready`.

    Raises ``Stale`` (not published), ``Unsupported``, ``NotFound`` and what the platform raises; asking again is safe,
    since a post that is already gone counts as removed.
    """
    async with runtime.unit_of_work() as session:
        live = await _live(runtime, session, publication_id)
    delete = live.platform.delete
    if delete is None:
        raise Unsupported("posts cannot be deleted there", platform=live.platform.slug)
    for number in sorted(live.parts, reverse=True):
        await _call(runtime, live, delete(live.target, _known(live.sent(number))))
    async with runtime.unit_of_work() as session:
        await repository.move(
            session,
            publication_id,
            [PublicationStatus.PUBLISHED],
            status=PublicationStatus.CANCELLED,
            error_code="deleted",
            platform_url=None,
        )
        await _back_to_ready(session, live.content.id)


async def _back_to_ready(session: AsyncSession, content_id: uuid.UUID) -> None:
    """A content of which nothing is out any more is approved still, and may go out again."""
    still_out = exists().where(
        Publication.content_id == content_id, Publication.status == PublicationStatus.PUBLISHED
    )
    await session.execute(
        update(Content)
        .where(Content.id == content_id, Content.status == ContentStatus.PUBLISHED, ~still_out)
        .values(status=ContentStatus.READY)
    )


async def _live(runtime: Runtime, session: AsyncSession, publication_id: uuid.UUID) -> _Live:
    publication = await repository.get(session, publication_id)
    if publication.status != PublicationStatus.PUBLISHED:
        raise Stale("this post is not published", publication_id=publication_id)
    channel = await session.get_one(Channel, publication.channel_id)
    platform = runtime.platforms.get(channel.platform)
    if platform is None:
        raise Unsupported("this platform is not known", platform=channel.platform)
    attempts = await repository.attempts_of(session, publication_id)
    return _Live(
        content=await session.get_one(Content, publication.content_id),
        channel=channel,
        platform=platform,
        target=channels.target(runtime, channel),
        parts={attempt.part: attempt for attempt in attempts if attempt.state == AttemptState.CONFIRMED},
    )


def _known(sent: Sent) -> Sent:
    if not sent.post_ids:
        raise Unsupported("NEXUS does not know the id of this post", error_code="id-unknown")
    return sent


async def _call(runtime: Runtime, live: _Live, call: Awaitable[None]) -> None:
    try:
        await call
    except AuthExpired as error:
        async with runtime.unit_of_work() as session:
            if await channels.mark_error(session, live.channel.id, str(error)):
                await announcements.channel_error(
                    session, live.channel.product_id, live.channel.id, runtime.clock.now()
                )
        raise


async def _pin(session: AsyncSession, publication_id: uuid.UUID, content: Content) -> None:
    moved = await repository.move(
        session, publication_id, [PublicationStatus.PUBLISHED], content_version=content.version
    )
    if moved is not None:
        await session.execute(
            update(Content)
            .where(
                Content.id == content.id,
                Content.version == content.version,
                Content.status == ContentStatus.READY,
            )
            .values(status=ContentStatus.PUBLISHED)
        )
