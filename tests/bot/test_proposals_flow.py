"""What an automation made, in the chat: asked once, approved by one tap, refused when it is old, and the rule's freedom."""

import uuid
from typing import Any

from aiogram import Bot
from sqlalchemy import func, select

from bot import notifier
from bot.screens.proposals import callbacks as cb
from core.automations import matching, running, sweeping
from core.automations.models import Automation
from core.channels.models import Channel
from core.content import service as content
from core.content.models import Content, ContentStatus
from core.events.models import Event
from core.products.models import Product
from core.publications.models import Publication
from core.runtime import Runtime
from tests.bot.person import Person

ACTION = {"type": "generate", "idea": "Token {token_id} is rare", "use_ai": False, "scheduling": "next"}


async def rule(runtime: Runtime, product: Product, *actions: dict[str, Any], **changes: Any) -> Automation:
    values: dict[str, Any] = {
        "product_id": product.id, "name": "Rare mint", "trigger_type": "event", "trigger_config": {"event": "mint"},
        "conditions": [], "actions": list(actions) or [ACTION], "options": {},
    }  # fmt: skip
    async with runtime.unit_of_work() as session:
        made = Automation(**(values | changes))
        session.add(made)
        return made


async def minted(runtime: Runtime, bot: Bot, product: Product, token_id: int = 7) -> None:
    """Have a token minted, the automation run, and the news delivered."""
    payload = {"event": "mint", "timestamp": "2026-03-02T09:00:00Z", "data": {"token_id": token_id}}
    async with runtime.unit_of_work() as session:
        event = Event(product_id=product.id, event_type="mint", payload=payload)
        session.add(event)
        await session.flush()
        event_id = event.id
    started = await matching.process_event(runtime, event_id)
    assert started is not None
    for run_id in started.runs:
        await running.run(runtime, run_id, worker="w")
    await notifier.drain(runtime, bot)


async def newest(runtime: Runtime) -> Content:
    async with runtime.unit_of_work() as session:
        found = await session.scalar(select(Content).order_by(Content.number.desc()).limit(1))
        assert found is not None
        return found


async def planned(runtime: Runtime) -> int:
    async with runtime.unit_of_work() as session:
        return await session.scalar(select(func.count()).select_from(Publication)) or 0


async def test_one_tap_approves_and_plans_and_a_second_one_is_harmless(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel
) -> None:
    await owner.says("/start")
    await rule(runtime, product)
    await minted(runtime, bot, product)
    assert "Written by “Rare mint”" in owner.text
    assert "Token 7 is rare" in owner.text
    assert "next free slot" in owner.text
    draft = await newest(runtime)
    await owner.taps("Approve")
    assert "Approved:" in owner.text
    assert (await newest(runtime)).status == ContentStatus.READY
    assert await planned(runtime) == 1
    await owner.taps_data(cb.ApproveProposal(content=draft.id, version=1).pack(), owner.screen)
    assert await planned(runtime) == 1


async def test_a_draft_that_was_edited_refuses_the_old_button(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel
) -> None:
    await owner.says("/start")
    await rule(runtime, product)
    await minted(runtime, bot, product)
    draft = await newest(runtime)
    async with runtime.unit_of_work() as session:
        await content.edit(session, draft.id, expected_version=1, text="Other words")
    await owner.taps("Approve")
    assert "has changed" in owner.text
    assert "Other words" in owner.text
    assert await planned(runtime) == 0


async def test_a_draft_is_put_away(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel
) -> None:
    await owner.says("/start")
    await rule(runtime, product)
    await minted(runtime, bot, product)
    await owner.taps("Put away")
    assert "Nothing goes out" in owner.text
    assert (await newest(runtime)).status == ContentStatus.ARCHIVED


async def test_without_a_channel_the_approval_says_what_to_do_and_changes_nothing(
    owner: Person, runtime: Runtime, bot: Bot, product: Product
) -> None:
    await owner.says("/start")
    await rule(runtime, product)
    await minted(runtime, bot, product)
    await owner.taps("Approve")
    assert "channel" in owner.text
    assert (await newest(runtime)).status == ContentStatus.DRAFT


async def test_a_note_is_told_with_the_events_values_and_no_markup_of_theirs(
    owner: Person, runtime: Runtime, bot: Bot, product: Product
) -> None:
    await owner.says("/start")
    await rule(runtime, product, {"type": "notify", "message": "<b>{token_id}</b>"})
    await minted(runtime, bot, product)
    assert "<b>7</b>" in owner.text


