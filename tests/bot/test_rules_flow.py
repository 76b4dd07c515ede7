"""Rules in the chat: from a ready-made one, from JSON, piece by piece; rehearsed, switched on, and explained."""

import asyncio
import json
from typing import Any

import pytest
from aiogram.types import Document
from sqlalchemy import select

from bot.i18n import LANGUAGES, translator
from core.automations.models import Automation
from core.automations.ready_made import ready_made
from core.automations.shapes.problems import ProblemCode
from core.events.models import Event
from core.products.models import Product
from core.runtime import Runtime
from tests.bot import rule_samples
from tests.bot.person import Person
from tests.conftest import START

SEED: dict[str, Any] = {
    "name": "Rare mint",
    "trigger_type": "event",
    "trigger_config": {"event": "mint", "source": "webhook"},
    "conditions": [{"field": "rarity_score", "operator": ">=", "value": 95}],
    "actions": [
        {
            "type": "generate",
            "template": "spotlight",
            "platforms": ["twitter", "discord"],
            "scheduling": "optimal",
        }
    ],
}


async def rules(runtime: Runtime) -> list[Automation]:
    async with runtime.unit_of_work() as session:
        return list(await session.scalars(select(Automation).order_by(Automation.created_at, Automation.id)))


async def rule_of(runtime: Runtime) -> Automation:
    (rule,) = await rules(runtime)
    return rule


async def came(runtime: Runtime, product: Product, **data: Any) -> None:
    async with runtime.unit_of_work() as session:
        payload = {"event": "mint", "source": "webhook", "data": data}
        session.add(Event(product_id=product.id, event_type="mint", payload=payload, received_at=START))


async def test_every_problem_and_every_way_to_act_has_its_words() -> None:
    for language in LANGUAGES:
        t = translator(language)
        assert len(rule_samples.every_problem(t)) == len(ProblemCode)
        assert len(rule_samples.every_option(t)) == 3


