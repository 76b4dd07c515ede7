"""A post that is repeated: from its card to the queue, changed, switched off and ended; old buttons and bad input."""

from datetime import time
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from core.channels.models import Channel
from core.content import repeats
from core.content.models import Content, ContentRepeat, ContentStatus
from core.runtime import Runtime
from tests.bot.person import Person

OWN = "A finished text.\nTwo.\nThree."
MOSCOW = ZoneInfo("Europe/Moscow")


async def the_repeat(runtime: Runtime) -> ContentRepeat | None:
    async with runtime.unit_of_work() as session:
        found: ContentRepeat | None = await session.scalar(select(ContentRepeat))
        return found


@pytest.fixture
async def card(owner: Person, channel: Channel) -> None:
    """A finished draft on its card."""
    await owner.says(OWN)


async def ask(owner: Person) -> None:
    await owner.taps("More")
    await owner.taps("Repeat")


@pytest.mark.usefixtures("card")
async def test_from_the_card_to_a_copy_in_the_queue(owner: Person, runtime: Runtime) -> None:
    await ask(owner)
    await owner.taps("On weekdays")
    await owner.taps("18:00")
    assert "on weekdays at 18:00" in owner.text
    assert owner.text.count("• ") == 3
    look = owner.screen
    await owner.taps("🔁 Repeat")
    await owner.taps("🔁 Repeat", on=look)  # a double tap
    assert "Repeating: on weekdays at 18:00" in owner.text
    repeat = await the_repeat(runtime)
    assert repeat is not None
    assert repeat.cron == "0 18 * * 1,2,3,4,5"
    async with runtime.unit_of_work() as session:
        draft = await session.get_one(Content, repeat.content_id)
        assert draft.status == ContentStatus.READY
        assert await repeats.make_next(session, repeat.id, runtime.clock.now()) is repeats.Outcome.PLANNED
    await owner.says("/queue")
    assert "18:00" in owner.text
    await owner.taps("Repeats · 1")
    assert "on weekdays at 18:00, next: " in owner.text
    await owner.taps("#1")
    assert "Put into the queue 1 time." in owner.text


@pytest.mark.usefixtures("card")
async def test_days_of_the_week_and_of_the_month_and_a_typed_time(owner: Person, runtime: Runtime) -> None:
    await ask(owner)
    await owner.taps("Once a month")
    await owner.taps("28")
    await owner.taps("Another time")
    await owner.says("half past nonsense")
    assert "Write a time like 18:30" in owner.text
    await owner.says("25:10")
    assert "Write a time like 18:30" in owner.text
    await owner.says("6.45 pm")
    assert "on day 28 of the month at 18:45" in owner.text
    await owner.taps("Another time")
    await owner.taps("Back")
    await owner.taps("Once a week")
    await owner.taps("Sun")
    await owner.taps("10:00")
    await owner.taps("🔁 Repeat")
    repeat = await the_repeat(runtime)
    assert repeat is not None
    assert repeat.cron == "0 10 * * 0"
    local = repeat.next_at.astimezone(MOSCOW)
    assert (local.weekday(), local.time()) == (6, time(10))


@pytest.mark.usefixtures("card")
async def test_it_is_switched_off_changed_and_ended(owner: Person, runtime: Runtime) -> None:
    await ask(owner)
    await owner.taps("Every day")
    await owner.taps("09:00")
    await owner.taps("🔁 Repeat")
    await ask(owner)
    assert "Now: every day at 09:00" in owner.text
    await owner.taps("Open the repeat")
    old = owner.screen
    await owner.taps("Switch off")
    assert "switched off" in owner.text
    await owner.taps("Switch off", on=old)
    assert "earlier screen" in owner.text
    await owner.taps("Switch on")
    await owner.taps("Change")
    await owner.taps("On weekdays")
    await owner.taps("12:00")
    await owner.taps("🔁 Repeat")
    repeat = await the_repeat(runtime)
    assert repeat is not None
    assert repeat.cron == "0 12 * * 1,2,3,4,5"
    await ask(owner)
    await owner.taps("Open the repeat")
    last = owner.screen
    await owner.taps("Never repeat again")
    assert "not repeated any more" in owner.text
    await owner.taps("Never repeat again", on=last)
    assert "not there any more" in owner.text
    assert await the_repeat(runtime) is None


@pytest.mark.usefixtures("card")
async def test_an_edit_meanwhile_makes_the_buttons_old(owner: Person, runtime: Runtime) -> None:
    await ask(owner)
    await owner.taps("Every day")
    hours = owner.screen
    await owner.taps("09:00")
    look = owner.screen
    await owner.says("/drafts")
    await owner.taps("#1")
    await owner.taps("Edit text")
    await owner.says("Another text.")
    for button, screen in (("09:00", hours), ("🔁 Repeat", look)):
        await owner.taps(button, on=screen)
        assert "earlier version" in owner.text
    assert await the_repeat(runtime) is None
