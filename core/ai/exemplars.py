"""Which of the product's own posts show best how it sounds? Those that readers answered most, or that the owner took as they were.

They travel in the cached part of the prompt, so the choice has to stay the same from call to call: posts must be a day
old, and they stand in the order in which they were published, whatever their rank.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from statistics import median

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import history
from core.analytics.history import PastPost
from core.content.models import Content, ContentStatus, ContentVersion
from core.text.count import cut, is_visible

FEWEST, MOST = 3, 5
_LENGTH = 900  # characters of each; more would cost more than it teaches
_CANDIDATES = 60  # approved posts that are looked through
_AS_IT_WAS = ("created", "regenerated")  # reasons of versions that nobody corrected


async def best(
    session: AsyncSession, product_id: uuid.UUID, platforms: Sequence[str], now: datetime
) -> tuple[str, ...]:
    """Return up to five texts (neutral Markdown) of this product, of no other; none when there are not three."""
    past = await history.published(
        session, product_id=product_id, before=now - history.MATURE, limit=history.LEARN_FROM
    )
    chosen = _by_engagement(past, platforms)
    if len(chosen) < FEWEST:
        chosen = await _approved_as_written(session, product_id, now)
    return tuple(cut(text.strip(), _LENGTH) for text in chosen) if len(chosen) >= FEWEST else ()


def _by_engagement(past: Sequence[PastPost], platforms: Sequence[str]) -> list[str]:
    """The posts that did best for their platform, oldest first; those on ``platforms`` come before others."""
    numbers: dict[str, list[float]] = defaultdict(list)
    for post in past:
        value = _value(post)
        if value is not None:
            numbers[post.platform].append(value)
    usual = {platform: median(values) or 1.0 for platform, values in numbers.items()}
    scored = [
        (post.platform in platforms, value / usual[post.platform], post)
        for post in past
        if (value := _value(post)) is not None and value > 0
    ]
    scored.sort(key=lambda item: (not item[0], -item[1], item[2].published_at, item[2].publication_id))
    best_ones = _distinct(post for _, _, post in scored)[:MOST]
    return [
        post.text for post in sorted(best_ones, key=lambda post: (post.published_at, post.publication_id))
    ]


def _value(post: PastPost) -> float | None:
    """What readers did: by impressions where the platform tells them, else plainly."""
    if not is_visible(post.text):
        return None
    rate = post.metrics.rate
    return rate if rate is not None else post.metrics.engagements


def _distinct(posts: Iterable[PastPost]) -> list[PastPost]:
    """One content on several platforms is one post."""
    first: dict[uuid.UUID, PastPost] = {}
    texts: set[str] = set()
    for post in posts:
        if post.content_id not in first and post.text.strip() not in texts:
            first[post.content_id] = post
            texts.add(post.text.strip())
    return list(first.values())


async def _approved_as_written(session: AsyncSession, product_id: uuid.UUID, now: datetime) -> list[str]:
    """The newest texts that were approved without a correction, oldest first."""
    query = (
        select(ContentVersion.original_text)
        .join(Content, Content.id == ContentVersion.content_id)
        .where(
            Content.product_id == product_id,
            Content.status.in_([ContentStatus.READY, ContentStatus.PUBLISHED]),
            ContentVersion.version == Content.approved_version,
            ContentVersion.reason.in_(_AS_IT_WAS),
            Content.approved_at < now - history.MATURE,
        )
        .order_by(Content.approved_at.desc(), Content.id)
        .limit(_CANDIDATES)
    )
    texts = [text for text in await session.scalars(query) if is_visible(text)]
    return list(dict.fromkeys(texts))[:MOST][::-1]
