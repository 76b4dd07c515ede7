"""Do conditions say the same as a plain reference, on any data, and never raise?"""

import math
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.automations.conditions.evaluating import evaluate
from core.automations.conditions.looking import MISSING, look_up
from core.automations.shapes import conditions
from core.automations.shapes.conditions import Condition, Group, GroupKind, Node, Operator
from core.automations.shapes.problems import InvalidRule

_NAMES = st.sampled_from(["a", "b", "c", "0", "1", "data"])
_PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-20, 20), st.integers(), st.floats(), st.text(max_size=5),
    st.sampled_from(["10", "9", " 7 ", "-3.50", "1e5", "Tea", "tea", "", "٣"]),
)  # fmt: skip
_JSON = st.recursive(
    _PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=4),
    max_leaves=12,
)
_PATHS = st.lists(_NAMES, min_size=1, max_size=3).map(".".join)


@st.composite
def _conditions(draw: st.DrawFn) -> Condition:
    operator = draw(st.sampled_from([one for one in Operator if one is not Operator.MILESTONE]))
    value: Any = draw(_PLAIN)
    if operator in {Operator.IN, Operator.NOT_IN}:
        value = draw(st.lists(_PLAIN, min_size=1, max_size=4))
    elif operator is Operator.BETWEEN:
        value = [draw(st.integers(-20, 20)), draw(st.integers(-20, 20))]
    elif operator is Operator.MATCHES:
        value = draw(st.sampled_from(["^T", "a+", r"\d", "[a-c]$"]))
    elif not operator.needs_value:
        value = None
    return Condition.model_construct(field=draw(_PATHS), operator=operator, value=value)


_NODES: st.SearchStrategy[Node] = st.recursive(
    _conditions(),
    lambda inner: st.builds(
        Group, st.sampled_from(GroupKind), st.lists(inner, max_size=3).map(lambda items: tuple(items))
    ),
    max_leaves=8,
)


def plain_look_up(known: Any, path: str) -> Any:
    """The reference: an own way to find a path."""
    for start in (known.get("data"), known):
        if isinstance(start, dict):
            if path in start:
                return start[path]
            found: Any = start
            for step in path.split("."):
                if isinstance(found, dict) and step in found:
                    found = found[step]
                elif isinstance(found, list) and step in {str(number) for number in range(len(found))}:
                    found = found[int(step)]
                else:
                    found = MISSING
                    break
            if found is not MISSING:
                return found
    return MISSING


def plain_number(value: Any) -> float | int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, str):
        text = value.strip(" \t\n\r\f\v")
        digits = text.lstrip("+-") if text[:1] in {"+", "-"} and text[1:2] not in {"+", "-"} else text
        whole, dot, rest = digits.partition(".")
        fine = whole.isascii() and whole.isdigit() and (not dot or (rest.isascii() and rest.isdigit()))
        return (float(text) if dot else int(text)) if fine else None
    return None


def plain_equal(one: Any, other: Any) -> bool:
    if type(one) is bool or type(other) is bool:
        return type(one) is type(other) and one == other
    if isinstance(one, str) and isinstance(other, str):
        return one == other
    first, second = plain_number(one), plain_number(other)
    if first is not None and second is not None:
        return first == second
    if one is None or other is None:
        return one is other
    scalars = (str, int, float)
    return not isinstance(one, scalars) and not isinstance(other, scalars) and bool(one == other)


def plain_holds(condition: Condition, known: Any) -> bool:  # noqa: C901  every operator in one place
    """The reference, written out case by case."""
    value, wanted, op = plain_look_up(known, condition.field), condition.value, condition.operator.value
    if op in {"!=", "not_in", "not_contains", "not_exists"}:
        opposite = {"!=": "==", "not_in": "in", "not_contains": "contains", "not_exists": "exists"}[op]
        asked = Condition.model_construct(field=condition.field, operator=Operator(opposite), value=wanted)
        return not plain_holds(asked, known)
    if value is MISSING:
        return False
    if op == "exists":
        return value is not None
    if op == "==":
        return plain_equal(value, wanted)
    if op == "in":
        return any(plain_equal(value, item) for item in wanted)
    if op == "contains":
        if isinstance(value, str):
            return (
                wanted is not None
                and not isinstance(wanted, bool)
                and str(wanted).casefold() in value.casefold()
            )
        if isinstance(value, list):
            return any(plain_equal(item, wanted) for item in value)
        return isinstance(value, dict) and isinstance(wanted, str) and wanted in value
    if op in {"starts_with", "ends_with", "matches"}:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return False
        if op == "matches":
            return re.search(wanted, str(value)) is not None
        if isinstance(wanted, bool) or not isinstance(wanted, str | int | float):
            return False
        text, part = str(value).casefold(), str(wanted).casefold()
        return text.startswith(part) if op == "starts_with" else text.endswith(part)
    ends = wanted if op == "between" else [wanted]
    signs = []
    for end in ends:
        first, second = plain_number(value), plain_number(end)
        if first is None or second is None:
            if not (isinstance(value, str) and isinstance(end, str)):
                return False
            signs.append((value > end) - (value < end))
        else:
            signs.append((first > second) - (first < second))
    if op == "between":
        return signs[0] >= 0 and signs[1] <= 0
    return {">": signs[0] > 0, ">=": signs[0] >= 0, "<": signs[0] < 0, "<=": signs[0] <= 0}[op]


