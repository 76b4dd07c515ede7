"""The queue: its parts and filters, its calendar, and what can be done with one publication."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select, update

from core.channels.models import Channel
from core.clock import ManualClock
from core.content.models import Content
from core.products import service as products
from core.publications.models import Publication
from core.publications.models import PublicationStatus as S
from core.runtime import Runtime
from core.settings import service as settings
from core.settings.service import General
from tests.bot.person import Person
from tests.bot.telegram import buttons_of

OWN = "A finished text.\nTwo.\nThree."


async def planned(owner: Person, count: int) -> None:
    for number in range(count):
        await owner.says(f"{OWN} {number}")
        await owner.taps("Schedule")
        await owner.taps("next free slot")


async def rows(runtime: Runtime) -> list[Publication]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Publication).order_by(Publication.created_at)))


async def set_status(runtime: Runtime, number: int, status: S, **values: object) -> None:
    async with runtime.unit_of_work() as session:
        content = select(Content.id).where(Content.number == number).scalar_subquery()
        await session.execute(
            update(Publication).where(Publication.content_id == content).values(status=status, **values)
        )


async def test_filters_survive_paging_and_are_cleared(
    owner: Person, channel: Channel, runtime: Runtime, clock: ManualClock
) -> None:
    await planned(owner, 12)
    for number in range(1, 11):
        at = clock.now() - timedelta(hours=number)
        await set_status(runtime, number, S.PUBLISHED, published_at=at)
    await owner.says("/queue")
    assert "2 publications" in owner.text
    await owner.taps("Status")
    assert {"✅ Waiting · 2", "Published · 10", "Failed · 0", "All · 12"} <= set(owner.labels)
    await owner.taps("Published")
    assert "Published · 10 publications" in owner.text
    assert "#1 " in owner.text  # the newest first
    await owner.taps("›")
    assert "2/2" in " ".join(owner.labels)
    assert "Published · 10 publications" in owner.text
    await owner.taps("Product")
    await owner.taps("Tea & Co")
    assert "Tea & Co · Published · 10 publications" in owner.text
    await owner.taps("›")
    assert "Tea & Co · Published · 10 publications" in owner.text
    await owner.taps("Platform")
    await owner.taps("Telegram")
    assert "Tea & Co · Telegram · Published · 10 publications" in owner.text
    await owner.taps("Clear")
    assert "2 publications" in owner.text
    assert "Published" not in owner.text


async def test_nothing_matches_still_leads_on(owner: Person, channel: Channel, runtime: Runtime) -> None:
    await planned(owner, 1)
    async with runtime.unit_of_work() as session:
        await products.create(session, name="Coffee")
    await owner.says("/queue")
    await owner.taps("Product")
    await owner.taps("Coffee")
    assert "Nothing matches" in owner.text
    narrowed = owner.screen
    async with runtime.unit_of_work() as session:
        await session.delete(await products.by_slug(session, "coffee"))
    await owner.taps("Refresh", on=narrowed)
    assert "1 publication" in owner.text  # a product that is gone is no filter any more


async def test_two_posts_change_places_once(owner: Person, channel: Channel, runtime: Runtime) -> None:
    await planned(owner, 3)
    before = [row.scheduled_at for row in await rows(runtime)]
    await owner.says("/queue")
    await owner.taps("#1")
    await owner.taps("Swap")
    assert [label for label in owner.labels if "#" in label] == [
        "Mon, 2 March, 16:00 · #2",
        "Mon, 2 March, 19:00 · #3",
    ]
    assert "#2 A finished text. Two. Three. 1" in owner.text
    places = owner.screen
    await asyncio.gather(*(owner.taps("#3", on=places) for _ in range(2)))
    assert [row.scheduled_at for row in await rows(runtime)] == [before[2], before[1], before[0]]
    await owner.taps("#2", on=places)  # the list is of an earlier time
    assert "Too late" in owner.text
    assert [row.scheduled_at for row in await rows(runtime)] == [before[2], before[1], before[0]]


async def test_a_lonely_post_cannot_swap(owner: Person, channel: Channel) -> None:
    await planned(owner, 1)
    await owner.says("/queue")
    await owner.taps("#1")
    await owner.taps("Swap")
    assert "nothing to swap with" in owner.text
    await owner.taps("Back")
    assert "Goes out" in owner.text


async def test_a_published_post_becomes_a_new_draft_once(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    await planned(owner, 1)
    await set_status(runtime, 1, S.PUBLISHED)
    await owner.says("/queue")
    await owner.taps("Status")
    await owner.taps("Published")
    await owner.taps("#1")
    item = owner.screen
    await asyncio.gather(*(owner.taps("Duplicate", on=item) for _ in range(2)))
    assert "new draft #2" in owner.text
    assert "Waits for your decision" in owner.text
    async with runtime.unit_of_work() as session:
        texts = list(await session.scalars(select(Content.original_text).order_by(Content.number)))
        statuses = list(await session.scalars(select(Content.status).order_by(Content.number)))
    assert texts == [f"{OWN} 0"] * 2
    assert statuses[1] == "draft"


async def test_the_calendar_leads_to_a_day_and_to_a_post(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    await planned(owner, 6)
    await owner.says("/queue")
    await owner.taps("Week")
    assert "2 March – 8 March · 6 publications" in owner.text
    lines = owner.text.splitlines()
    assert any(line.split()[:5] == ["Mon,", "2", "13:00", "#1", "Telegram"] for line in lines), lines
    assert any(line.split() == ["Wed,", "4", "–"] for line in lines)
    await owner.taps("›")
    assert "9 March – 15 March · 0 publications" in owner.text
    await owner.taps("This week")
    await owner.taps("Tue, 3")
    assert "Tue, 3 March · 3 publications" in owner.text
    await owner.taps("Month")
    assert "March 2026 · 6 publications" in owner.text
    assert "2³" in owner.text
    await owner.taps("‹")
    assert "February 2026 · 0" in owner.text
    await owner.taps("This month")
    await owner.taps("3")
    await owner.taps("#4")
    assert "Goes out Tue, 3 March" in owner.text


async def test_the_calendar_is_a_table_of_telegram_s_where_that_is_wanted(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    await planned(owner, 2)
    async with runtime.unit_of_work() as session:
        await settings.change(session, General, rich_tables=True)
    await owner.says("/queue")
    await owner.taps("Week")
    await owner.taps("Month")
    assert owner.telegram.named("editMessageText")[-1].rich_message is not None


async def test_every_button_of_the_queue_leads_somewhere(
    owner: Person, channel: Channel, runtime: Runtime
) -> None:
    await planned(owner, 3)
    await owner.says("/queue")
    for opened in (None, "Week", "Month", "Status", "Product", "Platform"):
        await owner.says("/queue")
        if opened:
            await owner.taps("Week" if opened == "Month" else opened)
        if opened == "Month":
            await owner.taps("Month")
        screen = owner.screen
        for label, data in buttons_of(screen.reply_markup):
            await owner.taps_data(data, screen)
            assert "Something broke" not in owner.text, (opened, label)
            assert "former version" not in owner.text, (opened, label)
    async with runtime.unit_of_work() as session:
        assert await session.scalar(select(func.count()).select_from(Publication)) == 3


async def test_what_a_paused_product_holds_is_not_shown_as_going_out(
    owner: Person, channel: Channel, runtime: Runtime, clock: ManualClock
) -> None:
    await planned(owner, 1)
    await owner.says("/queue")
    assert "🗓" in owner.text
    async with runtime.unit_of_work() as session:
        await products.pause(session, channel.product_id, now=clock.now())
    await owner.says("/queue")
    assert "⏸" in owner.text
    assert "🗓" not in owner.text
    assert any(label.startswith("⏸ ") and label.endswith("#1") for label in owner.labels)


async def test_a_post_is_found_with_the_day_it_went_out(
    owner: Person, channel: Channel, runtime: Runtime, clock: ManualClock
) -> None:
    await planned(owner, 1)
    await set_status(runtime, 1, S.PUBLISHED, published_at=clock.now() - timedelta(days=1))
    await owner.says("/find finished")
    assert "yesterday" in owner.text
