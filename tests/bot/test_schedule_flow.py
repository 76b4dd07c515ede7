"""Choosing a time by taps: the calendar, good times, slots, platforms in turn, the owner's rules, warnings."""

from datetime import timedelta

from sqlalchemy import select

from core.channels.models import Channel
from core.content.models import Content
from core.publications.models import Publication
from core.runtime import Runtime
from core.settings import service as settings
from core.settings.service import Publishing
from tests.bot.person import Person
from tests.bot.telegram import buttons_of

OWN = "This is a finished text of my own.\n\nIt has several paragraphs.\n\nSo it is not an idea."


async def planned(runtime: Runtime) -> list[tuple[str, str]]:
    async with runtime.unit_of_work() as session:
        rows = await session.scalars(select(Publication).order_by(Publication.created_at))
        return [(row.mode, row.scheduled_at.isoformat()[:16]) for row in rows]


async def publishing(runtime: Runtime, **fields: object) -> None:
    async with runtime.unit_of_work() as session:
        await settings.change(session, Publishing, **fields)


async def drafted(owner: Person, text: str = OWN) -> None:
    await owner.says(text)
    await owner.taps("Schedule")


async def test_tomorrow_evening_is_three_taps_from_the_card(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await owner.says(OWN)
    for label in ("Schedule", "tomorrow, 19:00", "Schedule it"):
        await owner.taps(label)
    assert await planned(runtime) == [("at", "2026-03-03T16:00")]


async def test_a_day_is_found_in_the_calendar(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await drafted(owner)
    await owner.taps("Calendar")
    assert "March 2026" in owner.text
    assert "Mo" in owner.labels
    assert not any(label.startswith("‹") and "Back" not in label for label in owner.labels)
    await owner.taps("›")
    await owner.taps("17")
    await owner.taps("09:00")
    await owner.taps("Schedule it")
    assert await planned(runtime) == [("at", "2026-04-17T06:00")]
    await drafted(owner, f"{OWN} 2")
    await owner.taps("Calendar")
    await owner.taps("›")
    assert "17•" in owner.labels
    await owner.taps("17•")
    assert {"(09:00)", "(08:00)", "07:00", "11:00"} <= set(owner.labels)
    assert "In brackets" in owner.text


async def test_the_calendar_ends_after_a_year(owner: Person, channel: Channel) -> None:
    await drafted(owner)
    await owner.taps("Calendar")
    for _ in range(12):
        await owner.taps("›")
    assert "March 2027" in owner.text
    assert "›" not in owner.labels
    month = owner.screen
    data = next(data for label, data in buttons_of(month.reply_markup) if label == "·")
    await owner.taps_data(data, month)  # a day that cannot be planned only draws the month again
    assert "March 2027" in owner.text


async def test_the_next_free_slot(owner: Person, runtime: Runtime, channel: Channel) -> None:
    for number in range(2):
        await drafted(owner, f"{OWN} {number}")
        await owner.taps("next free slot")
    assert await planned(runtime) == [("slot", "2026-03-02T10:00"), ("slot", "2026-03-02T13:00")]


async def test_quiet_hours_are_said_and_give_way(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await publishing(runtime, quiet_from="18:00", quiet_to="09:00")
    await drafted(owner)
    await owner.taps("tomorrow, 19:00")
    await owner.taps("Schedule it")
    assert "quiet hours: nothing goes out between 18:00 and 09:00" in owner.text
    assert "Wed, 4 March, 09:00" in owner.text
    await owner.taps("anyway")
    assert await planned(runtime) == [("at", "2026-03-03T16:00")]


async def test_a_platform_s_daily_limit_is_said(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await publishing(runtime, max_per_platform_per_day={"telegram": 1}, min_gap_hours=0)
    await drafted(owner)
    await owner.taps("in 1 hour")
    await owner.taps("Schedule it")
    await owner.says(f"{OWN} 2")
    await owner.taps("Publish now")
    assert "Telegram already has enough posts on that day: the settings allow 1" in owner.text
    await owner.taps("Tue, 3 March, 00:00")
    await owner.taps("Schedule it")
    assert await planned(runtime) == [("at", "2026-03-02T10:00"), ("at", "2026-03-02T21:00")]


async def test_the_same_text_is_mentioned_not_refused(
    owner: Person, runtime: Runtime, channel: Channel
) -> None:
    await drafted(owner)
    await owner.taps("next free slot")
    await drafted(owner)
    await owner.taps("tomorrow, 19:00")
    assert "Post #1 has the same text on the same platform" in owner.text
    await owner.taps("Schedule it anyway")
    assert len(await planned(runtime)) == 2
    await drafted(owner)
    await owner.taps("next free slot")
    assert "has the same text" in owner.text


async def test_platforms_in_turn(owner: Person, runtime: Runtime, channel: Channel) -> None:
    async with runtime.unit_of_work() as session:
        session.add(Channel(product_id=channel.product_id, platform="unknown-yet", credentials={}))
    await drafted(owner)
    await owner.taps("tomorrow, 10:00")
    echo = owner.screen
    await owner.taps("In turn")
    await owner.taps("In turn", on=echo)
    async with runtime.unit_of_work() as session:
        rows = list(await session.scalars(select(Publication).order_by(Publication.scheduled_at)))
    assert [row.mode for row in rows] == ["distributed"] * 2
    apart = rows[1].scheduled_at - rows[0].scheduled_at
    assert timedelta(hours=2) <= apart <= timedelta(hours=4)


async def test_an_old_picker_draws_the_draft_again(owner: Person, runtime: Runtime, channel: Channel) -> None:
    await drafted(owner)
    picker = owner.screen
    async with runtime.unit_of_work() as session:
        (row,) = await session.scalars(select(Content))
        row.version = 2
    for label in ("Calendar", "tomorrow, 10:00", "next free slot", "At the next good hour"):
        await owner.taps(label, on=picker)
        assert "nothing was done" in owner.text, label
    assert await planned(runtime) == []
