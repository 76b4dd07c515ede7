"""What is shown while a rule is built? Its pieces, the form of one, and the question for one value."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any

from bot.i18n import Markup, Translator
from bot.screens.automations import callbacks as cb
from bot.screens.automations import labels, offers, words
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.callbacks import Callback
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen
from core.automations import drafting
from core.automations.models import Automation
from core.automations.saving import Text
from core.automations.shapes.forms import FieldKind, FormField
from core.errors import InvalidInput
from core.settings import cron

_VALUE = 24  # characters of a value on a button
_TIMES = 3
_MOST = 12  # pieces with a button of their own


def parts(automation: Automation, text: Text, t: Translator, zone: tzinfo) -> Screen:
    """Draw the pieces of a rule."""
    about, version = automation.id, automation.version
    conditions, actions = drafting.conditions_of(text), text.actions
    said = [
        t("rule-parts-title", name=fmt.short(automation.name, 100)),
        f"{t('automation-head-when')}\n{_trigger(text, t, zone)}",
        "\n".join(
            [t("automation-head-if"), *(words.conditions(_listed(text), t) or [t("automation-always")])]
        ),
        "\n".join([t("automation-head-do"), *words.actions(actions, t)]),
        "\n".join([t("automation-head-how"), *words.options(text.options, t)]),
        t("rule-parts-note"),
    ]
    rows = [
        [
            button(t.label("rule-part-trigger"), cb.OpenPart(automation=about, part="t")),
            button(t.label("rule-part-options"), cb.OpenPart(automation=about, part="o")),
        ]
    ]
    pieces = [
        button(
            t.label(
                "rule-part-condition" if drafting.is_simple(one) else "rule-part-group", n=str(place + 1)
            ),
            cb.OpenPart(automation=about, part="c", place=place),
        )
        for place, one in enumerate(conditions[:_MOST])
        if drafting.is_simple(one) or drafting.group_kind(one) is not None
    ]
    pieces += [
        button(
            t.label("rule-part-action", n=str(place + 1), what=action_name(one, t)),
            cb.OpenPart(automation=about, part="a", place=place),
        )
        for place, one in enumerate(actions[:_MOST])
    ]
    rows += grid(pieces, 2)
    rows.append(
        [
            button(t.label("rule-add-condition"), cb.AddPart(automation=about, version=version, part="c")),
            button(
                t.label("rule-add-group"), cb.AddPart(automation=about, version=version, part="c", kind=1)
            ),
            button(t.label("rule-add-action"), cb.ChooseKind(automation=about, part="a")),
        ]
    )
    rows.append(
        [
            button(t.label("rule-describe"), cb.DescribeRule(automation=about, version=version)),
            button(t.label("rule-by-json"), cb.ChangeByJson(automation=about, version=version)),
        ]
    )
    rows.append([button(t.label("ui-back"), cb.OpenAutomation(automation=about))])
    return Screen.of("\n\n".join(said), keyboard(*rows))


def part(
    automation: Automation,
    which: drafting.Part,
    place: int,
    fields: Sequence[FormField],
    values: Mapping[str, Any],
    t: Translator,
    times: Sequence[Markup] = (),
) -> Screen:
    """Draw the form of one piece; ``times`` say when a schedule runs next."""
    about, version = automation.id, automation.version
    lines = [_line(field, values, t) for field in fields if not field.advanced or field.name in values]
    names = [
        button(
            f"{name_of(field, t)}{_short(values.get(field.name), field, t)}",
            cb.EditField(automation=about, version=version, part=which, place=place, field=number),
        )
        for number, field in enumerate(fields)
    ]
    rows = grid(names, 2)
    if which == "t":
        rows.append([button(t.label("rule-other-kind"), cb.ChooseKind(automation=about, part="t"))])
    if which != "t" and which != "o":
        removed = cb.RemovePart(automation=about, version=version, part=which, place=place)
        rows.append([button(t.label("rule-remove-part"), removed)])
    rows.append([button(t.label("ui-back"), _around(about, which, place))])
    title = t(
        f"rule-form-{offers.piece_name(which, place)}",
        n=str((place if which in {"c", "a"} else place % drafting.WITHIN) + 1),
        what=_what(automation, which, values, t),
    )
    blocks = [title, "\n".join(lines), *(["\n".join(times)] if times else []), t("rule-form-note")]
    return Screen.of("\n\n".join(blocks), keyboard(*rows))


def next_times(schedule: cron.Schedule, t: Translator, now: datetime) -> list[Markup]:
    """Say when a schedule runs next, as the clocks of its own zone show it."""
    found = schedule.next_runs(now, _TIMES)
    if not found:
        return [t("automation-never")]
    lines = [t("rule-next-times", zone=fmt.place(t, fmt.zone_name(schedule.zone, now)))]
    lines += [t("rule-next-time", when=fmt.moment(t, run, schedule.zone, now)) for run in found]
    if len({run.astimezone(schedule.zone).utcoffset() for run in (now, *found)}) > 1:
        lines.append(t("rule-next-clocks"))
    return lines


def kinds(automation: Automation, asked: cb.ChooseKind, found: Sequence[str], t: Translator) -> Screen:
    """Draw the kinds to choose from."""
    buttons = [
        button(
            t.label(f"rule-kind-{kind.replace('_', '-')}"),
            cb.AddPart(
                automation=automation.id,
                version=automation.version,
                part=asked.part,
                kind=number,
                outer=asked.outer,
            ),
        )
        for number, kind in enumerate(found)
    ]
    back = _around(automation.id, asked.part, asked.outer * drafting.WITHIN)
    key = "rule-choose-trigger" if asked.part == "t" else "rule-choose-action"
    return Screen.of(t(key), keyboard(*grid(buttons, 2), [button(t.label("ui-back"), back)]))


def question(
    automation: Automation,
    asked: cb.EditField,
    field: FormField,
    now: Any,
    offered: Sequence[Any],
    t: Translator,
) -> Screen:
    """Ask for a field's value."""
    about, version = automation.id, automation.version

    def choose(number: int) -> cb.ChooseValue:
        return cb.ChooseValue(
            automation=about,
            version=version,
            part=asked.part,
            place=asked.place,
            field=asked.field,
            value=number,
        )

    chosen = now if isinstance(now, list) else [now]
    buttons = [
        button(
            f"{'✓ ' if one in chosen else ''}{fmt.short(labels.label(one, field, t), 40)}",
            choose(cb.number_of(one)),
        )
        for one in offered
    ]
    rows = grid(buttons, 2)
    if not field.required and now is not None:
        rows.append([button(t.label("rule-clear-value"), choose(0))])
    lines = [t("rule-ask-value", name=name_of(field, t)), t(f"rule-hint-{_hint(field)}")]
    if now is not None:
        lines.append(t("rule-is-now", value=fmt.short(_said(now, field, t), 60)))
    cancel = cb.OpenPart(automation=about, part=asked.part, place=asked.place)
    return form.question(t, Markup("\n".join(lines)), *rows, cancel=cancel)


