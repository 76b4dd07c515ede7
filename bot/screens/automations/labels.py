"""What are the coded values of a rule called? Operators, kinds, numbers, spans and comparisons, in the owner's language."""

from collections.abc import Callable, Mapping
from datetime import UTC, timedelta
from typing import Any

from babel.units import format_unit

from bot.i18n import Translator
from bot.screens.voice.words import kind_name
from bot.ui import format as fmt
from bot.ui import rhythm
from core.automations.shapes.comparisons import ComparisonKind, parse_comparison
from core.automations.shapes.facts import parse_facts
from core.automations.shapes.forms import FieldKind, FormField
from core.automations.shapes.spans import parse_span
from core.errors import InvalidInput
from core.platforms.registry import title_of
from core.settings import cron

OPERATORS: Mapping[str, str] = {
    "==": "eq", "=": "eq", "!=": "ne", ">": "gt", ">=": "ge", "<": "lt", "<=": "le", "in": "in", "not_in": "not-in",
    "contains": "contains", "not_contains": "not-contains", "starts_with": "starts", "ends_with": "ends",
    "matches": "matches", "exists": "exists", "not_exists": "not-exists", "between": "between", "milestone": "milestone",
}  # fmt: skip
_THAN = {">": "gt", ">=": "ge", "<": "lt", "<=": "le"}
_UNITS = (("week", timedelta(weeks=1)), ("day", timedelta(days=1)), ("hour", timedelta(hours=1)),
          ("minute", timedelta(minutes=1)), ("second", timedelta(seconds=1)))  # fmt: skip


def label(value: Any, field: FormField, t: Translator) -> str:
    """Return what a field's value is called, on a button and in its form; what the owner typed stands for itself."""
    if isinstance(value, bool):
        return t.label("rule-value-yes" if value else "rule-value-no")
    if isinstance(value, list):
        return ", ".join(label(item, field, t) for item in value)
    if not isinstance(value, str):
        return str(value)
    if field.kind is FieldKind.CHOICE:
        return _choice(value, field.name, t)
    said = _SAID.get(field.kind)
    return said(value, t) if said is not None else value


def mode(value: str, t: Translator) -> str:
    """Return how freely a rule acts."""
    return t.label(f"rule-value-{value.replace('_', '-')}")


def metric(value: str, t: Translator) -> str:
    """Return what a number is called; one that nobody knows stands for itself."""
    key = f"automation-metric-{value.replace('_', '-')}"
    return t.label(key) if t.has(key) else value


def span(text: str, t: Translator) -> str:
    """Return a length of time: "4 ч", "1 h 30 min", "2–4 ч"; what is none stands for itself."""
    read = parse_span(text)
    if read is None:
        return text
    least = _length(read.least, t)
    return f"{least} – {_length(read.most, t)}" if read.is_random else least


def comparison(text: str, t: Translator) -> str:
    """Return what a number is to do: "больше 2 × среднего"; what cannot be read stands for itself."""
    read = parse_comparison(text)
    if read is None:
        return text
    if read.kind is ComparisonKind.CROSSING:
        if read.every is not None:
            return t.label("rule-compare-every", n=fmt.number(t, read.every))
        marks = "; ".join(fmt.number(t, one) for one in read.milestones)
        return t.label("rule-compare-crosses", n=marks)
    number = fmt.number(t, read.number)
    key = "rule-compare-average" if read.kind is ComparisonKind.AVERAGE else "rule-compare-amount"
    said = t.label(key, than=t.label(f"rule-than-{_THAN[read.operator]}"), n=number)
    return said if read.days == 1 else t.label("rule-compare-days", what=said, n=read.days)


def facts(text: str, t: Translator) -> str:
    """Return which numbers a post is written from; what cannot be read stands for itself."""
    read = parse_facts(text)
    if read is None:
        return text
    key = "rule-facts-stats" if read.source == "daily_stats" else "rule-facts-top"
    return t.label(key, days=_length(timedelta(days=read.days), t))


def when(line: str, t: Translator) -> str:
    """Return a cron line in words, if it is one of the usual rhythms."""
    try:
        found = cron.read({"cron": line}, UTC).rhythm
    except InvalidInput:
        return line
    said = rhythm.in_words(found, t) if found is not None else None
    return fmt.heading(str(said)) if said is not None else line


def _choice(value: str, name: str, t: Translator) -> str:
    if name == "operator" and value in OPERATORS:
        return t.label(f"rule-operator-{OPERATORS[value]}")
    if name == "metric":
        return metric(value, t)
    if name == "kind":
        return kind_name(t, value)
    key = f"rule-value-{value.replace('_', '-')}"
    return t.label(key) if t.has(key) else value


def _length(length: timedelta, t: Translator) -> str:
    parts = []
    for unit, size in _UNITS:
        many, length = divmod(length, size)
        if many:
            parts.append(str(format_unit(many, f"duration-{unit}", length="short", locale=t.language)))
    return " ".join(parts) or str(format_unit(0, "duration-minute", length="short", locale=t.language))


_SAID: Mapping[FieldKind, Callable[[str, Translator], str]] = {
    FieldKind.PLATFORMS: lambda value, _: title_of(value),
    FieldKind.DURATION: span,
    FieldKind.COMPARISON: comparison,
    FieldKind.FACTS: facts,
    FieldKind.TEMPLATE: lambda value, t: kind_name(t, value),
    FieldKind.CRON: when,
}
