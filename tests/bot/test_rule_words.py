"""Codes of rules have words: every operator, kind, mode, number and action, in every language, found in the shapes."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.i18n import LANGUAGES, Translator, translator
from bot.screens.automations import editing_view, labels, offers, why, words
from core.automations.models import RunStatus
from core.automations.shapes.conditions import GroupKind, Operator
from core.automations.shapes.forms import FieldKind, FormField
from core.automations.shapes.registry import (
    ACTIONS,
    TRIGGERS,
    action_form,
    condition_form,
    options_form,
    trigger_form,
)
from core.automations.shapes.rule import ELSE, THEN
from core.settings import cron
from core.settings.zones import parse_zone

FIELDS: list[FormField] = [
    *(field for kind in ACTIONS for field in action_form(kind)),
    *(field for kind in TRIGGERS for field in trigger_form(kind)),
    *condition_form(),
    *options_form(),
]
_LATIN = re.compile(r"[A-Za-z]{2}")
EVERY = pytest.mark.parametrize("t", [translator(language) for language in LANGUAGES], ids=LANGUAGES)
RUSSIAN = translator("ru")


@EVERY
def test_every_choice_of_every_field_has_words(t: Translator) -> None:
    chosen = [(field, choice) for field in FIELDS for choice in field.choices]
    assert len(chosen) > 50
    for field, choice in chosen:
        said = labels.label(choice, field, t)
        assert "_" not in said, (field.name, said)
        if t is RUSSIAN:
            assert not _LATIN.search(said), (field.name, said)
            assert said != choice, field.name


@EVERY
def test_every_field_and_its_hint_has_a_name(t: Translator) -> None:
    for field in FIELDS:
        assert "_" not in editing_view.name_of(field, t), field.name
    for kind in {*ACTIONS, *TRIGGERS}:
        assert t.has(f"rule-kind-{kind.replace('_', '-')}"), kind


def test_no_value_that_is_offered_is_a_code() -> None:
    for kind, values in offers.PRESETS.items():
        if kind in {FieldKind.TIME, FieldKind.SOURCE}:
            continue  # a time of day and a sender's name read the same everywhere
        for value in values:
            said = labels.label(value, FormField("x", kind, required=False), RUSSIAN)
            assert not _LATIN.search(said), (kind, said)
            assert said != value, kind


@EVERY
def test_every_comparison_group_action_run_and_way_has_words(t: Translator) -> None:
    for operator in Operator:
        said = words.condition({"field": "поле", "operator": operator.value, "value": "да"}, t)
        assert operator.value.replace("_", "") in said or "_" not in said
        if t is RUSSIAN:
            assert not _LATIN.search(said.replace("&gt;", "").replace("&lt;", "")), said
    for group in GroupKind:
        assert t.has(f"automation-group-{group.value}"), group
    for kind in ACTIONS:
        assert t.has(f"automation-do-{kind.replace('_', '-')}"), kind
    for status in RunStatus:
        assert t.has(f"automation-run-{status.value}"), status
        assert t.has(f"rule-why-is-{status.value}"), status
    for way in (THEN, ELSE):
        assert way not in words.place(f"2.{way}.0", RUSSIAN)


def test_a_rule_in_russian_names_no_code() -> None:
    found: list[Any] = [
        {"type": kind, "template": "spotlight", "delay": "2h-4h", "scheduling": "next", "platforms": []}
        for kind in ACTIONS
    ]
    found.append({"type": "generate", "kind": "behind_the_scenes", "after": "1d12h"})
    for line in words.actions(found, RUSSIAN):
        assert not _LATIN.search(line), line
    assert "2 ч – 4 ч" in words.actions(found, RUSSIAN)[0]
    assert "1 дн. 12 ч" in words.actions(found, RUSSIAN)[-1]
    for condition, said in (
        ("> 2x average", "больше 2 × среднего"),
        ("< 0.5x for 3 days", "меньше 0,5 × среднего, 3 дня подряд"),
        ("crosses 1000, 5000", "проходит 1\u00a0000; 5\u00a0000"),
        ("crosses every 1000", "через каждые 1\u00a0000"),
    ):
        config = {"metric": "engagement_rate", "condition": condition}
        line = words.trigger("metric", config, None, RUSSIAN)
        assert said in line
        assert not _LATIN.search(line), line
    for line in words.options({"mode": "ask_timeout", "timeout": "24h", "cooldown": "30m"}, RUSSIAN):
        assert not _LATIN.search(line), line


def test_every_reason_a_run_gives_has_words() -> None:
    for language in LANGUAGES:
        for code in why.CODES:
            assert translator(language).has(f"rule-why-because-{code}"), code


def test_next_times_keep_the_time_of_day_when_the_clocks_change() -> None:
    schedule = cron.read({"cron": "30 9 * * 6,0", "timezone": "Europe/Berlin"}, UTC)
    now = datetime(2026, 3, 27, 12, tzinfo=UTC)
    lines = editing_view.next_times(schedule, translator("en"), now)
    assert [line.removeprefix("• ") for line in lines[1:4]] == [
        "Sat, 28 March, 09:30", "Sun, 29 March, 09:30", "Sat, 4 April, 09:30",
    ]  # fmt: skip
    assert "Berlin" in lines[0]
    assert lines[-1] == translator("en")("rule-next-clocks")
    steady = editing_view.next_times(schedule, translator("en"), datetime(2026, 6, 1, tzinfo=UTC))
    assert len(steady) == 4


def test_a_time_that_the_clocks_leave_out_comes_when_they_go_on() -> None:
    """Half past two is not there on the night in question; the run comes then, and at its hour again from there on."""
    schedule = cron.read({"cron": "30 2 * * *", "timezone": "Europe/Berlin"}, UTC)
    runs = schedule.next_runs(datetime(2026, 3, 28, 12, tzinfo=UTC), 2)
    local = [run.astimezone(parse_zone("Europe/Berlin")) for run in runs]
    assert [(one.day, one.hour) for one in local] == [(29, 3), (30, 2)]