def name_of(field: FormField, t: Translator) -> str:
    """Return what a field is called."""
    return t.label(f"rule-field-{field.name.replace('_', '-')}")


def _hint(field: FormField) -> str:
    if field.kind in {FieldKind.CHOICE, FieldKind.FLAG}:
        return "choice"
    return field.kind.value.replace("_", "-")


def _line(field: FormField, values: Mapping[str, Any], t: Translator) -> Markup:
    value = values.get(field.name)
    if value is None:
        shown = (
            t("rule-field-default", value=labels.label(field.default, field, t))
            if field.default
            else t("rule-field-empty")
        )
        return t("rule-field-line", name=name_of(field, t), value=shown)
    return t("rule-field-line", name=name_of(field, t), value=fmt.short(_said(value, field, t), 300))


def _short(value: Any, field: FormField, t: Translator) -> str:
    return "" if value is None else f": {fmt.short(_said(value, field, t), _VALUE)}"


def _said(value: Any, field: FormField, t: Translator) -> str:
    if field.kind is FieldKind.CRON:
        return words.value_of(value)  # as it was typed: the times it means stand below the form
    plain = isinstance(value, str | bool) or (isinstance(value, list) and field.kind is FieldKind.PLATFORMS)
    return labels.label(value, field, t) if plain else words.value_of(value)


def _around(about: uuid.UUID, which: drafting.Part, place: int) -> Callback:
    """Return the way back: to the whole rule, or to the group or branch that a piece stands in."""
    if which in {"t", "o", "c", "a"}:
        return cb.OpenParts(automation=about)
    return cb.OpenPart(automation=about, part=drafting.outer_of(which), place=place // drafting.WITHIN)


def _what(automation: Automation, which: drafting.Part, values: Mapping[str, Any], t: Translator) -> str:
    if which == "t":
        return t.label(f"rule-kind-{automation.trigger_type}")
    return action_name(values, t) if which in {"a", "h", "e"} else ""


def action_name(action: Any, t: Translator) -> str:
    """Return what an action is called on a button."""
    kind = drafting.kind_of(action) if isinstance(action, Mapping) else ""
    known = kind in words.ACTIONS
    return t.label(f"rule-kind-{kind.replace('_', '-')}") if known else fmt.short(kind, 20)


def _listed(text: Text) -> list[Any]:
    return text.conditions if isinstance(text.conditions, list) else [text.conditions]


def _trigger(text: Text, t: Translator, zone: tzinfo) -> Markup:
    schedule = None
    if text.trigger_type == "schedule":
        try:
            schedule = cron.read(text.trigger_config, zone)
        except InvalidInput:
            schedule = None  # the words say that it cannot be read
    return words.trigger(text.trigger_type, text.trigger_config, schedule, t)
