"""Several drafts are approved with one tap, each in the version that was shown, and put on the calendar with another."""

import asyncio
from datetime import date

from sqlalchemy import select

from bot.app import build_dispatcher
from core.channels import service as channels
from core.channels.models import Channel
from core.content import service
from core.content.models import Content, ContentStatus
from core.products.models import Product
from core.publications.models import Publication
from core.runtime import Runtime
from tests.bot.person import Person


async def _drafts(runtime: Runtime, product: Product, count: int, **fields: object) -> list[Content]:
    async with runtime.unit_of_work() as session:
        return [
            await service.create_draft(
                session,
                product_id=product.id,
                text=f"Post number {number} <b>.",
                **fields,  # type: ignore[arg-type]
            )
            for number in range(1, count + 1)
        ]


async def _statuses(runtime: Runtime) -> dict[int, str]:
    async with runtime.unit_of_work() as session:
        return {row.number: row.status for row in await session.scalars(select(Content))}


async def test_three_drafts_are_approved_in_three_taps_and_get_times_in_a_fourth(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    await _drafts(runtime, product, 3)
    await owner.says("/drafts")
    await owner.taps("Approve several")
    assert "Post number 1 <b>." in owner.text
    await owner.taps("Tick all")
    screen = owner.screen_with("Approve · 3")
    await asyncio.gather(*(owner.taps("Approve · 3", on=screen) for _ in range(2)))
    assert set((await _statuses(runtime)).values()) == {ContentStatus.READY}
    assert "nothing was done" in owner.text  # the second tap of the two
    async with runtime.unit_of_work() as session:
        assert not list(await session.scalars(select(Publication)))


async def test_what_was_approved_is_spread_once_over_free_slots(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    await _drafts(runtime, product, 3)
    await owner.says("/drafts")
    await owner.taps("Approve several")
    await owner.taps("Tick all")
    await owner.taps("Approve · 3")
    assert "3 drafts approved: #1, #2, #3" in owner.text
    result = owner.screen
    await owner.taps("Spread them out")
    assert "3 posts on the calendar" in owner.text
    async with runtime.unit_of_work() as session:
        times = list(await session.scalars(select(Publication.scheduled_at)))
    assert len(set(times)) == 3
    await owner.taps("Spread them out", on=result)
    assert "have their times already" in owner.text
    async with runtime.unit_of_work() as session:
        assert len(list(await session.scalars(select(Publication)))) == 3


async def test_ticks_survive_a_restart_and_pages(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    await _drafts(runtime, product, 8)
    await owner.says("/drafts")
    await owner.taps("Approve several")
    await owner.taps("☐ #8")
    owner.dispatcher = build_dispatcher(runtime)
    await owner.taps("›")
    await owner.taps("☐ #1")
    assert "2 of 8 ticked" in owner.text
    await owner.taps("☑️ #1")
    await owner.taps("‹")
    await owner.taps("☐ #7")
    await owner.says("/start")
    await owner.says("/drafts")
    await owner.taps("Approve several")
    await owner.taps("Approve · 2")
    statuses = await _statuses(runtime)
    assert [number for number, status in statuses.items() if status == ContentStatus.READY] == [7, 8]


async def test_what_changed_meanwhile_is_named_and_not_approved(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    first, _ = await _drafts(runtime, product, 2)
    await owner.says("/drafts")
    await owner.taps("Approve several")
    await owner.taps("Tick all")
    async with runtime.unit_of_work() as session:
        await service.edit(session, first.id, expected_version=1, text="Another text")
    await owner.taps("Approve · 2")
    assert "1 draft approved: #2" in owner.text
    assert "not approved: #1" in owner.text
    assert await _statuses(runtime) == {1: ContentStatus.DRAFT, 2: ContentStatus.READY}
    await owner.taps("Back to the list")
    assert "☐ #1" in owner.labels


async def test_ticks_that_changed_under_the_button_approve_nothing(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    await _drafts(runtime, product, 3)
    await owner.says("/drafts")
    await owner.taps("Approve several")
    await owner.taps("☐ #1")
    older = owner.screen
    page = next(m for m in owner.messages if m.message_id == older.message_id)
    await owner.taps("☐ #2")
    await owner.taps("Approve · 1", on=page)
    assert "nothing was done" in owner.text
    assert set((await _statuses(runtime)).values()) == {ContentStatus.DRAFT}


async def test_a_page_that_changed_is_not_ticked_blindly(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    (first, _) = await _drafts(runtime, product, 2)
    await owner.says("/drafts")
    await owner.taps("Approve several")
    async with runtime.unit_of_work() as session:
        await service.edit(session, first.id, expected_version=1, text="Another text")
    await owner.taps("Tick all")
    assert "nothing was done" in owner.text
    assert "Another text" in owner.text
    assert "0 of 2 ticked" in owner.text


async def test_a_draft_a_platform_would_refuse_cannot_be_ticked(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    await _drafts(runtime, product, 1)
    async with runtime.unit_of_work() as session:
        await service.create_draft(session, product_id=product.id, text="слово " * 2000)
    await owner.says("/drafts")
    await owner.taps("Approve several")
    assert not any("☐ #2" in label for label in owner.labels)
    await owner.taps("Tick all")
    await owner.taps("Approve · 1")
    assert (await _statuses(runtime))[2] == ContentStatus.DRAFT


async def test_when_the_channel_is_gone_the_reason_is_said(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    await _drafts(runtime, product, 2)
    await owner.says("/drafts")
    await owner.taps("Approve several")
    await owner.taps("Tick all")
    await owner.taps("Approve · 2")
    async with runtime.unit_of_work() as session:
        await channels.disconnect(session, runtime.keyring, channel.id)
    await owner.taps("Spread them out")
    assert "No time was found" in owner.text
    assert "nowhere to publish" in owner.text
    await owner.taps("#1")
    assert "Post number 1" in owner.text


async def test_a_draft_meant_for_a_day_goes_out_on_it(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    await _drafts(runtime, product, 2, wanted_on=date(2026, 3, 5))
    await owner.says("/drafts")
    await owner.taps("Approve several")
    await owner.taps("Tick all")
    await owner.taps("Approve · 2")
    await owner.taps("Spread them out")
    async with runtime.unit_of_work() as session:
        days = {at.date() for at in await session.scalars(select(Publication.scheduled_at))}
    assert days == {date(2026, 3, 5)}


async def test_numbers_are_approved_when_the_chat_has_seen_them(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    await owner.says("A finished text.\nTwo.\nThree.")
    await owner.says("Another finished text.\nTwo.\nThree.")
    await owner.says("/approve #1, 2 77")
    assert await _statuses(runtime) == {1: ContentStatus.READY, 2: ContentStatus.READY}
    assert "There is no such draft: #77" in owner.text
    await owner.taps("Spread them out")
    assert "2 posts on the calendar" in (owner.screen_with("Queue").text or "")


async def test_a_version_nobody_has_seen_is_shown_instead(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    await owner.says("A finished text.\nTwo.\nThree.")
    async with runtime.unit_of_work() as session:
        draft = await service.by_number(session, 1)
        await service.edit(session, draft.id, expected_version=1, text="Changed elsewhere")
    await owner.says("/approve 1")
    assert "Changed elsewhere" in owner.text
    assert "have not seen it like this" in owner.text
    assert await _statuses(runtime) == {1: ContentStatus.DRAFT}
    await owner.says("/approve 1")
    assert await _statuses(runtime) == {1: ContentStatus.READY}


async def test_wrong_use_answers_with_an_example(owner: Person, product: Product) -> None:
    for typed in ("/approve", "/approve twelve", "/approve #", "/approve 1 2 x", "/approve 99999999999999"):
        await owner.says(typed)
        assert "/approve 12" in owner.text, typed
    await owner.says("/approve 999")
    assert "no such draft" in owner.text


async def test_without_a_channel_there_is_nothing_to_spread(
    owner: Person, runtime: Runtime, product: Product
) -> None:
    await _drafts(runtime, product, 2)
    await owner.says("/drafts")
    await owner.taps("Approve several")
    await owner.taps("Tick all")
    await owner.taps("Approve · 2")
    assert "2 drafts approved" in owner.text
    assert "nowhere to go yet" in owner.text
    assert not any("Spread" in label for label in owner.labels)
    await owner.taps("Connect a channel")


async def test_a_draft_that_does_not_fit_the_list_is_opened_whole(
    owner: Person, runtime: Runtime, product: Product, channel: Channel
) -> None:
    async with runtime.unit_of_work() as session:
        await service.create_draft(session, product_id=product.id, text="Short.")
        await service.create_draft(session, product_id=product.id, text="Long. " * 90 + "The end.")
    await owner.says("/drafts")
    await owner.taps("Approve several")
    assert "The end." not in owner.text
    assert [label for label in owner.labels if "in full" in label] == ["🔎 #2 in full"]
    await owner.taps("#2 in full")
    assert "The end." in owner.text
