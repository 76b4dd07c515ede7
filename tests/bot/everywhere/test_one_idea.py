"""One idea on five platforms: each in its own form, apart in time, refused, locked out, in doubt, and nothing twice."""

import itertools
from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from core.channels.models import Channel, ChannelStatus
from core.notifications.models import Notification
from core.publications.models import Publication, PublicationStatus
from tests.bot.everywhere.story import FIRST, REASON, SECOND, Story
from tests.fakes.anthropic import FakeAnthropic
from tests.fakes.platforms.twitter import FakeTwitter

pytestmark = pytest.mark.timeout(180)
FIVE = {"telegram", "twitter", "bluesky", "mastodon", "linkedin"}


async def _five_channels(story: Story) -> None:
    await story.connect_telegram()
    await story.consents_to_x()
    await story.connects("bluesky", "By the account's name")
    await story.connects("mastodon", "A token from the settings")
    await story.connects("linkedin", "A token, in a page's name")
    connected = await story.browser.channels()
    assert {(one.platform, one.status) for one in connected} == {
        (slug, ChannelStatus.ACTIVE) for slug in FIVE
    }


async def _in_turn(story: Story, day: str) -> None:
    """Approve the newest draft and have it go out from ten o'clock on, one platform after another."""
    await story.owner.taps("Approve")
    await story.owner.taps("Schedule")
    await story.owner.taps(day)
    await story.owner.taps("10:00")
    await story.owner.taps("In turn")


async def test_one_idea_five_platforms(story: Story, claude: FakeAnthropic) -> None:
    owner = story.owner
    await _five_channels(story)

    await owner.says(FIRST)
    first = await story.previews()
    assert set(first) == FIVE
    assert len(set(first.values())) == 5, "each platform has its own form"
    assert first["telegram"].endswith("\n\nThe way"), "a link that is an entity"
    assert first["linkedin"].endswith("\n- the way (https://tea.example/second)"), "a link in plain text"
    await _in_turn(story, "tomorrow")

    await owner.says(SECOND)
    dry = await story.previews()
    await owner.taps("More")
    await owner.taps("Reject")
    await owner.says(REASON)
    assert REASON in claude.requests[-1].content
    second = await story.previews()
    assert set(second) == FIVE
    assert not set(second.values()) & set(dry.values())
    await _in_turn(story, "Wed")

    plans = {number: await story.publications(content=number) for number in (1, 2)}
    for planned in plans.values():
        moments = sorted(one.scheduled_at for one in planned.values())
        assert len(moments) == 5
        for earlier, later in itertools.pairwise(moments):
            assert timedelta(hours=2) <= later - earlier <= timedelta(hours=4)

    await _refused_and_reconnected(story, plans[1])
    await _ended_and_reconnected(story, plans[1])
    await _in_doubt(story, plans[2])

    # What stands on the walls is what the cards showed, once, and the model's refused words are nowhere.
    assert story.walls() == {slug: [first[slug], second[slug]] for slug in FIVE} | {"instagram": []}
    _as_each_server_wants_it(story)
    for number in (1, 2):
        settled = await story.publications(content=number)
        assert {one.status for one in settled.values()} == {PublicationStatus.PUBLISHED}
        for slug, one in settled.items():
            refused = (slug, number) == ("linkedin", 1)
            expected = ["rejected", "confirmed"] if refused else ["confirmed"]
            assert await story.ledger(one) == expected, (slug, number)
    calls = {slug: fake.published_calls for slug, fake in story.fakes.items()}
    assert calls == {"twitter": 2, "bluesky": 2, "mastodon": 2, "linkedin": 3, "instagram": 0}
    async with story.runtime.unit_of_work() as session:
        told = Counter(await session.scalars(select(Notification.kind)))
    del told["model_replaced"]
    assert told == {"consent": 1, "published": 9, "channel_error": 2, "uncertain": 1}


