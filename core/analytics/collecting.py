"""How do numbers come in? A channel's turn: renew its access, ask, write each answer down before the next question.

A job is a nudge; what is due stands in rows, found again by a sweep. No transaction is open while a platform is asked,
and one channel's trouble touches no other channel.
"""

import uuid
from collections.abc import Sequence
from datetime import timedelta

import structlog

from core.analytics import asking, noting, turns
from core.analytics.asking import Gone, NeverTold, Refused, Said, Trouble
from core.analytics.models import ChannelCollection, PublicationCollection
from core.analytics.turns import Post, Turn
from core.channels import renewal
from core.channels import service as channels
from core.channels.renewal import Freshness
from core.errors import InvalidInput
from core.platforms.base import Platform, PostMetrics, Target
from core.publications import announcements
from core.runtime import Runtime
from core.security.keyring import CannotOpen

log = structlog.get_logger(__name__)

_WAIT_FOR_ACCESS = timedelta(minutes=5)


async def collect_for(runtime: Runtime, publication_id: uuid.UUID) -> None:
    """Ask about a post and everything else that is due for its channel."""
    async with runtime.unit_of_work() as session:
        noted = await session.get(PublicationCollection, publication_id)
    if noted is not None:
        await collect(runtime, noted.channel_id)


async def sweep(runtime: Runtime) -> int:
    """Ask for what no job came for, one channel after the other; returns for how many."""
    async with runtime.unit_of_work() as session:
        found = await turns.overlooked(session, runtime.platforms, runtime.clock.now())
    for channel_id in found:
        await collect(runtime, channel_id)
    return len(found)


async def collect(runtime: Runtime, channel_id: uuid.UUID) -> None:
    """Take the channel's turn, if it is due and free. Call it outside a unit of work."""
    async with runtime.unit_of_work() as session:
        turn = await turns.take(session, runtime.platforms, channel_id, runtime.clock.now())
    if turn is None:
        return
    with structlog.contextvars.bound_contextvars(channel=str(channel_id)):
        try:
            opened = await _open(runtime, turn)
            if opened is not None:
                await _ask(runtime, turn, *opened)
        finally:
            async with runtime.unit_of_work() as session:
                await turns.give_back(session, turn)


async def _ask(runtime: Runtime, turn: Turn, platform: Platform, target: Target) -> None:
    known = await _together(platform, target, turn.posts)
    for post in turn.posts:
        answer = known.get(post.publication_id) or await asking.post(platform, target, post.sent)
        async with runtime.unit_of_work() as session:
            goes_on = await noting.post(session, turn, post, answer, runtime.clock.now())
        if isinstance(answer, NeverTold):
            break  # the other posts are as untold; the followers may be told all the same
        if not goes_on:
            return
    if turn.followers:
        counted = await asking.followers(platform, target)
        async with runtime.unit_of_work() as session:
            await noting.followers(session, turn, counted, runtime.clock.now())


async def _together(
    platform: Platform, target: Target, posts: Sequence[Post]
) -> dict[uuid.UUID, Said[PostMetrics] | Trouble]:
    """Ask about all posts with one call, where there is one. What is not answered so is asked one by one.

    Trouble is the first post's: it ends the turn or not, as if that one had been asked alone.
    """
    answer = await asking.posts(platform, target, [post.sent for post in posts])
    match answer:
        case Said(told):
            return {
                post.publication_id: Said(told[name])
                if (name := post.sent.post_ids[0]) in told
                else Gone("the post is not there any more")
                for post in posts
            }
        case None | Refused() | Gone():
            return {}
        case _:
            return {posts[0].publication_id: answer}


async def _open(runtime: Runtime, turn: Turn) -> tuple[Platform, Target] | None:
    """Make the channel ready to be called; None when it has to wait, which is then written down."""
    access = await renewal.keep_fresh(runtime, turn.channel_id)
    async with runtime.unit_of_work() as session:
        now = runtime.clock.now()
        channel = await channels.get(session, turn.channel_id)
        if access.news:
            await announcements.channel_error(session, turn.product_id, turn.channel_id, now)
        if access.freshness is Freshness.GOOD:
            try:
                return runtime.platforms[channel.platform], channels.target(runtime, channel)
            except (CannotOpen, InvalidInput) as error:
                # Publishing finds the same and tells the owner; numbers only wait.
                log.warning("numbers_without_access", reason=str(error))
        row: ChannelCollection | None = await turns.held(session, turn, now)
        if row is not None:
            row.wait_until = now + _WAIT_FOR_ACCESS
    return None
