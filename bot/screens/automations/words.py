"""How is a rule said in words? Its trigger, its conditions and its actions, whatever a document has written there."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal
from urllib.parse import urlsplit

from bot.i18n import Markup, Translator
from bot.screens.automations import labels
from bot.screens.voice.words import kind_name
from bot.ui import format as fmt
from bot.ui import rhythm
from bot.ui.formatted import escape
from core.automations.shapes.registry import ALSO_CALLED
from core.platforms.registry import title_of
from core.settings.cron import Schedule

ACTIONS = {
    "generate", "publish", "notify", "cross_promote", "repost", "wait", "branch", "save_as_template", "call_webhook",
    "pause",
}  # fmt: skip
_WAYS = {"then", "else"}
_MODES = {"now", "at", "optimal", "next", "distributed"}
MODES: tuple[Literal["ask", "ask_timeout", "auto"], ...] = ("ask", "ask_timeout", "auto")
_INNER = 4  # actions of a branch that are named
_SHOWN = 12  # conditions or actions that are named
_VALUE = 60  # characters of a value
DATA = 300  # of an event's data, where it is the matter


def trigger(kind: str, config: Mapping[str, Any], schedule: Schedule | None, t: Translator) -> Markup:
    """Say what starts the rule. ``schedule`` is the checked one, None for another kind or one that cannot be read."""
    if kind == "event":
        source = config.get("source")
        name = value_of(config.get("event"))
        if isinstance(source, str) and source:
            return t("automation-trigger-event-from", event=name, source=fmt.short(source, _VALUE))
        return t("automation-trigger-event", event=name)
    if kind == "schedule":
        if schedule is None:
            return t("automation-trigger-bad-cron", cron=value_of(config.get("cron")))
        return rhythm.said(schedule, t)
    if kind == "metric":
        return t(
            "automation-trigger-metric",
            metric=labels.metric(value_of(config.get("metric")), t),
            condition=labels.comparison(value_of(config.get("condition")), t),
        )
    return t("automation-trigger-other", kind=fmt.short(kind, _VALUE))


def conditions(found: Sequence[Any], t: Translator, depth: int = 0) -> list[Markup]:
    """Return a line for each condition, groups with what is in them below."""
    lines: list[Markup] = []
    for item in found[:_SHOWN]:
        lines += _condition(item, t, depth)
    if len(found) > _SHOWN:
        lines.append(Markup(_indent(depth) + t("automation-more", n=len(found) - _SHOWN)))
    return lines


def actions(found: Sequence[Any], t: Translator) -> list[Markup]:
    """Return a line for each action, in order."""
    lines: list[Markup] = []
    for number, item in enumerate(found[:_SHOWN], start=1):
        lines.append(_action(number, item, t))
        if isinstance(item, Mapping) and item.get("type") == "branch":
            lines += _ways(item, t)
    return lines + ([t("automation-more", n=len(found) - _SHOWN)] if len(found) > _SHOWN else [])


def options(found: Mapping[str, Any], t: Translator) -> list[Markup]:
    """Return a line for the mode and for each limit."""
    mode = str(found.get("mode", "ask"))
    lines = [t(f"automation-freely-{mode.replace('_', '-')}") if mode in MODES else said(mode)]
    if mode == "ask_timeout":
        outcome = "publish" if found.get("on_timeout") == "publish" else "drop"
        lines = [t(f"automation-timeout-{outcome}", time=_span(found.get("timeout", "24h"), t))]
    for name in ("per_hour", "per_day"):
        if found.get(name) is not None:
            lines.append(t(f"automation-limit-{name.replace('_', '-')}", n=value_of(found[name])))
    if found.get("cooldown") is not None:
        lines.append(t("automation-limit-cooldown", n=_span(found["cooldown"], t)))
    if found.get("quiet_from") and found.get("quiet_to"):
        start, end = value_of(found["quiet_from"]), value_of(found["quiet_to"])
        lines.append(t("automation-limit-quiet", start=start, end=end))
    return [Markup(f"• {line}") for line in lines]


def value_of(value: Any, limit: int = _VALUE) -> str:
    """Return any JSON value as a short text."""
    if value is None:
        return "–"
    if isinstance(value, str):
        return fmt.short(value, limit) or "–"
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return fmt.short(", ".join(str(item) for item in value), limit)
    return fmt.short(json.dumps(value, ensure_ascii=False), limit)


def said(value: Any) -> Markup:
    """Return any JSON value as a short text that can stand in a screen."""
    return Markup(escape(value_of(value)))


def place(path: str, t: Translator) -> str:
    """Say where a step stands, counted as people count: "1", "3 → then → 1"."""
    said = [str(int(part) + 1) if part.isdecimal() else part for part in path.split(".")]
    return " → ".join(t.label(f"rule-way-{part}") if part in _WAYS else part for part in said)


def kind(name: str, t: Translator) -> Markup:
    """Say what an action of this kind does."""
    return t(f"automation-do-{name.replace('_', '-')}") if name in ACTIONS else said(name)


def condition(item: Mapping[str, Any], t: Translator) -> Markup:
    """Say one comparison."""
    operator = labels.OPERATORS.get(str(item.get("operator", "==")))
    relation = t(f"automation-op-{operator}") if operator else said(item.get("operator"))
    bare = t("automation-compared-bare", field=value_of(item["field"]), op=relation)
    if operator in {"exists", "not-exists"}:
        return bare
    return t(
        "automation-compared", field=value_of(item["field"]), op=relation, value=value_of(item.get("value"))
    )


def _condition(item: Any, t: Translator, depth: int) -> list[Markup]:
    if not isinstance(item, Mapping):
        return [Markup(_indent(depth) + t("automation-condition-other", text=value_of(item)))]
    for group in ("all", "any", "not"):
        if group in item and depth < 3:
            inner = item[group] if isinstance(item[group], list) else [item[group]]
            title = Markup(_indent(depth) + t(f"automation-group-{group}"))
            return [title, *conditions(inner, t, depth + 1)]
    if "field" not in item:
        return [Markup(_indent(depth) + t("automation-condition-other", text=value_of(dict(item))))]
    return [Markup(f"{_indent(depth)}• {condition(item, t)}")]


def _action(number: int, item: Any, t: Translator) -> Markup:
    if not isinstance(item, Mapping):
        return t("automation-action", number=str(number), what=value_of(item))
    named = str(item.get("type") or item.get("action") or "").replace("-", "_")
    named = ALSO_CALLED.get(named, named)
    what = kind(named, t) if named else said(dict(item))
    return t("automation-action", number=str(number), what=Markup(" · ".join([what, *_details(item, t)])))


def _details(item: Mapping[str, Any], t: Translator) -> list[Markup]:
    details = _pattern(item, t)
    if item.get("platforms"):
        details.append(said(_titles(item["platforms"])))
    if item.get("scheduling"):
        mode = str(item["scheduling"])
        named = t(f"automation-mode-{mode}") if mode in _MODES else said(item["scheduling"])
        details.append(t("automation-when", mode=named))
    if item.get("delay"):
        details.append(t("automation-after", delay=_span(item["delay"], t)))
    if item.get("after"):
        details.append(t("automation-after-start", delay=_span(item["after"], t)))
    if isinstance(item.get("url"), str):
        # An address may carry a key: its host says enough.
        details.append(t("automation-to", host=fmt.short(urlsplit(item["url"]).hostname or "–", _VALUE)))
    if item.get("product"):
        details.append(t("automation-product", value=value_of(item["product"])))
    for name in ("message", "idea", "text"):
        if item.get(name):
            details.append(t("automation-message", value=value_of(item[name])))
    return details


def _pattern(item: Mapping[str, Any], t: Translator) -> list[Markup]:
    """Say what a post is made by: its template, or else its kind."""
    if item.get("template"):
        return [t("automation-with-template", name=kind_name(t, value_of(item["template"])))]
    return [said(kind_name(t, item["kind"]))] if isinstance(item.get("kind"), str) else []


def _ways(item: Mapping[str, Any], t: Translator) -> list[Markup]:
    """Say what decides a branch and what is done either way; what is nested deeper is only named."""
    deciding = item.get("conditions")
    lines = conditions(deciding if isinstance(deciding, list) else [deciding] if deciding else [], t, 1)[
        :_SHOWN
    ]
    for way in ("then", "else"):
        inner = item.get(way)
        if isinstance(inner, list) and inner:
            lines.append(Markup(f"{_indent(1)}{t(f'rule-way-{way}')}:"))
            lines += [
                Markup(_indent(2) + _action(number, one, t)) for number, one in enumerate(inner[:_INNER], 1)
            ]
            if len(inner) > _INNER:
                lines.append(Markup(_indent(2) + t("automation-more", n=len(inner) - _INNER)))
    return lines


def _titles(value: Any) -> Any:
    return (
        [title_of(one) if isinstance(one, str) else one for one in value]
        if isinstance(value, list)
        else value
    )


def _span(value: Any, t: Translator) -> str:
    return labels.span(value_of(value), t)


def _indent(depth: int) -> str:
    return "\u2003" * depth
