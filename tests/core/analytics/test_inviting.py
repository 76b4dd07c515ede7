"""Does each post of a channel that wants it get one invitation, and are joins told apart by it?"""

import asyncio
import dataclasses
from collections.abc import Callable
from datetime import timedelta

import pytest

from core.analytics import audience, inviting
from core.analytics.audience import Invite
from core.channels.models import Channel
from core.clock import ManualClock
from core.errors import Rejected, Transient
from core.platforms.base import Target
from core.platforms.registry import PLATFORMS
from tests.core.analytics.conftest import Past


class Links:
    """Telegram's invitations."""

    def __init__(self, past: Past) -> None:
        self.names: list[str] = []
        self.troubles: list[Callable[[], BaseException]] = []
        telegram = dataclasses.replace(PLATFORMS["telegram"], invite=self._make)
        past.runtime = dataclasses.replace(past.runtime, platforms={**PLATFORMS, "telegram": telegram})

    async def _make(self, target: Target, name: str) -> str:
        if self.troubles:
            raise self.troubles.pop()()
        self.names.append(name)
        return f"https://t.me/+{len(self.names)}"


@pytest.fixture
async def links(past: Past) -> Links:
    async with past.runtime.unit_of_work() as session:
        (await session.get_one(Channel, past.channel_id)).settings = {"invites": True}
    return Links(past)


async def shown(past: Past) -> list[Invite]:
    async with past.runtime.unit_of_work() as session:
        return await audience.invites(session, past.product_id)


async def test_each_post_gets_one_and_joins_count_for_it(
    past: Past, links: Links, clock: ManualClock
) -> None:
    first = await past.post(clock.now() - timedelta(hours=2))
    second = await past.post(clock.now() - timedelta(hours=1))
    await past.post(clock.now() - timedelta(days=2))
    found = await asyncio.gather(*(inviting.invite_due(past.runtime) for _ in range(4)))
    assert sum(found) == 2
    assert sorted(links.names) == sorted([f"#{first.number}", f"#{second.number}"])
    link = {item.number: item.link for item in await shown(past)}[second.number]
    for _ in range(3):
        async with past.runtime.unit_of_work() as session:
            await audience.joined(session, [past.channel_id], link, "renamed", clock.now())
    best, other = await shown(past)
    assert (best.number, best.name, best.joins) == (second.number, f"#{second.number}", 3)
    assert (other.number, other.joins) == (first.number, 0)


@pytest.mark.parametrize("chosen", [{}, {"invites": False}, {"invites": "yes"}])
async def test_a_channel_that_does_not_want_them_gets_none(
    past: Past, links: Links, clock: ManualClock, chosen: dict[str, object]
) -> None:
    async with past.runtime.unit_of_work() as session:
        (await session.get_one(Channel, past.channel_id)).settings = chosen
    await past.post(clock.now())
    assert await inviting.invite_due(past.runtime) == 0
    assert links.names == []


async def test_passing_trouble_is_tried_again_and_a_refusal_is_not(
    past: Past, links: Links, clock: ManualClock
) -> None:
    await past.post(clock.now())
    links.troubles = [lambda: Rejected("not enough rights"), lambda: Transient("no network")]
    for _ in range(4):
        assert await inviting.invite_due(past.runtime) == 0
    assert links.troubles == []
    assert links.names == []
    assert await shown(past) == [], "what has no link is not shown"