def plain(node: Node, known: Any) -> bool:
    if isinstance(node, Condition):
        return plain_holds(node, known)
    said = [plain(item, known) for item in node.items]
    return {"all": all(said), "any": any(said), "not": not any(said)}[node.kind.value]


@given(_NODES, st.dictionaries(_NAMES, _JSON, max_size=4), _JSON)
def test_a_rule_says_what_the_reference_says(node: Node, known: dict[str, Any], data: Any) -> None:
    whole = {**known, "data": data}
    group = node if isinstance(node, Group) else Group(GroupKind.ALL, (node,))
    verdict = evaluate(group, whole)
    assert verdict.held == plain(group, whole), verdict.tree


@given(st.dictionaries(_NAMES, _JSON, max_size=4), _PATHS)
def test_a_path_leads_where_the_reference_says(known: dict[str, Any], path: str) -> None:
    assert look_up(known, path) is plain_look_up(known, path)


@given(st.lists(st.recursive(_JSON, lambda inner: st.dictionaries(
    st.sampled_from(["all", "any", "not", "field", "operator", "value"]), inner | st.sampled_from([*Operator])
))), _JSON)  # fmt: skip
def test_no_data_and_no_rule_raises_anything_but_what_is_wrong_with_the_rule(raw: Any, data: Any) -> None:
    try:
        group = conditions.parse(raw)
    except InvalidRule:
        return
    evaluate(group, {"data": data})


def of(field: str, operator: str, value: Any) -> Group:
    return conditions.parse([{"field": field, "operator": operator, "value": value}])


def test_the_tree_tells_what_was_there_and_what_was_wanted() -> None:
    group = conditions.parse(
        [{"field": "rarity_score", "operator": ">=", "value": 95}, {"field": "data.chain", "value": "ton"}]
    )
    verdict = evaluate(group, {"event": "mint", "data": {"rarity_score": 97}})
    assert not verdict.held
    assert verdict.tree == {
        "group": "all", "held": False, "items": [
            {"field": "rarity_score", "operator": ">=", "expected": 95, "actual": 97, "held": True},
            {"field": "data.chain", "operator": "==", "expected": "ton", "missing": True, "held": False},
        ],
    }  # fmt: skip


def test_a_pattern_that_never_ends_ends_and_says_so() -> None:
    verdict = evaluate(of("a", "matches", r"^(a|aa|a+)+$"), {"data": {"a": "a" * 5000 + "!"}})
    assert not verdict.held
    assert verdict.tree["items"][0].get("why") in {None, "pattern-too-slow"}
    slow = evaluate(of("a", "matches", r"^(\w+\s?)*\d\b$"), {"data": {"a": "word " * 2000 + "!"}})
    assert not slow.held


def run(wanted: Any, values: list[Any]) -> list[float | None]:
    """Feed values one after another; what each passes."""
    highest: dict[str, float] = {}
    told: list[float | None] = []
    for value in values:
        verdict = evaluate(of("n", "milestone", wanted), {"data": {"n": value}}, highest)
        told.append(verdict.tree["items"][0].get("passed"))
        highest |= verdict.seen
    return told


@pytest.mark.parametrize(
    ("wanted", "values", "expected"),
    [
        ([100, 500], [99, 100, 101, 99, 100, 700], [None, 100, None, None, None, 500]),
        ([100, 500], [90, 600, 601], [None, 500, None]),
        (100, [7340, 7399, 7400, 7650, 7400, "7700", None, True], [None, None, 7400, 7600, None, 7700, None, None]),
        ({"every": 1000}, [1000, 1000, 1999, 2000], [1000, None, None, 2000]),
        ([10], [12, 13], [None, None]),
        ([0.3], [0.1, 0.3, 0.4], [None, 0.3, None]),
    ],
)  # fmt: skip
def test_each_milestone_is_passed_once(wanted: Any, values: list[Any], expected: list[float | None]) -> None:
    assert run(wanted, values) == expected


@given(st.integers(1, 50), st.lists(st.integers(-10, 500), max_size=40))
def test_no_milestone_is_passed_twice_and_none_after_the_first_sight_is_left_out(
    every: int, values: list[int]
) -> None:
    told = [passed for passed in run(every, values) if passed is not None]
    assert told == sorted(set(told))
    if len(values) > 1 and max(values[1:]) // every > max(values[0] // every, 0):
        assert told[-1] == max(values) // every * every


def test_a_milestone_passed_while_something_else_is_missing_is_kept_for_later() -> None:
    group = conditions.parse(
        [{"field": "n", "operator": "milestone", "value": [100]}, {"field": "ok", "value": True}]
    )
    first = evaluate(group, {"data": {"n": 101, "ok": False}}, {"n": 90.0})
    assert not first.held
    assert first.seen == {}
    assert evaluate(group, {"data": {"n": 102, "ok": True}}, {"n": 90.0}).held
