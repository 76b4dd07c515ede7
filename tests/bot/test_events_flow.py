"""Events in the chat: they are narrowed by outcome, replayed once a tap, and kept for as long as the settings say."""

from datetime import timedelta

import pytest

from core.clock import ManualClock
from core.events import service as events
from core.events.models import Event
from core.ids import new_id
from core.products.models import Product
from core.runtime import Runtime
from core.settings import service as settings
from tests.bot.person import Person
from tests.bot.telegram import buttons_of


@pytest.fixture
async def three(runtime: Runtime, product: Product) -> dict[str, Event]:
    """An event of each outcome."""
    made = {
        "waiting": Event(event_type="review.new", payload={"event": "review.new", "data": {"stars": 5}}),
        "started": Event(
            event_type="sale.big", payload={"data": {}}, processed=True, automations_triggered=[str(new_id())]
        ),
        "nothing": Event(event_type="push", payload={"data": {}}, processed=True),
    }
    async with runtime.unit_of_work() as session:
        for event in made.values():
            event.product_id, event.received_at = product.id, runtime.clock.now()
            session.add(event)
    return made


async def stored(runtime: Runtime) -> list[Event]:
    async with runtime.unit_of_work() as session:
        return [event for event, _ in await events.list_page(session, limit=100)]


async def test_narrowed_by_what_became_of_them(owner: Person, three: dict[str, Event]) -> None:
    await owner.says("/events")
    assert "No product takes events yet" in owner.text
    for label, shown in (
        ("Waiting", "review.new"), ("Started an automation", "sale.big"), ("Started nothing", "push"),
    ):  # fmt: skip
        await owner.taps("Outcome")
        await owner.taps(label)
        assert label in owner.text
        assert [word for word in ("review.new", "sale.big", "push") if word in owner.text] == [shown]
    await owner.taps("Outcome")
    await owner.taps("Any outcome")
    assert "push" in owner.text
    assert "sale.big" in owner.text


async def test_a_replay_is_a_new_event_that_says_so_and_a_double_tap_is_one(
    owner: Person, three: dict[str, Event], runtime: Runtime
) -> None:
    await owner.says("/events")
    await owner.taps("review.new")
    await owner.taps("Replay")
    question = owner.screen
    sure = next(data for label, data in buttons_of(question.reply_markup) if "Replay" in label)
    await owner.taps("Replay")
    assert "A replay of an earlier event" in owner.text
    await owner.taps_data(sure, question)
    assert "replayed already" in owner.text
    first = three["waiting"]
    (again,) = [
        event for event in await stored(runtime) if event.id not in {one.id for one in three.values()}
    ]
    assert again.payload == first.payload | {"replay_of": str(first.id)}
    assert (again.processed, again.result) == (False, {"replay_of": str(first.id)})
    async with runtime.unit_of_work() as session:
        third = await events.replay(session, again.id, runtime.clock.now())
    assert {event.id: event for event in await stored(runtime)}[third].payload["replay_of"] == str(first.id)


async def test_what_is_set_about_receiving(owner: Person, product: Product, runtime: Runtime) -> None:
    await owner.says("/events")
    await owner.taps("Receiving")
    assert "180 days" in owner.text
    await owner.taps("30 days")
    await owner.taps("3,000 a minute")
    async with runtime.unit_of_work() as session:
        chosen = await settings.get(session, settings.Receiving)
    assert (chosen.keep_days, chosen.per_minute) == (30, 3000)
    await owner.taps("For ever")
    assert "until you delete them" in owner.text


async def test_old_processed_events_are_deleted_and_no_others(
    three: dict[str, Event], runtime: Runtime, clock: ManualClock
) -> None:
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.Receiving, keep_days=30)

    async def removed() -> int:
        async with runtime.unit_of_work() as session:
            return await events.remove_expired(session, clock.now())

    clock.advance(timedelta(days=30))
    assert await removed() == 0
    clock.advance(timedelta(seconds=1))
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.Receiving, keep_days=None)
    assert await removed() == 0
    async with runtime.unit_of_work() as session:
        await settings.change(session, settings.Receiving, keep_days=30)
    assert await removed() == 2
    assert [event.event_type for event in await stored(runtime)] == ["review.new"]
