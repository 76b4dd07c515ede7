"""Can the bot make a form of every kind, from its model alone?"""

from datetime import timedelta

import pytest

from core.automations.shapes import registry
from core.automations.shapes.forms import FieldKind, FormField
from core.automations.shapes.spans import LONGEST, parse_span


def by_name(form: tuple[FormField, ...]) -> dict[str, FormField]:
    return {field.name: field for field in form}


@pytest.mark.parametrize("kind", registry.ACTIONS)
def test_every_field_of_an_action_is_asked_for(kind: str) -> None:
    form = by_name(registry.action_form(kind))
    keys = {info.alias or name for name, info in registry.ACTIONS[kind].model_fields.items()}
    assert set(form) == keys - {"type"}
    assert all(field.choices for field in form.values() if field.kind is FieldKind.CHOICE)


@pytest.mark.parametrize("kind", registry.TRIGGERS)
def test_every_field_of_a_trigger_is_asked_for(kind: str) -> None:
    assert set(by_name(registry.trigger_form(kind))) == set(registry.TRIGGERS[kind].model_fields)


def test_a_form_knows_choices_limits_and_what_is_required() -> None:
    generate, options = by_name(registry.action_form("generate")), by_name(registry.options_form())
    assert generate["scheduling"].choices == ("now", "at", "optimal", "next", "distributed")
    assert generate["platforms"].kind is FieldKind.PLATFORMS
    assert generate["kind"].choices[0] == "announcement"
    assert not generate["template"].required
    assert generate["idea"].limit == 4000
    assert generate["delay"].kind is FieldKind.DURATION
    assert generate["delay"].advanced
    assert by_name(registry.action_form("notify"))["message"].required
    assert (options["per_hour"].minimum, options["per_hour"].maximum) == (1, 1000)
    assert options["mode"].default == "ask"
    assert by_name(registry.condition_form())["operator"].choices[:2] == ("==", "!=")


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("5m", timedelta(minutes=5), timedelta(minutes=5)),
        ("2h-4h", timedelta(hours=2), timedelta(hours=4)),
        ("T+3d", timedelta(days=3), timedelta(days=3)),
        ("1h30m", timedelta(minutes=90), timedelta(minutes=90)),
        ("0s", timedelta(), timedelta()),
        ("366d", LONGEST, LONGEST),
    ],
)
def test_lengths_of_time(text: str, least: timedelta, most: timedelta) -> None:
    span = parse_span(text)
    assert span is not None
    assert (span.least, span.most) == (least, most)
    assert least <= span.at(0.5) <= most


@pytest.mark.parametrize("text", ["", "5", "5 parsecs", "-5m", "4h-2h", "400d", "5m-", "m", "9999999d"])
def test_what_is_no_length_of_time(text: str) -> None:
    assert parse_span(text) is None
