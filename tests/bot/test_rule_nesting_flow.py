"""Groups and branches in the chat: built with buttons one level deep, shown and left to JSON below; and a rule's line."""

import json
from typing import Any

from core.products.models import Product
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.test_rules_flow import SEED, came, rule_of

BRANCH: dict[str, Any] = {"type": "branch", "conditions": [], "then": [{"type": "wait", "delay": "1h"}]}


async def begun(owner: Person, **changes: Any) -> None:
    await owner.says("/automations")
    await owner.taps("From JSON")
    await owner.says(json.dumps(SEED | changes))


async def test_a_group_of_conditions_is_built_counted_otherwise_and_taken_out(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await came(runtime, product, rarity_score=97)
    await begun(owner)
    await owner.taps("Edit")
    await owner.taps("➕ Group")
    assert "Group 2" in owner.text
    await owner.taps("➕ Condition")
    await owner.taps("Comparison")
    await owner.taps("at least")
    await owner.taps("Value")
    await owner.says("7")
    await owner.taps("Back")
    await owner.taps("None")
    assert (await rule_of(runtime)).conditions == [
        SEED["conditions"][0],
        {
            "not": [
                {"field": "rarity_score", "operator": "exists"},
                {"field": "rarity_score", "operator": ">=", "value": 7},
            ]
        },
    ]
    await owner.taps("If 1")
    await owner.taps("Take out")
    assert "Group 2" in owner.text  # back in the group, not in the whole rule
    await owner.taps("If 1")
    await owner.taps("Take out")
    assert (await rule_of(runtime)).conditions == SEED["conditions"]  # an empty group is none


async def test_a_branch_is_built_with_buttons(owner: Person, product: Product, runtime: Runtime) -> None:
    await came(runtime, product, amount=5)
    await begun(owner)
    await owner.taps("Edit")
    await owner.taps("➕ Action")
    await owner.taps("Branch")
    await owner.taps("➕ Condition")
    assert "Condition 1" in owner.text
    await owner.taps("Back")
    await owner.taps("➕ Else")
    assert not any("Branch" in label for label in owner.labels)  # one level is built here
    await owner.taps("Tell me")
    await owner.taps("Message")
    await owner.says("Nothing much: {amount}")
    await owner.taps("Back")
    assert "tell you · “Nothing much: {amount}”" in owner.text
    await owner.taps("then 1. ⏳ Wait")
    await owner.taps("Delay")
    await owner.taps("3 days")
    await owner.taps("Back")
    await owner.taps("➕ Then")
    await owner.taps("Write a post")
    assert "Action 2" in owner.text
    rule = await rule_of(runtime)
    branch = rule.actions[1]
    assert branch["conditions"] == [{"field": "amount", "operator": "exists"}]
    assert [one["type"] for one in branch["then"]] == ["wait", "generate"]
    assert branch["then"][0]["delay"] == "3d"
    assert branch["else"] == [{"type": "notify", "message": "Nothing much: {amount}"}]
    await owner.taps("Take out")
    await owner.taps("then 1.")
    await owner.taps("Take out")
    await owner.taps("else 1.")
    refused = await rule_of(runtime)
    await owner.taps("Take out")
    assert "one of these is needed: then, else" in owner.text  # a branch that does nothing is no branch
    assert (await rule_of(runtime)).actions == refused.actions


async def test_what_is_nested_deeper_is_shown_and_left_to_json(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    deep = {
        "any": [{"all": [{"field": "inside", "operator": "exists"}]}, {"field": "b", "operator": "exists"}]
    }
    await begun(owner, conditions=[deep], actions=[BRANCH | {"then": [BRANCH]}])
    await owner.taps("Edit")
    await owner.taps("If 1: group")
    assert "inside is there" in owner.text
    assert "nested deeper" in owner.text
    assert [label for label in owner.labels if label.startswith("If")] == ["If 2"]
    await owner.taps("Back")
    await owner.taps("1. 🔱 Branch")
    assert "nested deeper" in owner.text
    assert not any(label.startswith("then") for label in owner.labels)
    assert (await rule_of(runtime)).conditions == [deep]


async def test_an_old_button_of_a_group_changes_nothing(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await begun(owner, conditions=[{"any": [{"field": "a", "operator": "exists"}]}])
    await owner.taps("Edit")
    await owner.taps("If 1: group")
    old = owner.screen
    await owner.taps("All", on=old)
    await owner.taps("None", on=old)
    assert "has changed since" in owner.text
    assert (await rule_of(runtime)).conditions == [{"all": [{"field": "a", "operator": "exists"}]}]


async def test_a_rule_says_in_a_line_what_it_is_for(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await begun(owner)
    await owner.taps("Edit")
    await owner.taps("Description")
    await owner.says("Rare ones\n<b>only</b>")
    assert (await rule_of(runtime)).description == "Rare ones <b>only</b>"
    assert "Rare ones <b>only</b>" in owner.text
    await owner.taps("Edit")
    await owner.taps("Description")
    await owner.says("x" * 301)
    assert "300" in owner.text
    await owner.taps("Empty it")
    assert (await rule_of(runtime)).description is None


async def test_a_rule_is_tried_on_the_event_that_is_chosen(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await begun(owner)
    for score in (*range(90, 97), 12):
        await came(runtime, product, rarity_score=score)
    await owner.taps("Try")
    assert "It would do nothing" in owner.text
    await owner.taps("Another event")
    assert owner.labels[0].endswith("· 12")  # the newest first
    chosen = owner.screen
    await owner.taps("›", on=chosen)
    await owner.taps("· 90")
    for words in ("With the event of", "rarity_score ≥ 95 · was: 90"):
        assert words in owner.text, words
    await owner.taps("Another event")
    await owner.taps("· 96")
    assert "It would act" in owner.text
    await owner.taps("Another event")
    await owner.taps("With a sample")
    assert "so with" in owner.text
