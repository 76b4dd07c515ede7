"""Is what an import file says read exactly, and are mistakes named by place and never by value?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ConfigError
from core.transfer.parsing import DEPTH, LARGEST, LARGEST_YAML, check_size, escape, fill_in, parse


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ('{"a": "s3cret"', "x.json", "x.json, line 1, column 15: not JSON"),
        ('{"a": 1, "a": 2}', "x.json", "the field 'a' is there twice"),
        ('{"a": NaN}', "x.json", "NaN is not a JSON value"),
        ("[" * 100_000, "x.json", "nested too deeply"),
        ("a: s3cret\n b: 2", "x.yaml", "x.yaml, line 2, column 3: not YAML"),
        ("a: 1\na: 2", "x.yml", "x.yml, line 2, column 1: not YAML (the field 'a' is there twice)"),
        ("1: s3cret", "x.yaml", "a field's name must be text"),
        ("a: !!python/object:os.system s3cret", "x.yaml", "line 1, column 4: not YAML"),
    ],
)
def test_mistakes_are_named_by_place(text: str, name: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse(text, name)
    assert message in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_yaml_has_only_the_values_of_json() -> None:
    assert parse("at: 2026-01-01\nwhen: 2026-01-01 10:00:00\nn: 1.5\nb: true", "x.yaml") == {
        "at": "2026-01-01",
        "when": "2026-01-01 10:00:00",
        "n": 1.5,
        "b": True,
    }


def test_variables_are_filled_in_everywhere() -> None:
    problems: list[str] = []
    value = {"a": ["${ONE}", {"b": "x-${TWO}-${ONE}"}], "c": 5, "d": "$${ONE} ${not a name} $ONE"}
    assert fill_in(value, {"ONE": "1", "TWO": "2"}, "", problems) == {
        "a": ["1", {"b": "x-2-1"}],
        "c": 5,
        "d": "${ONE} ${not a name} $ONE",
    }
    assert problems == []


def test_missing_variables_are_named_with_their_place() -> None:
    problems: list[str] = []
    fill_in({"a": [{"b": "${GONE}"}], "c": "${EMPTY}"}, {"EMPTY": ""}, "", problems)
    assert problems == [
        "a[0].b: the environment variable GONE is not set",
        "c: the environment variable EMPTY is not set",
    ]


@pytest.mark.parametrize("bad", ["a\0b", "\ud83d"])
def test_text_that_cannot_be_stored_is_refused(bad: str) -> None:
    problems: list[str] = []
    fill_in({"name": bad}, {}, "products[0]", problems)
    assert problems == [
        "products[0].name: holds a character that cannot be stored (NUL or half of a surrogate pair)"
    ]


def test_only_values_of_json_are_let_in() -> None:
    problems: list[str] = []
    value = parse("a: .inf\nb: !!binary aGVsbG8=\nc: 1.5\nd: !!set {x}\ne: null", "x.yaml")
    assert fill_in(value, {}, "", problems)["c"] == 1.5
    fill_in(parse('{"n": 1e999, "x": {"k\\u0000": 1}}', "x.json"), {}, "", problems)
    assert [problem.partition(":")[0] for problem in problems] == ["a", "b", "d", "n", "x"]


@given(st.text(alphabet="${}AB_ 1") | st.text())
def test_escaping_is_undone_by_filling_in(text: str) -> None:
    assert fill_in(escape(text), {}, "", []) == text


def test_a_few_lines_that_repeat_each_other_are_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    with pytest.raises(ConfigError, match=r"line 2.*write it out"):
        parse("\n".join(lines), "bomb.yaml")
    merged = "a: &a {x: 1}\nb: &b {<<: [*a, *a]}\nc: {<<: [*b, *b]}"
    with pytest.raises(ConfigError, match="write it out"):
        parse(merged, "bomb.yaml")


@pytest.mark.parametrize("file_name", ["deep.json", "deep.yaml"])
@pytest.mark.parametrize("depth", [DEPTH + 1, 900, 100_000])
def test_nesting_has_an_end(file_name: str, depth: int) -> None:
    with pytest.raises(ConfigError):
        parse("[" * depth + "]" * depth, file_name)
    assert parse("[" * DEPTH + "]" * DEPTH, file_name)


@pytest.mark.parametrize(
    ("size", "name", "advice"),
    [(LARGEST + 1, "x.json", "divide it"), (LARGEST_YAML + 1, "x.yaml", "write it as JSON")],
)
def test_what_is_too_large_is_refused_with_advice(size: int, name: str, advice: str) -> None:
    check_size(bytes(size - 1), name)
    with pytest.raises(ConfigError, match=advice):
        check_size(bytes(size), name)
