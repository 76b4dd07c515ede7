"""Do adapters read numbers as each platform tells them, and name what keeps them from it?"""

from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.errors import AuthExpired, RateLimited, Rejected
from core.platforms.base import Platform, PostMetrics, Target
from tests.core.platforms.over_http.test_contract import failure, key_of, part_of, published
from tests.fakes.platforms.server import RETRY_AFTER, FakePlatform

# What the strict servers tell of a post: impressions, likes, comments, shares, clicks, engagements; and of the account.
TOLD = {
    "twitter": ((350, 7, 1, 2, None, 11), 900),
    "discord": ((None, 6, None, None, None, 6), 120),
    "vk": ((210, 9, 2, 1, None, 12), 77),
    "bluesky": ((None, 5, 0, 3, None, 8), 41),
    "mastodon": ((None, 3, 0, 1, None, 4), 12),
}


@pytest.fixture
def told(platform: Platform) -> Platform:
    """A platform that tells numbers when it is asked."""
    if platform.metrics is None:
        pytest.skip(f"{platform.title} tells no numbers of posts when asked")
    return platform


async def test_each_number_stands_for_what_the_platform_means_by_it(
    told: Platform, target: Target, fake: FakePlatform
) -> None:
    (sent,) = await published(told, target, [await part_of(told, target, fake)])
    assert told.metrics is not None
    found: PostMetrics = await told.metrics(target, sent)
    numbers = (
        found.impressions, found.likes, found.comments, found.shares, found.clicks, found.engagements,
    )  # fmt: skip
    assert found.raw, "the platform's own names are kept"
    if fake.slug in TOLD:
        assert numbers == TOLD[fake.slug][0]
        assert told.followers is not None
        assert await told.followers(target) == TOLD[fake.slug][1]


async def test_a_post_that_is_gone_is_told_from_one_that_cannot_be_read(
    told: Platform, target: Target, fake: FakePlatform
) -> None:
    (sent,) = await published(told, target, [await part_of(told, target, fake)])
    fake.wall.clear()
    assert told.metrics is not None
    error = await failure(told.metrics(target, sent), fake)
    assert isinstance(error, Rejected)
    assert error.error_code in {"not-found", "http-404"}


async def test_asking_for_numbers_waits_as_long_as_it_is_told_to(
    told: Platform, target: Target, fake: FakePlatform, clock: ManualClock
) -> None:
    (sent,) = await published(told, target, [await part_of(told, target, fake)])
    fake.busy = True
    assert told.metrics is not None
    assert told.followers is not None
    for call in (told.metrics(target, sent), told.followers(target)):
        error = await failure(call, fake)
        assert isinstance(error, RateLimited)
        assert error.retry_at == clock.now() + timedelta(seconds=fake.retry_seconds or RETRY_AFTER)


async def test_a_revoked_token_is_noticed_while_asking(
    told: Platform, target: Target, fake: FakePlatform
) -> None:
    (sent,) = await published(told, target, [await part_of(told, target, fake)])
    fake.revoked = True
    assert told.metrics is not None
    assert told.followers is not None
    for call in (told.metrics(target, sent), told.followers(target)):
        error = await failure(call, fake)
        assert isinstance(error, AuthExpired)
        # A right that is missing is another matter: then only the numbers are.
        assert error.error_code not in {"rights-missing", "forbidden"}


async def test_several_posts_are_asked_about_with_one_call_and_who_is_missing_is_gone(
    told: Platform, target: Target, fake: FakePlatform
) -> None:
    if told.metrics_of_many is None:
        return
    parts = [await part_of(told, target, fake, f"Новость {number}") for number in range(3)]
    sent = [
        await told.publish(target, part, key=key_of(number), earlier=()) for number, part in enumerate(parts)
    ]
    fake.wall = [post for post in fake.wall if post.id != sent[1].post_ids[0]]
    before = len(fake.requests)
    found = await told.metrics_of_many(target, sent)
    assert len(fake.requests) == before + 1
    assert set(found) == {sent[0].post_ids[0], sent[2].post_ids[0]}
    assert told.metrics is not None
    assert found[sent[0].post_ids[0]] == await told.metrics(target, sent[0])
    fake.wall.clear()
    assert await told.metrics_of_many(target, sent) == {}
