"""Are the data model's rules read as they stand, and is everything wrong named by its place?"""

from typing import Any

import pytest

from core.automations.shapes import conditions, rule
from core.automations.shapes.actions import Branch, Generate
from core.automations.shapes.comparisons import Comparison, ComparisonKind, parse_comparison
from core.automations.shapes.conditions import Condition, Group, GroupKind, Operator
from core.automations.shapes.facts import Facts, parse_facts
from core.automations.shapes.problems import InvalidRule, ProblemCode
from core.automations.shapes.rule import Rule, parse_rule

SEED_CONDITIONS = [{"field": "rarity_score", "operator": ">=", "value": 95}]
SEED_ACTIONS = [
    {
        "type": "generate",
        "template": "spotlight",
        "platforms": ["twitter", "discord"],
        "scheduling": "optimal",
    }
]
SEED_TRIGGERS: dict[str, dict[str, Any]] = {
    "event": {"event": "mint", "source": "webhook"},
    "schedule": {"cron": "0 10 * * 1", "timezone": "UTC+3"},
    "metric": {"metric": "engagement", "condition": "> 2x average"},
}


def read(**changes: Any) -> Rule:
    values: dict[str, Any] = {
        "trigger_type": "event", "trigger_config": SEED_TRIGGERS["event"],
        "conditions_": SEED_CONDITIONS, "actions": SEED_ACTIONS, "options": None,
    }  # fmt: skip
    return parse_rule(**(values | changes))


def wrong(**changes: Any) -> dict[str, ProblemCode]:
    with pytest.raises(InvalidRule) as caught:
        read(**changes)
    return {problem.where: problem.code for problem in caught.value.problems}


@pytest.mark.parametrize("kind", SEED_TRIGGERS)
def test_the_data_models_examples_are_rules_and_come_out_as_they_went_in(kind: str) -> None:
    found = read(trigger_type=kind, trigger_config=SEED_TRIGGERS[kind])
    assert rule.dump(found) == {
        "trigger_config": SEED_TRIGGERS[kind],
        "conditions": SEED_CONDITIONS,
        "actions": SEED_ACTIONS,
        "options": {"version": 1},
    }
    assert found.options.mode == "ask"


def test_other_names_for_the_same_things_are_understood() -> None:
    found = read(
        actions=[
            {"action": "cross-promote", "product": "tea", "platforms": ["X", "tg"], "scheduling": "slot"},
            {"type": "webhook", "url": "https://example.org/hook"},
            {"type": "save_template", "name": "Spotlight"},
        ],
        conditions_=[
            {"field": "a", "operator": "=", "value": 1},
            {"field": "b", "operator": "≥", "value": 2},
        ],
    )
    dumped = rule.dump(found)
    assert [action["type"] for action in dumped["actions"]] == [
        "cross_promote", "call_webhook", "save_as_template",
    ]  # fmt: skip
    assert dumped["actions"][0]["platforms"] == ["twitter", "telegram"]
    assert dumped["actions"][0]["scheduling"] == "next"
    assert [one["operator"] for one in dumped["conditions"]] == ["==", ">="]


def test_everything_wrong_is_named_at_once() -> None:
    assert wrong(
        trigger_type="schedule",
        trigger_config={"cron": "every monday", "timezone": "Mars"},
        conditions_=[{"field": "a b", "operator": "~", "value": 1}, 5],
        actions=[
            {"type": "generate", "template": "spotlight", "platforms": ["twitter", "myspace"]},
            {"type": "dance"}, {"platforms": []}, "x", {"type": "notify"},
            {"type": "wait", "delay": "5 parsecs"}, {"type": "notify", "message": "x", "mesage": "y"},
        ],
        options={"mode": "yolo", "per_day": 0, "quiet_from": "23:00"},
    ) == {
        "trigger_config.cron": ProblemCode.BAD_CRON,
        "trigger_config.timezone": ProblemCode.BAD_ZONE,
        "conditions[0].field": ProblemCode.BAD_FIELD,
        "conditions[0].operator": ProblemCode.NOT_ONE_OF,
        "conditions[1]": ProblemCode.NOT_OBJECT,
        "actions[0].platforms[1]": ProblemCode.NOT_ONE_OF,
        "actions[1].type": ProblemCode.UNKNOWN_KIND,
        "actions[2].type": ProblemCode.MISSING,
        "actions[3]": ProblemCode.NOT_OBJECT,
        "actions[4].message": ProblemCode.MISSING,
        "actions[5].delay": ProblemCode.BAD_DURATION,
        "actions[6].mesage": ProblemCode.UNKNOWN_KEY,
        "options.mode": ProblemCode.NOT_ONE_OF,
        "options.per_day": ProblemCode.TOO_SMALL,
    }  # fmt: skip


def test_a_problem_says_what_is_allowed() -> None:
    with pytest.raises(InvalidRule) as caught:
        read(actions=[{"type": "generate", "template": "a", "platforms": ["myspace"]}], options={"mode": "x"})
    platforms, mode = caught.value.problems
    assert platforms.params["value"] == "myspace"
    assert {"twitter", "telegram", "webhook"} <= set(platforms.params["allowed"])
    assert mode.params["allowed"] == ["ask", "ask_timeout", "auto"]


