"""What is shown of a piece that holds others? A group of conditions, and a branch with its condition and its two ways."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.automations import callbacks as cb
from bot.screens.automations import words
from bot.screens.automations.editing_view import action_name
from bot.ui.keyboard import Row, button, grid, keyboard
from bot.ui.screen import Screen
from core.automations import drafting
from core.automations.models import Automation
from core.automations.shapes.registry import action_form

_MOST = 10  # pieces of one list with a button of their own
_GROUPS: tuple[Literal["all", "any", "not"], ...] = ("all", "any", "not")


def group(automation: Automation, place: int, piece: Mapping[str, Any], t: Translator) -> Screen:
    """Draw a group of conditions."""
    about, version = automation.id, automation.version
    standing = drafting.group_kind(piece) or "all"
    inside = _listed(piece.get(standing))
    counted = [
        button(
            f"{'✓ ' if kind == standing else ''}{t.label(f'rule-group-{kind}')}",
            cb.CountGroup(automation=about, version=version, place=place, kind=kind),
        )
        for kind in _GROUPS
    ]
    blocks = [t("rule-form-group", n=str(place + 1)), "\n".join(words.conditions([dict(piece)], t))]
    blocks += _deeper(inside, t)
    add = cb.AddPart(automation=about, version=version, part="g", outer=place)
    removed = cb.RemovePart(automation=about, version=version, part="c", place=place)
    return Screen.of(
        "\n\n".join([*blocks, t("rule-form-note")]),
        keyboard(
            counted,
            *grid(_conditions(automation, "g", place, inside, t), 2),
            [button(t.label("rule-add-condition"), add), button(t.label("rule-remove-part"), removed)],
            [button(t.label("ui-back"), cb.OpenParts(automation=about))],
        ),
    )


def branch(automation: Automation, place: int, piece: Mapping[str, Any], t: Translator) -> Screen:
    """Draw a branch: what decides, what is done then, and what is done else."""
    about, version = automation.id, automation.version
    conditions = _listed(piece.get("conditions"))
    blocks = [
        t("rule-form-action", n=str(place + 1), what=action_name(piece, t)),
        "\n".join([t("automation-head-if"), *(words.conditions(conditions, t) or [t("automation-always")])]),
    ]
    rows: list[Row] = [*grid(_conditions(automation, "b", place, conditions, t), 2)]
    add = cb.AddPart(automation=about, version=version, part="b", outer=place)
    rows.append([button(t.label("rule-add-condition"), add)])
    held: list[Any] = [*conditions]
    for way, head in (("h", "automation-head-do"), ("e", "rule-head-else")):
        actions = _listed(piece.get("then" if way == "h" else "else"))
        held += actions
        blocks.append("\n".join([t(head), *(words.actions(actions, t) or [t("automation-nothing")])]))
        rows += _ways(automation, place, "h" if way == "h" else "e", actions, t)
    blocks += _deeper(held, t)
    rows += [
        _times(automation, place, t),
        [
            button(
                t.label("rule-remove-part"),
                cb.RemovePart(automation=about, version=version, part="a", place=place),
            )
        ],
        [button(t.label("ui-back"), cb.OpenParts(automation=about))],
    ]
    return Screen.of("\n\n".join([*blocks, t("rule-form-note")]), keyboard(*rows))


def _ways(
    automation: Automation, place: int, way: Literal["h", "e"], actions: Sequence[Any], t: Translator
) -> list[Row]:
    """Return a button for each action of one way, and the one that adds another."""
    name = t.label("rule-way-then" if way == "h" else "rule-way-else")
    pieces = [
        button(
            t.label("rule-part-way", way=name, n=str(number + 1), what=action_name(one, t)),
            cb.OpenPart(automation=automation.id, part=way, place=place * drafting.WITHIN + number),
        )
        for number, one in enumerate(actions[:_MOST])
        if isinstance(one, Mapping) and drafting.kind_of(one) != "branch"
    ]
    chosen = cb.ChooseKind(automation=automation.id, part=way, outer=place)
    return [*grid(pieces, 2), [button(t.label(f"rule-add-{'then' if way == 'h' else 'else'}"), chosen)]]


def _times(automation: Automation, place: int, t: Translator) -> list[InlineKeyboardButton]:
    """Return what is asked of the branch itself: when it is decided."""
    return [
        button(
            t.label(f"rule-field-{field.name}"),
            cb.EditField(
                automation=automation.id, version=automation.version, part="a", place=place, field=number
            ),
        )
        for number, field in enumerate(action_form("branch"))
        if field.kind not in drafting.WHOLE
    ]


def _conditions(
    automation: Automation, part: Literal["g", "b"], place: int, found: Sequence[Any], t: Translator
) -> list[InlineKeyboardButton]:
    return [
        button(
            t.label("rule-part-condition", n=str(number + 1)),
            cb.OpenPart(automation=automation.id, part=part, place=place * drafting.WITHIN + number),
        )
        for number, one in enumerate(found[:_MOST])
        if drafting.is_simple(one)
    ]


def _deeper(found: Sequence[Any], t: Translator) -> list[Markup]:
    """Say that what is nested deeper, or stands too far down, is changed as JSON."""
    deep = any(
        drafting.group_kind(one) is not None
        or (isinstance(one, Mapping) and drafting.kind_of(one) == "branch")
        for one in found
    )
    return [t("rule-deeper")] if deep or len(found) > _MOST else []


def _listed(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return [value] if value else []
