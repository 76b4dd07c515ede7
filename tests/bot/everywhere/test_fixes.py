"""What a platform would refuse is repaired in one tap, on that platform alone, and then really taken by its server."""

import io
from datetime import timedelta

import pytest
from PIL import Image
from sqlalchemy import select

from core.content.models import Content, ContentStatus
from core.platforms.twitter.count import weighted
from tests.bot.everywhere.story import Story, preview_in
from tests.fakes.anthropic import FakeAnthropic

LONG = " ".join(f"Sentence number {number} says what it has to say." for number in range(1, 16))
TAGS = " ".join(f"#tag{number}" for number in range(1, 36))


def jpeg() -> bytes:
    """A photo that can be opened."""
    buffer = io.BytesIO()
    Image.new("RGB", (800, 800), (60, 120, 90)).save(buffer, "JPEG")
    return buffer.getvalue()


async def _photo(story: Story, caption: str) -> None:
    """Send a photo with a caption to a draft of one's own words."""
    story.owner.telegram.files["photo"] = jpeg()
    await story.owner.sends_photo("photo", caption=caption)


async def _draft(story: Story) -> Content:
    async with story.runtime.unit_of_work() as session:
        return (await session.scalars(select(Content).order_by(Content.number.desc()).limit(1))).one()


def _may_be_approved(story: Story) -> bool:
    return any("Approve" in label for label in story.owner.labels)


async def _goes_out(story: Story) -> None:
    await story.owner.taps("Publish now")
    await story.goes_by(story.clock.now() + timedelta(minutes=2))


async def test_hashtags_above_thirty_are_dropped_for_instagram_alone(story: Story) -> None:
    await story.connect_telegram()
    await story.connects("instagram", "The account's token")
    story.fakes["instagram"].files_from = story.runtime.media
    await _photo(story, f"The second tea room is open.\n\n{TAGS}")
    assert "35" in story.owner.text
    assert not _may_be_approved(story)
    await story.owner.taps("Drop hashtags")
    assert _may_be_approved(story)
    draft = await _draft(story)
    assert (draft.original_text.count("#"), draft.adapted) == (35, {"instagram": {"hashtags": 30}})
    await _goes_out(story)
    (there,) = story.fakes["instagram"].texts
    assert (there.count("#"), there.endswith("#tag30")) == (30, True)
    (posted,) = story.box.messages("@acme")
    assert posted.content["caption"].count("#") == 35


async def test_ai_makes_it_fit_x(story: Story, claude: FakeAnthropic) -> None:
    await story.consents_to_x()
    await story.owner.says(LONG)
    assert "280" in story.owner.text
    assert not _may_be_approved(story)
    claude.answering = lambda body: '{"text": "Everything is said, in a few words."}'
    await story.owner.taps("Shorten")
    assert "less than 280 characters" in claude.requests[-1].content
    assert _may_be_approved(story)
    assert preview_in(story.owner.text) == "Everything is said, in a few words."
    await _goes_out(story)
    assert story.fakes["twitter"].texts == ["Everything is said, in a few words."]


async def test_an_answer_that_is_still_too_long_says_so_and_cannot_be_approved(
    story: Story, claude: FakeAnthropic
) -> None:
    await story.consents_to_x()
    await story.owner.says(LONG)
    claude.answering = lambda body: '{"text": "' + "Still far too long. " * 20 + '"}'
    await story.owner.taps("Shorten")
    assert not _may_be_approved(story)
    assert any("Shorten" in label for label in story.owner.labels)


@pytest.mark.parametrize(("slug", "limit"), [("twitter", 280), ("bluesky", 300)])
async def test_a_long_text_becomes_a_thread(story: Story, slug: str, limit: int) -> None:
    await story.connect_telegram()
    if slug == "twitter":
        await story.consents_to_x()
    else:
        await story.connects(slug, "By the account's name")
    await story.owner.says(LONG)
    assert not _may_be_approved(story)
    await story.owner.taps("Split")
    assert _may_be_approved(story)
    draft = await _draft(story)
    assert draft.adapted == {slug: {"split": True}}
    await story.choose("X" if slug == "twitter" else "Bluesky")
    shown = preview_in(story.owner.text)
    await _goes_out(story)
    wall = story.fakes[slug].wall
    assert len(wall) > 1
    assert [post.reply_to for post in wall] == [None, *(post.id for post in wall[:-1])]
    assert all(weighted(post.text) <= limit for post in wall)
    assert " ".join(post.text for post in wall) == LONG, "nothing is lost between the parts"
    total = len(wall)
    assert shown == "\n\n".join(f"{n} of {total}\n{post.text}" for n, post in enumerate(wall, start=1))
    assert [post.content["text"] for post in story.box.messages("@acme")] == [LONG]


async def test_a_long_caption_goes_below_the_photo_on_telegram(story: Story) -> None:
    await story.connect_telegram()
    await _photo(story, LONG + " " + LONG)
    assert "of 1,024" in story.owner.text
    await story.owner.taps("Text below")
    assert _may_be_approved(story)
    await _goes_out(story)
    photo, below = story.box.messages("@acme")
    assert ((photo.media or {}).get("kind"), photo.content.get("caption")) == ("photo", None)
    assert below.content["text"] == f"{LONG} {LONG}"
    assert (await _draft(story)).status == ContentStatus.PUBLISHED
