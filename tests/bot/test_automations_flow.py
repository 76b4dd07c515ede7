"""Automations and events in the chat: lists by pages, words, switches, filters, and deleting after a question."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from core.automations.models import Automation, AutomationLog
from core.clock import ManualClock
from core.events.models import Event
from core.products import service as products
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.person import Person
from tests.conftest import START


async def rule(runtime: Runtime, product: Product, name: str = "Weekly", **changes: Any) -> Automation:
    values: dict[str, Any] = {
        "trigger_type": "schedule",
        "trigger_config": {"cron": "0 10 * * 1", "timezone": "UTC+3"},
        "conditions": [{"field": "rarity_score", "operator": ">=", "value": 95}],
        "actions": [{"type": "generate", "template": "spotlight", "platforms": ["twitter", "discord"]}],
    }
    async with runtime.unit_of_work() as session:
        made = Automation(product_id=product.id, name=name, **(values | changes))
        session.add(made)
        await session.flush()
        await session.refresh(made)
        return made


async def event(runtime: Runtime, product: Product, kind: str, days: float = 0, **payload: Any) -> Event:
    async with runtime.unit_of_work() as session:
        made = Event(
            product_id=product.id, event_type=kind, payload=payload, received_at=START - timedelta(days=days)
        )
        session.add(made)
        return made


async def count(runtime: Runtime, model: type[Automation] | type[Event] | type[AutomationLog]) -> int:
    async with runtime.unit_of_work() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_the_list_says_in_words_what_is_set_up(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/automations")
    assert "no automations yet" in owner.text
    await rule(runtime, product)
    await owner.says("/automations")
    for words in (
        "Weekly · Tea & Co", "Mon at 10:00 (UTC+3)",
        "Next by its schedule: Mon, 9 March, 10:00 · in 7 days", "Has not run yet",
    ):  # fmt: skip
        assert words in owner.text, words
    await owner.taps("Weekly")
    for words in (
        "rarity_score ≥ 95", "1. write a post · template “Spotlight” · X, Discord",
    ):  # fmt: skip
        assert words in owner.text, words


async def test_a_rule_is_switched_once(owner: Person, product: Product, runtime: Runtime) -> None:
    made = await rule(runtime, product)
    await owner.says("/automations")
    await owner.taps("Weekly")
    shown = owner.screen
    await asyncio.gather(*(owner.taps("Switch off", on=shown) for _ in range(2)))
    assert "“Weekly” is off" in owner.text
    async with runtime.unit_of_work() as session:
        assert not (await session.get_one(Automation, made.id)).enabled
    await owner.taps("Switch on")
    assert "“Weekly” is on" in owner.text


async def test_the_log_is_paged_and_gives_reasons(owner: Person, product: Product, runtime: Runtime) -> None:
    made = await rule(runtime, product)
    async with runtime.unit_of_work() as session:
        for number in range(7):
            session.add(
                AutomationLog(
                    automation_id=made.id,
                    status="failed" if number else "success",
                    started_at=START - timedelta(hours=number),
                    error_message=f"Reason <{number}>",
                    actions_executed=[{"action": "generate", "result": "failed"}],
                )
            )
    await owner.says("/automations")
    await owner.taps("Weekly")
    await owner.taps("Log · 7")
    assert "done" in owner.text
    assert "Reason <1>" in owner.text
    await owner.taps("›")
    assert "Reason <6>" in owner.text
    await owner.taps("Back")
    assert "Weekly" in owner.text


async def test_deleting_asks_and_spares_what_has_changed_since(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    made = await rule(runtime, product, updated_at=START - timedelta(days=1))
    await owner.says("/automations")
    await owner.taps("Weekly")
    await owner.taps("Delete")
    question = owner.screen
    assert "Delete the automation “Weekly”?" in owner.text
    async with runtime.unit_of_work() as session:
        (await session.get_one(Automation, made.id)).updated_at = START + timedelta(minutes=5)
    await owner.taps("🗑 Delete", on=question)
    assert "Nothing was deleted" in owner.text
    assert await count(runtime, Automation) == 1
    async with runtime.unit_of_work() as session:
        (await session.get_one(Automation, made.id)).updated_at = START
    await owner.taps("🗑 Delete", on=question)
    assert "The automation is deleted" in owner.text
    await owner.taps("🗑 Delete", on=question)
    assert "Nothing was deleted" in owner.text


async def test_a_button_of_a_rule_that_is_gone_is_answered(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    made = await rule(runtime, product)
    await owner.says("/automations")
    await owner.taps("Weekly")
    shown = owner.screen
    async with runtime.unit_of_work() as session:
        await session.delete(await session.get_one(Automation, made.id))
    for label in ("Switch off", "Log", "Delete"):
        await owner.taps(label, on=shown)
        assert "not there any more" in owner.text, label


async def test_many_rules_come_in_pages(owner: Person, product: Product, runtime: Runtime) -> None:
    for number in range(8):
        await rule(runtime, product, f"Rule {number}", trigger_type="odd", trigger_config={})
    await owner.says("/automations")
    assert "· 8" in owner.text
    await owner.taps("›")
    assert "2/2" in " ".join(owner.labels)
    assert "Rule 7" in owner.text


async def test_events_are_listed_by_product_and_type(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/events")
    assert "No product takes events yet" in owner.text
    assert "no events yet" in owner.text
    async with runtime.unit_of_work() as session:
        other = await products.create(session, name="Coffee")
    for number in range(10):
        await event(runtime, product, "mint", number / 24, number=number)
    await event(runtime, product, "sale")
    await event(runtime, other, "mint")
    await owner.says("/events")
    assert "· 12" in owner.text
    await owner.taps("Product")
    await owner.taps("Tea & Co")
    assert "Events · Tea & Co · 11" in owner.text
    await owner.taps("Type")
    assert {"mint · 10", "sale · 1"} <= set(owner.labels)
    await owner.taps("mint")
    assert "Events · Tea & Co · mint · 10" in owner.text
    await owner.taps("›")
    assert "Events · Tea & Co · mint · 10" in owner.text
    assert "2/2" in " ".join(owner.labels)
    await owner.taps("Clear")
    assert "Events · 12" in owner.text


async def test_an_event_is_read_by_pages(owner: Person, product: Product, runtime: Runtime) -> None:
    await event(runtime, product, "mint<b>", text="слово <b> & " * 600, the_last_of_all="the end")
    await owner.says("/events")
    await owner.taps("mint<b>")
    assert '"text": "слово <b> & ' in owner.text
    assert "1/3" in " ".join(owner.labels)
    await owner.taps("›")
    await owner.taps("›")
    assert '"the_last_of_all": "the end"' in owner.text


async def test_old_events_are_deleted_after_a_question(
    owner: Person, product: Product, runtime: Runtime, clock: ManualClock
) -> None:
    for days in (1, 20, 40, 100):
        await event(runtime, product, "mint", days)
    await owner.says("/events")
    await owner.taps("Delete old")
    assert {"Older than 7 days · 3", "Older than 30 days · 2", "Older than 90 days · 1"} <= set(owner.labels)
    await owner.taps("30 days")
    assert "Delete 2 events older than 30 days?" in owner.text
    question = owner.screen
    clock.advance(timedelta(days=15))  # what was asked about is deleted, not what has become old since
    await owner.taps("🗑 Delete", on=question)
    assert "Deleted: 2 events" in owner.text
    assert await count(runtime, Event) == 2
    await owner.taps("🗑 Delete", on=question)
    assert "nothing left to delete" in owner.text