async def test_a_ready_made_rule_is_added_once_tried_and_switched_on(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/automations")
    assert "Start from a ready-made one" in owner.text
    await owner.taps("Ready-made")
    await owner.taps("Rare mint spotlight")
    assert "rarity_score ≥ 95" in owner.text
    adding = owner.screen
    await asyncio.gather(*(owner.taps("Add", on=adding) for _ in range(2)))
    rule = await rule_of(runtime)
    assert not rule.enabled
    assert "at most 5 a day" in owner.text
    await owner.taps("Try")
    for words in (
        "with a sample",
        "It would act",
        "✅ rarity_score ≥ 95 · was: 97",
        "Nothing was sent or changed",
    ):
        assert words in owner.text, words
    await owner.taps("Back")
    await owner.taps("Switch on")
    assert (await rule_of(runtime)).enabled


async def test_a_rehearsal_takes_the_last_event_and_the_days_before(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/automations")
    await owner.taps("From JSON")
    await owner.says(json.dumps(SEED))
    await came(runtime, product, rarity_score=97, token_id=1)
    await came(runtime, product, rarity_score=12, token_id=777)
    await owner.taps("Try")
    for words in ("With the last event", "777", "It would do nothing", "❌ rarity_score ≥ 95 · was: 12"):
        assert words in owner.text, words
    await owner.taps("7 days")
    for words in ("Events of its kind: 2", "Would have acted: 1", "Conditions did not hold: 1"):
        assert words in owner.text, words
    await owner.taps("Back")
    assert "Rare mint" in owner.text


async def test_json_comes_in_as_a_message_or_a_file_and_goes_out_as_one(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/automations")
    await owner.taps("From JSON")
    owner.telegram.files["rule"] = json.dumps(SEED).encode()
    await owner.sends(
        document=Document(file_id="rule", file_unique_id="rule", file_name="rule.json", file_size=300)
    )
    rule = await rule_of(runtime)
    assert (rule.trigger_config, rule.conditions) == (SEED["trigger_config"], SEED["conditions"])
    assert "1. write a post · template “Spotlight”" in owner.text
    await owner.taps("JSON")
    (sent,) = [message.document for message in owner.messages if message.document is not None]
    assert sent.file_id
    assert "Rare mint" in owner.text  # the card stands below the file


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("not JSON", "line 1 cannot be read"),
        ('{"name": "x",\n oops}', "line 2 cannot be read"),
        ("[" * 3000, "cannot be read"),
        ("[1]", "an object is wanted"),
        (json.dumps(SEED | {"trigger_type": "moon"}), "trigger_type: “moon” is not known. Known: event, schedule, metric"),
        (json.dumps(SEED | {"actions": [{"type": "wait"}, {"type": "generate", "idea": "x", "platforms": ["myspace"]}]}),
         "actions[1].platforms[0]"),
        (json.dumps(SEED | {"extra": 1}), "extra: is not known here"),
    ],
)  # fmt: skip
async def test_what_cannot_be_read_is_named_and_nothing_is_added(
    owner: Person, product: Product, runtime: Runtime, sent: str, said: str
) -> None:
    await owner.says("/automations")
    await owner.taps("From JSON")
    await owner.says(sent)
    assert said in owner.text
    assert await rules(runtime) == []
    await owner.says(json.dumps(SEED))  # and the next one is taken
    assert len(await rules(runtime)) == 1


async def test_a_rule_is_built_piece_by_piece(owner: Person, product: Product, runtime: Runtime) -> None:
    await came(runtime, product, rarity_score=97, buyer={"name": "Ann"})
    await owner.says("/automations")
    await owner.taps("Build one")
    assert "with the least that one needs" in owner.text
    await owner.taps("Edit")
    await owner.taps("Condition")
    assert "Condition 1" in owner.text
    await owner.taps("Field: ")
    await owner.taps("buyer.name")
    await owner.taps("Comparison")
    await owner.taps("starts with")
    await owner.taps("Value")
    await owner.says("An")
    assert (await rule_of(runtime)).conditions == [
        {"field": "buyer.name", "operator": "starts_with", "value": "An"}
    ]
    await owner.taps("Back")
    await owner.taps("➕ Action")
    await owner.taps("Write a post")
    await owner.taps("About what")
    await owner.says("{buyer.name} has a new token.")
    await owner.taps("When it goes out")
    await owner.taps("At a time")
    assert (await rule_of(runtime)).actions[1]["time"] == "10:00"  # a rule can be read at every moment
    await owner.taps("Time of day")
    await owner.says("25:99")
    assert "is no time of day" in owner.text
    await owner.says("18:30")
    await owner.taps("Back")
    await owner.taps("1. 🔔 Tell me")
    await owner.taps("Take out")
    await owner.taps("How, limits")
    await owner.taps("A day")
    await owner.says("many")
    assert "a number is wanted" in owner.text
    await owner.says("3")
    await owner.taps("Quiet from")
    await owner.taps("22:00")
    rule = await rule_of(runtime)
    assert rule.actions == [
        {"type": "generate", "idea": "{buyer.name} has a new token.", "scheduling": "at", "time": "18:30"}
    ]
    assert rule.options | {"version": 1} == {
        "version": 1,
        "per_day": 3,
        "quiet_from": "22:00",
        "quiet_to": "09:00",
    }
    assert not rule.enabled


async def test_another_kind_of_trigger_begins_anew(owner: Person, product: Product, runtime: Runtime) -> None:
    await owner.says("/automations")
    await owner.taps("Build one")
    await owner.taps("Edit")
    await owner.taps("When")
    await owner.taps("Another kind")
    await owner.taps("A time")
    await owner.taps("Cron line")
    await owner.says("every monday")
    assert "is no cron line" in owner.text
    await owner.says("0 18 * * 5")
    for words in ("Next times (", "Fri, 6 March, 18:00", "Fri, 13 March, 18:00", "Fri, 20 March, 18:00"):
        assert words in owner.text, words
    rule = await rule_of(runtime)
    assert (rule.trigger_type, rule.trigger_config) == ("schedule", {"cron": "0 18 * * 5"})
    await owner.taps("Back")
    assert any("Fri at 18:00" in (message.text or "") for message in owner.messages)


async def test_platforms_are_chosen_one_by_one(
    owner: Person, product: Product, runtime: Runtime, channel: object
) -> None:
    await owner.says("/automations")
    await owner.taps("From JSON")
    await owner.says(json.dumps(SEED | {"actions": [{"type": "publish", "text": "Hi"}]}))
    await owner.taps("Edit")
    await owner.taps("1. 📤 Publish")
    await owner.taps("Platforms")
    await owner.taps("Telegram")
    assert (await rule_of(runtime)).actions[0]["platforms"] == ["telegram"]
    await owner.taps("Platforms")
    await owner.taps("Telegram")
    assert "platforms" not in (await rule_of(runtime)).actions[0]


async def test_an_old_button_changes_nothing_and_shows_the_rule_as_it_is(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/automations")
    await owner.taps("From JSON")
    await owner.says(json.dumps(SEED))
    old = owner.screen
    await owner.taps("By itself", on=old)
    assert (await rule_of(runtime)).options["mode"] == "auto"
    assert "acts by itself" in owner.text
    await owner.taps("Ask, then decide", on=old)
    assert "has changed since" in owner.text
    assert (await rule_of(runtime)).options["mode"] == "auto"


async def test_a_rule_is_renamed_and_replaced_by_json(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await owner.says("/automations")
    await owner.taps("From JSON")
    await owner.says(json.dumps(SEED))
    await owner.taps("Rename")
    await owner.says("Owls")
    assert (await rule_of(runtime)).name == "Owls"
    await owner.taps("Edit")
    await owner.taps("Change as JSON")
    await owner.says(json.dumps(SEED | {"name": "Cats", "conditions": [{"field": "x"}]}))
    assert "conditions[0]" in owner.text
    assert (await rule_of(runtime)).name == "Owls"
    await owner.says(json.dumps(SEED | {"name": "Cats"}))
    assert (await rule_of(runtime)).name == "Cats"


async def test_every_ready_made_rule_can_be_added_in_both_languages(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    for language in LANGUAGES:
        for one in ready_made(language):
            one.text.read()
    assert len(ready_made("en")) == len(ready_made("ru")) >= 8
