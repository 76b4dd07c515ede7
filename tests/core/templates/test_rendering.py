"""Do templates say what they should, and treat what is filled into them as data?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.templates.models import Template
from core.templates.rendering import Markdown, fill, render
from core.templates.structure import Structure


def _single(body: str, **variables: object) -> tuple[str, tuple[str, ...]]:
    filled = fill(Structure(body=body), variables)
    return filled.text, filled.missing


def test_variables_and_dotted_paths() -> None:
    variables = {"title": "Hi", "product": {"name": "Nota", "tags": ["a", "b"]}, "n": 3, "x": 1.5}
    text, missing = _single("{title}: {product.name} {product.tags.1} {n} {x}", **variables)
    assert (text, missing) == ("Hi: Nota b 3 1.5", ())


def test_a_line_without_its_variable_goes_and_is_reported() -> None:
    text, missing = _single(
        "**{title}**\n\nStarts {when} at {place}\n\n{text}", title="T", place="Oslo", text="Body"
    )
    assert text == "**T**\n\nBody"
    assert missing == ("when",)


@pytest.mark.parametrize("empty", [None, "", "  ", [], {}, [None, ""]])
def test_nothing_counts_as_missing(empty: object) -> None:
    assert _single("a {x} b", x=empty) == ("", ("x",))


@pytest.mark.parametrize("value", [0, False, 0.0])
def test_zero_is_a_value(value: object) -> None:
    assert _single("{x}", x=value) == (str(value), ())


def test_an_optional_variable_leaves_no_gap() -> None:
    assert _single("{emoji?} **{title}** {tail?}", title="T") == ("**T**", ())
    assert _single("{emoji?} **{title}**", title="T", emoji="🔮") == ("🔮 **T**", ())
    assert _single("a {x?} b") == ("a b", ())


def test_literal_braces() -> None:
    assert _single("{{{x}}} {{y}} {not a variable} { } {", x=1) == ("{1} {y} {not a variable} { } {", ())


def test_values_are_data() -> None:
    """A value with braces in it opens nothing."""
    text, missing = _single("{title}\n{text}", title="{text} {{ }} {secret}", text="{title}", secret="s3cret")
    assert text == "{text} {{ }} {secret}\n{title}"
    assert missing == ()


def test_plain_values_are_quoted_and_markdown_is_not() -> None:
    filled = fill(
        Structure(body="{a} {b} {c}"),
        {"a": "*x*", "b": Markdown("*y*"), "c": ["*z*"]},
        quote=lambda text: text.replace("*", "\\*"),
    )
    assert filled.text == "\\*x\\* *y* \\*z\\*"


def test_attributes_and_private_things_are_out_of_reach() -> None:
    """Paths go through mappings and lists only."""

    class Thing:
        secret = "s3cret"

    assert _single("{thing.secret}", thing=Thing()) == ("", ("thing.secret",))
    assert _single("{text.__class__}", text="abc") == ("", ("text.__class__",))
    assert _single("{items.9}", items=[1]) == ("", ("items.9",))


def test_threads_leave_empty_parts_out() -> None:
    structure = Structure(format="thread", parts=["{title}", "{one}", "{two}", "End"])
    filled = fill(structure, {"title": "T", "two": "2"})
    assert filled.parts == ("T", "2", "End")
    assert filled.missing == ("one",)


def test_a_structure_of_the_data_model_alone_makes_a_paragraph_per_variable() -> None:
    structure = Structure.model_validate(
        {"variables": ["title", "key_facts", "cta"], "format": "single", "ai_hints": "x", "examples": [{}]}
    )
    assert fill(structure, {"title": "T", "cta": "C"}).parts == ("T\n\nC",)


def test_render_takes_a_row() -> None:
    template = Template(name="n", content_type="c", structure={"body": "Hello {who}"})
    assert render(template, {"who": "world"}) == "Hello world"


@given(st.text(max_size=200), st.dictionaries(st.sampled_from(["a", "b"]), st.text(max_size=20)))
def test_any_body_and_values_are_survived(body: str, variables: dict[str, str]) -> None:
    fill(Structure(body=body), variables)


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_a_value_appears_exactly(value: str) -> None:
    assert _single("<{v}>", v=value) == (f"<{value}>", ())