@pytest.mark.parametrize(
    ("value", "operator"),
    [(None, ">"), ([1], "between"), ("x", "in"), ([], "in"), ("(", "matches"), (0, "milestone"), ({"every": -1}, "milestone"),
     ({}, "=="), ("", "starts_with"), (1, "exists"), (True, ">=")],
)  # fmt: skip
def test_a_value_must_fit_its_operator(value: Any, operator: str) -> None:
    assert wrong(conditions_=[{"field": "a", "operator": operator, "value": value}]) == {
        "conditions[0]": ProblemCode.BAD_VALUE
    }


def test_groups_are_read_and_written() -> None:
    raw = {"any": [{"field": "a", "value": 1}, {"not": {"all": [{"field": "b", "operator": "exists"}]}}]}
    group = conditions.parse(raw)
    assert group.kind is GroupKind.ANY
    inner = group.items[1]
    assert isinstance(inner, Group)
    assert inner.kind is GroupKind.NOT
    assert conditions.flat(group)[1] == Condition(field="b", operator=Operator.EXISTS)
    assert conditions.parse(conditions.dump(group)).items == (group,)


def test_conditions_have_an_end() -> None:
    deep: Any = {"field": "a", "value": 1}
    for _ in range(6):
        deep = {"all": [deep]}
    assert set(wrong(conditions_=[deep]).values()) == {ProblemCode.TOO_DEEP}
    many = [{"field": "a", "value": 1}] * 51
    assert wrong(conditions_=many) == {"conditions": ProblemCode.TOO_MANY}
    groups = [{"any": [{"field": "a", "value": 1}] * 30}] * 2
    assert wrong(conditions_=groups) == {"conditions": ProblemCode.TOO_MANY}


def test_branches_carry_steps_with_their_places() -> None:
    found = read(
        actions=[
            *SEED_ACTIONS,
            {
                "type": "branch",
                "conditions": [{"field": "price", "operator": ">", "value": 10}],
                "then": [{"type": "notify", "message": "Big"}],
                "else": [{"type": "wait", "delay": "2h-4h"}, {"type": "notify", "message": "Small"}],
            },
        ]
    )
    assert [step.path for step in rule.walk(found.steps)] == ["0", "1", "1.then.0", "1.else.0", "1.else.1"]
    assert isinstance(found.steps[0].action, Generate)
    assert isinstance(found.steps[1].action, Branch)
    again = parse_rule(
        trigger_type="event", trigger_config={"event": "mint"}, conditions_=[], actions=rule.dump(found)["actions"]
    )  # fmt: skip
    assert again.steps == found.steps


def test_what_is_wrong_in_a_branch_is_found_there() -> None:
    action = {
        "type": "branch",
        "conditions": [{"field": "a"}, {"field": "b", "value": 1}],
        "then": [{"type": "x"}],
    }
    assert wrong(actions=[action]) == {"actions[0].conditions[0]": ProblemCode.BAD_VALUE}
    action["conditions"] = []
    assert wrong(actions=[action]) == {"actions[0].then[0].type": ProblemCode.UNKNOWN_KIND}


def test_actions_have_an_end() -> None:
    assert wrong(actions=[]) == {"actions": ProblemCode.TOO_SHORT}
    assert wrong(actions=[{"type": "pause"}] * 31) == {"actions": ProblemCode.TOO_MANY}
    deep: dict[str, Any] = {"type": "pause"}
    for _ in range(4):
        deep = {"type": "branch", "conditions": [], "then": [deep]}
    assert set(wrong(actions=[deep]).values()) == {ProblemCode.TOO_DEEP}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("> 2x average", Comparison(ComparisonKind.AVERAGE, ">", 2.0)),
        ("<0.5x for 3 days", Comparison(ComparisonKind.AVERAGE, "<", 0.5, 3)),
        (">= 1000", Comparison(ComparisonKind.AMOUNT, ">=", 1000.0)),
        ("crosses 1000", Comparison(ComparisonKind.CROSSING, milestones=(1000.0,))),
        ("crosses 100, 500, 1000", Comparison(ComparisonKind.CROSSING, milestones=(100.0, 500.0, 1000.0))),
        ("crosses every 500", Comparison(ComparisonKind.CROSSING, every=500.0)),
        ("more than usual", None), ("> 2x for 0 days", None), ("crosses every 0", None), ("", None),
    ],
)  # fmt: skip
def test_comparisons_of_metrics(text: str, expected: Comparison | None) -> None:
    assert parse_comparison(text) == expected


def test_sources_of_facts() -> None:
    assert parse_facts("daily_stats: 7d") == Facts("daily_stats", 7)
    assert parse_facts("top_posts:30d") == Facts("top_posts", 30)
    assert parse_facts("daily_stats: 3h") is None
    assert parse_facts("passwords: 7d") is None


def test_events_may_be_meant_by_their_beginning() -> None:
    for name in ("order.*", "*"):
        read(trigger_config={"event": name})
    for name in ("or*der", "order*", "*.paid", ""):
        assert "trigger_config.event" in wrong(trigger_config={"event": name}), name