async def _refused_and_reconnected(story: Story, plan: Mapping[str, Publication]) -> None:
    """LinkedIn answers 401 to the post itself; it waits, and goes out once the owner has pasted a token."""
    linkedin = story.fakes["linkedin"]
    linkedin.revoked = True
    await _locked_out(story, "linkedin", "Acme (LinkedIn)", plan["linkedin"].scheduled_at)
    assert linkedin.published_calls == 1
    linkedin.revoked = False
    await _let_in_again(story, "linkedin", "A token, in a page's name")


async def _ended_and_reconnected(story: Story, plan: Mapping[str, Publication]) -> None:
    """X has taken the whole family of tokens back: renewing fails, so the post is not even tried."""
    twitter = story.fakes["twitter"]
    assert isinstance(twitter, FakeTwitter)
    twitter.revoked = True
    await _locked_out(story, "twitter", "@acme (X)", plan["twitter"].scheduled_at)
    assert twitter.published_calls == 0
    twitter.revoked, twitter.generation = False, twitter.generation + 1
    await _let_in_again(story, "twitter", "Tokens from the portal")


async def _locked_out(story: Story, slug: str, named: str, moment: datetime) -> None:
    await story.goes_by(moment + timedelta(minutes=1))
    assert f"{named} does not let us in" in (story.owner.screen_with("Reconnect").text or "")
    assert (await story.publications(content=1))[slug].status == PublicationStatus.SCHEDULED
    assert story.fakes[slug].texts == []
    asked = len(story.fakes[slug].requests)
    await story.goes_by(story.clock.now() + timedelta(minutes=20))
    assert len(story.fakes[slug].requests) == asked, "a channel that is locked out is left in peace"


async def _let_in_again(story: Story, slug: str, way: str) -> None:
    await story.owner.taps("Reconnect")
    await story.pastes(slug, way)
    async with story.runtime.unit_of_work() as session:
        channels = list(await session.scalars(select(Channel).where(Channel.platform == slug)))
    assert [one.status for one in channels] == [ChannelStatus.ACTIVE], "the same channel, let in again"
    await story.goes_by(story.clock.now() + timedelta(minutes=5))
    assert (await story.publications(content=1))[slug].status == PublicationStatus.PUBLISHED
    assert len(story.fakes[slug].wall) == 1


async def _in_doubt(story: Story, plan: Mapping[str, Publication]) -> None:
    """Telegram takes the post and its answer is lost: nobody sends it again, the owner looks and says so."""
    owner = story.owner
    channel = story.box.channel("@acme")
    assert channel is not None
    story.box.faults.add("cut", "sendMessage", chat_id=channel.id)
    await story.goes_by(plan["telegram"].scheduled_at + timedelta(minutes=1))
    question = owner.screen_with("It is live")
    assert "Is post #2 live? · Telegram · Acme (@acme)" in (question.text or "")
    assert "https://tea.example/letters telegram" in (question.text or ""), "the words to look for there"
    await story.goes_by(max(one.scheduled_at for one in plan.values()) + timedelta(hours=3))
    assert (await story.publications(content=2))["telegram"].status == PublicationStatus.UNCERTAIN
    assert len(story.box.messages("@acme")) == 2, "it is live, and was not sent again in all these hours"
    await owner.taps("It is live", on=question)
    await owner.taps("It is live", on=question)
    (redrawn,) = [one for one in owner.messages if one.message_id == question.message_id]
    assert "decided already" in (redrawn.text or "")
    await story.goes_by(story.clock.now() + timedelta(hours=1))


def _as_each_server_wants_it(story: Story) -> None:
    """The formatting of the first post, in the form that only the server sees."""
    posted = story.box.messages("@acme")
    kinds = [[one["type"] for one in post.content.get("entities", [])] for post in posted]
    assert kinds == [["bold", "italic", "text_link"], ["bold", "url"]], "Telegram links an address by itself"
    post = story.fakes["bluesky"].wall[0]
    (facet,) = post.extra["record"]["facets"]
    covered = post.text.encode()[facet["index"]["byteStart"] : facet["index"]["byteEnd"]]
    assert covered == b"The way", "bytes, not characters: there is an emoji before it"
    assert r"\(Lenina 5\)" in story.fakes["linkedin"].wall[0].extra["sent"]["commentary"]