async def test_a_rule_that_was_right_five_times_is_offered_its_freedom(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel
) -> None:
    await owner.says("/start")
    made = await rule(runtime, product, options={"offer_after": 1})
    await minted(runtime, bot, product)
    await owner.taps("Approve")
    await notifier.drain(runtime, bot)
    assert "Let it publish by itself?" in owner.text
    await owner.taps("Let it act by itself")
    assert "publishes by itself from now on" in owner.text
    await owner.taps_data(cb.GrantAutonomy(automation=made.id, version=1).pack(), owner.screen)
    assert "publishes by itself from now on" in owner.text
    await minted(runtime, bot, product, 8)
    assert (await newest(runtime)).status == ContentStatus.READY
    async with runtime.unit_of_work() as session:
        await content.edit(session, (await newest(runtime)).id, expected_version=1, text="Mine")
    await sweeping.sweep(runtime)
    await notifier.drain(runtime, bot)
    assert "asks again" in owner.text


async def test_a_failure_is_told_with_its_reason(
    owner: Person, runtime: Runtime, bot: Bot, product: Product
) -> None:
    await owner.says("/start")
    await rule(runtime, product, {"type": "generate", "template": str(uuid.uuid4())})
    await minted(runtime, bot, product)
    assert "has failed" in owner.text
    assert "template it names is not there" in owner.text


async def test_a_run_leads_to_the_draft_it_made_and_to_the_posts_that_came_of_it(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel
) -> None:
    await owner.says("/start")
    await rule(runtime, product)
    await minted(runtime, bot, product)
    await owner.taps("Approve")
    await owner.says("/automations")
    await owner.taps("Rare mint")
    assert "Last runs" in owner.text
    assert "done" in owner.text.partition("Last runs")[2]
    await owner.taps("Log")
    await owner.taps("Why?")
    assert "The draft" in " ".join(owner.labels)
    why = owner.screen
    await owner.taps("📤 Telegram", on=why)
    assert "Token 7 is rare" in owner.text
    await owner.taps("The draft", on=why)
    assert "Token 7 is rare" in owner.text


async def offered(owner: Person, runtime: Runtime, bot: Bot, product: Product) -> Automation:
    await owner.says("/start")
    made = await rule(runtime, product, options={"offer_after": 1})
    await minted(runtime, bot, product)
    await owner.taps("Approve")
    await notifier.drain(runtime, bot)
    assert "Let it publish by itself?" in owner.text
    return made


async def stands(runtime: Runtime, automation: Automation) -> Automation:
    async with runtime.unit_of_work() as session:
        found = await session.get(Automation, automation.id)
        assert found is not None
        return found


async def test_an_offer_that_is_declined_leaves_the_rule_asking(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel
) -> None:
    made = await offered(owner, runtime, bot, product)
    offer = owner.screen
    await owner.taps("Keep asking")
    assert "It goes on asking" in owner.text
    rule_now = await stands(runtime, made)
    assert (rule_now.options.get("mode", "ask"), rule_now.streak) == ("ask", 0)
    await owner.taps_data(cb.KeepAsking(automation=made.id, version=made.version).pack(), offer)
    assert "It goes on asking" in owner.text
    await minted(runtime, bot, product, 8)
    assert (await newest(runtime)).status == ContentStatus.DRAFT


async def test_a_rule_that_acts_by_itself_asks_again_after_a_failure_and_says_so(
    owner: Person, runtime: Runtime, bot: Bot, product: Product, channel: Channel
) -> None:
    made = await offered(owner, runtime, bot, product)
    await owner.taps("Let it act by itself")
    assert (await stands(runtime, made)).options["mode"] == "auto"
    async with runtime.unit_of_work() as session:
        found = await session.get(Automation, made.id)
        assert found is not None
        found.actions = [{"type": "generate", "template": str(uuid.uuid4())}]
    await minted(runtime, bot, product, 8)
    told = [message.text or "" for message in owner.messages]
    assert any("asks again" in text and "run or a post of it has failed" in text for text in told)
    rule_now = await stands(runtime, made)
    assert (rule_now.options["mode"], rule_now.streak) == ("ask", 0)
    await owner.taps_data(cb.KeepAsking(automation=made.id, version=1).pack(), owner.screen)
    assert "no longer" in owner.text or "changed" in owner.text
