"""Suggestions: each kind appears when it is true, not when it is not, and stays away for a week when put away."""

import math
import uuid
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from core.analytics import suggestions
from core.analytics.models import DailyStat, SuggestionPutAway
from core.analytics.suggestions import Suggestion, SuggestionKind
from core.content import service as content_service
from core.content.models import Content, ContentStatus
from core.errors import Stale
from core.publications.models import PublicationStatus
from tests.conftest import START
from tests.core.analytics.conftest import Past, spread


async def given(past: Past, now: datetime = START) -> list[Suggestion]:
    async with past.runtime.unit_of_work() as session:
        return await suggestions.for_product(session, past.product_id, now)


async def kinds(past: Past, now: datetime = START) -> list[SuggestionKind]:
    return [item.kind for item in await given(past, now)]


async def draft(past: Past, **fields: Any) -> uuid.UUID:
    async with past.runtime.unit_of_work() as session:
        content = await content_service.create_draft(session, product_id=past.product_id, text="A draft.")
        for name, value in fields.items():
            setattr(content, name, value)
    return content.id


async def test_a_new_product_gets_no_hints(past: Past) -> None:
    assert await given(past) == []


async def test_a_kind_that_has_not_come_for_three_weeks_is_missed(past: Past) -> None:
    await past.post(START - timedelta(days=25), kind="educational")
    await past.post(START - timedelta(days=20), kind="question")
    await past.post(START - timedelta(days=400), kind="recap")
    await past.post(START - timedelta(days=40), kind="of my own")
    (gap,) = [item for item in await given(past) if item.kind is SuggestionKind.GAP]
    assert (gap.post_kind, gap.days) == ("educational", 25)
    await draft(past, content_type="educational")
    assert SuggestionKind.GAP not in await kinds(past)


async def test_an_empty_tomorrow_is_the_owners_tomorrow(past: Past) -> None:
    await past.post(START - timedelta(days=1))
    assert SuggestionKind.EMPTY_TOMORROW in await kinds(past)
    # 22:30 UTC today is half past one tomorrow in Moscow, where the owner is.
    await past.post(START.replace(hour=22, minute=30), status=PublicationStatus.SCHEDULED)
    assert SuggestionKind.EMPTY_TOMORROW not in await kinds(past)
    assert SuggestionKind.EMPTY_TOMORROW in await kinds(past, START + timedelta(days=1))


async def test_drafts_that_wait_long_are_named_with_the_oldest(past: Past) -> None:
    await draft(past, updated_at=START - timedelta(days=2))
    assert SuggestionKind.DRAFTS_WAITING not in await kinds(past)
    oldest = await draft(past, updated_at=START - timedelta(days=9))
    await draft(past, updated_at=START - timedelta(days=4))
    (waiting,) = await given(past)
    assert (waiting.n, waiting.days, waiting.content_id) == (2, 9, oldest)


async def test_an_approval_about_to_expire_comes_first(past: Past) -> None:
    await past.post(START - timedelta(days=1))
    ready = {"status": ContentStatus.READY, "approved_version": 1}
    soon = await draft(past, **ready, approval_expires_at=START + timedelta(hours=3))
    await draft(past, **ready, approval_expires_at=START + timedelta(days=3))
    await draft(past, **ready, approval_expires_at=START - timedelta(hours=3))
    first = (await given(past))[0]
    assert (first.kind, first.n, first.content_id) == (SuggestionKind.APPROVALS_EXPIRING, 1, soon)


@pytest.mark.parametrize(
    ("followers", "target"), [(949, None), (950, 1000), (999, 1000), (1000, None), (97, 100), (2400, 2500)]
)
async def test_a_round_number_of_followers_ahead(past: Past, followers: int, target: int | None) -> None:
    async with past.runtime.unit_of_work() as session:
        session.add(
            DailyStat(
                product_id=past.product_id, channel_id=past.channel_id, date=date(2026, 3, 1), followers_end=followers
            )
        )  # fmt: skip
    found = [item.target for item in await given(past) if item.kind is SuggestionKind.MILESTONE_FOLLOWERS]
    assert found == ([target] if target else [])


async def test_a_round_number_of_posts_ahead(past: Past) -> None:
    for day in range(7):
        await past.post(START - timedelta(days=day + 1))
    (milestone,) = [item for item in await given(past) if item.kind is SuggestionKind.MILESTONE_POSTS]
    assert (milestone.n, milestone.target, milestone.post_kind) == (7, 10, "milestone")
    for day in range(3):
        await past.post(START - timedelta(days=day + 20))
    assert SuggestionKind.MILESTONE_POSTS not in await kinds(past)


async def test_what_works_is_named_with_how_many_posts_say_so(past: Past) -> None:
    for day, (_, value) in enumerate(spread(40, 1, noise=0.2)):
        question = day % 3 == 0
        await past.post(
            START - timedelta(days=60 - day),
            {"likes": round(50 * math.exp(value + 0.9 * question))},
            text="Really?" if question else "Really.",
        )
    (works,) = [item for item in await given(past) if item.kind is SuggestionKind.WORKS]
    assert works.effect is not None
    assert (works.effect.trait, works.effect.value, works.n) == ("question", "yes", 14)
    assert (works.platform, works.post_kind) == ("telegram", "question")
    assert 1.7 < works.effect.ratio < 3


async def test_at_most_five_and_the_urgent_first(past: Past) -> None:
    for number, kind in enumerate(["educational", "question", "recap"]):
        await past.post(START - timedelta(days=30 + number), kind=kind)
    for _ in range(5):
        await past.post(START - timedelta(days=2))
    await draft(past, updated_at=START - timedelta(days=9))
    found = await kinds(past)
    assert len(found) == 5
    assert found == sorted(found, key=list(SuggestionKind).index)


async def test_a_hint_that_is_put_away_comes_back_after_a_week(past: Past) -> None:
    await draft(past, updated_at=START - timedelta(days=9))
    (hint,) = await given(past)
    for _ in range(2):  # the second tap comes from a screen that is not there any more
        async with past.runtime.unit_of_work() as session:
            if await suggestions.for_product(session, past.product_id, START):
                await suggestions.put_away(session, past.product_id, hint.mark, START)
            else:
                with pytest.raises(Stale):
                    await suggestions.put_away(session, past.product_id, hint.mark, START)
    assert await given(past) == []
    assert await given(past, START + timedelta(days=6)) == []
    later = START + timedelta(days=8)
    (again,) = await given(past, later)
    assert again.key == hint.key
    async with past.runtime.unit_of_work() as session:
        await suggestions.put_away(session, past.product_id, again.mark, later)
        rows = list(await session.scalars(select(SuggestionPutAway)))
    assert [row.until for row in rows] == [later + suggestions.PUT_AWAY_FOR]


async def test_hints_of_another_product_are_not_mixed_in(past: Past) -> None:
    await draft(past, updated_at=START - timedelta(days=9))
    async with past.runtime.unit_of_work() as session:
        assert await suggestions.for_product(session, uuid.uuid4(), START) == []
        found = await session.scalar(select(Content.id))
    assert found is not None
