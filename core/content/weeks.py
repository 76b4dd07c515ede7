"""What shall a product say in the coming week? Kinds not posted lately, spread over seven days, one draft after another.

A plan is a row: the buttons carry its version, and writing goes on where a process that died has left it. Nothing is
put on the calendar here: the drafts wait for approval like any others.
"""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.content.models import Content, WeekPlan, WeekStatus
from core.errors import NotFound, Stale
from core.ids import new_id
from core.products import service as products
from core.templates.kinds import PostKind

DAYS = 7
COUNTS = (3, 5, 7)
IDEA_LIMIT = 1000  # UTF-16 units of an own thought for one post
LEASE = timedelta(minutes=6)  # longer than a post takes with both models and a repair
# What can be written from what the product is; the others tell of something that has happened, so they come last.
_EVERGREEN = (PostKind.EDUCATIONAL, PostKind.SPOTLIGHT, PostKind.QUESTION, PostKind.BEHIND_THE_SCENES)
NEEDS_FACTS = (
    PostKind.PROMOTION, PostKind.ANNOUNCEMENT, PostKind.SOCIAL_PROOF, PostKind.MILESTONE, PostKind.RECAP,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class WeekPost:
    """One post of the plan; ``idea`` is the owner's own thought, ``content_id`` the draft once it is written."""

    day: date
    kind: PostKind
    idea: str | None = None
    content_id: uuid.UUID | None = None


def posts_of(plan: WeekPlan) -> list[WeekPost]:
    """Return the plan's posts, by day."""
    return [
        WeekPost(
            day=date.fromisoformat(item["day"]),
            kind=PostKind(item["kind"]),
            idea=item.get("idea"),
            content_id=uuid.UUID(item["content_id"]) if item.get("content_id") else None,
        )
        for item in plan.posts
    ]


async def get(session: AsyncSession, plan_id: uuid.UUID) -> WeekPlan:
    """Return the plan. Raises ``NotFound``."""
    plan = await session.get(WeekPlan, plan_id, populate_existing=True)
    if plan is None:
        raise NotFound("there is no such plan", plan_id=plan_id)
    return plan


async def open_plan(
    session: AsyncSession, product_id: uuid.UUID, chat_id: int, today: date, *, fresh: bool = False
) -> WeekPlan:
    """Return the chat's plan for the product while it is under way and ahead, else a new one of five posts."""
    newest = await session.scalar(
        select(WeekPlan)
        .where(
            WeekPlan.product_id == product_id,
            WeekPlan.chat_id == chat_id,
            WeekPlan.status != WeekStatus.WRITTEN,
        )
        .order_by(WeekPlan.created_at.desc(), WeekPlan.id.desc())
        .limit(1)
    )
    posts = posts_of(newest) if newest is not None else []
    ahead = any(post.content_id is None for post in posts) and min(post.day for post in posts) > today
    if newest is not None and ahead and not fresh:
        return newest
    await products.get(session, product_id)
    plan = WeekPlan(
        id=new_id(),
        product_id=product_id,
        chat_id=chat_id,
        posts=_stored(await _proposed(session, product_id, today, COUNTS[1])),
    )
    session.add(plan)
    await session.flush()
    return plan


async def set_count(
    session: AsyncSession, plan_id: uuid.UUID, *, version: int, count: int, today: date
) -> WeekPlan:
    """Propose ``count`` posts anew; thoughts already given stay with their kinds. Raises ``Stale``."""
    plan = await _planned(session, plan_id, version)
    kept = {post.kind: post.idea for post in posts_of(plan) if post.idea}
    proposed = await _proposed(session, plan.product_id, today, count, first=tuple(kept))
    return await _save(session, plan, [replace(post, idea=kept.pop(post.kind, None)) for post in proposed])


async def change(
    session: AsyncSession,
    plan_id: uuid.UUID,
    *,
    version: int,
    position: int,
    how: Callable[[WeekPost], WeekPost | None],
) -> WeekPlan:
    """Replace one post by ``how`` of it, or take it out on None; the last one stays. Raises ``Stale``."""
    plan = await _planned(session, plan_id, version)
    posts = posts_of(plan)
    if not 0 <= position < len(posts):
        raise Stale("this post is not in the plan any more", plan_id=plan_id)
    changed = how(posts[position])
    if changed is None:
        if len(posts) == 1:
            return plan
        del posts[position]
    else:
        posts[position] = changed
    return await _save(session, plan, posts)


async def start(session: AsyncSession, plan_id: uuid.UUID, *, version: int, now: datetime) -> WeekPlan:
    """Begin to write, or go on. Raises ``Stale`` when somebody is writing already; a lease that ran out is taken over.

    The guard is in the statement: of two taps one writes.
    """
    free = (WeekPlan.status != WeekStatus.WRITING) | (WeekPlan.lease_until <= now)
    moved = await session.scalar(
        update(WeekPlan)
        .where(
            WeekPlan.id == plan_id,
            WeekPlan.version == version,
            WeekPlan.status != WeekStatus.WRITTEN,
            free,
        )
        .values(status=WeekStatus.WRITING, version=version + 1, lease_until=now + LEASE)
        .returning(WeekPlan.id)
    )
    if moved is None:
        raise Stale("this plan is being written, or has changed", plan_id=plan_id)
    return await get(session, plan_id)


async def stop(session: AsyncSession, plan_id: uuid.UUID, *, version: int) -> None:
    """Have no further post written; the one under way is finished. A second tap changes nothing."""
    await session.execute(
        update(WeekPlan)
        .where(WeekPlan.id == plan_id, WeekPlan.version == version, WeekPlan.status == WeekStatus.WRITING)
        .values(status=WeekStatus.STOPPED, lease_until=None)
    )


async def next_post(
    session: AsyncSession, plan_id: uuid.UUID, *, version: int, now: datetime
) -> tuple[int, WeekPost] | None:
    """Return the next post to write with its position, renewing the lease; None when there is none, or no longer.

    With the last one written the plan is closed.
    """
    plan = await _locked(session, plan_id)
    if plan.status != WeekStatus.WRITING or plan.version != version:
        return None
    for position, post in enumerate(posts_of(plan)):
        if post.content_id is None:
            plan.lease_until = now + LEASE
            return position, post
    plan.status, plan.lease_until = WeekStatus.WRITTEN, None
    return None


async def record(
    session: AsyncSession, plan_id: uuid.UUID, *, version: int, position: int, content_id: uuid.UUID
) -> None:
    """Note that the post is written, in the same transaction as the draft. Raises ``Stale`` when another took over."""
    plan = await _locked(session, plan_id)
    posts = posts_of(plan)
    if plan.version != version or not 0 <= position < len(posts) or posts[position].content_id is not None:
        raise Stale("this plan has moved on", plan_id=plan_id)
    posts[position] = replace(posts[position], content_id=content_id)
    plan.posts = _stored(posts)


def is_writing(plan: WeekPlan, now: datetime) -> bool:
    """Tell whether somebody writes it right now; a process that died holds it only until its lease ends."""
    return plan.status == WeekStatus.WRITING and plan.lease_until is not None and plan.lease_until > now


async def _proposed(
    session: AsyncSession, product_id: uuid.UUID, today: date, count: int, first: Sequence[PostKind] = ()
) -> list[WeekPost]:
    """Kinds nobody has read for longest come first, those of ``first`` before them; the days are spread evenly."""
    rows = await session.execute(
        select(Content.content_type, func.max(Content.created_at).label("at"))
        .where(Content.product_id == product_id, Content.content_type.is_not(None))
        .group_by(Content.content_type)
    )
    last = {row.content_type: row.at.timestamp() for row in rows}
    kinds = [
        *first,
        *sorted(_EVERGREEN, key=lambda kind: last.get(kind, 0.0)),
        *sorted(NEEDS_FACTS, key=lambda kind: last.get(kind, 0.0)),
    ]
    chosen = list(dict.fromkeys(kinds))[:count]
    step = (DAYS - 1) / max(count - 1, 1)
    return [
        WeekPost(day=today + timedelta(days=1 + round(number * step)), kind=kind)
        for number, kind in enumerate(chosen)
    ]


async def _planned(session: AsyncSession, plan_id: uuid.UUID, version: int) -> WeekPlan:
    plan = await _locked(session, plan_id)
    if plan.version != version or plan.status != WeekStatus.PLANNED:
        raise Stale("this plan has changed since", plan_id=plan_id)
    return plan


async def _locked(session: AsyncSession, plan_id: uuid.UUID) -> WeekPlan:
    plan = await session.get(WeekPlan, plan_id, with_for_update=True, populate_existing=True)
    if plan is None:
        raise NotFound("there is no such plan", plan_id=plan_id)
    return plan


async def _save(session: AsyncSession, plan: WeekPlan, posts: Sequence[WeekPost]) -> WeekPlan:
    plan.posts = _stored(sorted(posts, key=lambda post: post.day))
    plan.version += 1
    await session.flush()
    return plan


def _stored(posts: Sequence[WeekPost]) -> list[dict[str, Any]]:
    return [
        {
            key: value.isoformat() if isinstance(value, date) else str(value) if value is not None else None
            for key, value in asdict(post).items()
        }
        for post in posts
    ]
