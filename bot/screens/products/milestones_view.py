"""What is shown of a product's milestones? The round numbers that all celebrate, and its own, each a tap to take away."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.i18n import Markup, Translator
from bot.screens.products import callbacks as cb
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.keyboard import Row, button, grid, keyboard
from bot.ui.screen import Screen
from core.analytics.milestones import FIRST
from core.products.milestones import WHATS, What


@dataclass(frozen=True, slots=True)
class Milestones:
    """A product and its own milestones."""

    product_id: uuid.UUID
    name: str
    own: Mapping[What, Sequence[int]]


def milestones(model: Milestones, t: Translator) -> Screen:
    """Draw them."""
    about = model.product_id
    blocks: list[str] = [t("milestones-title", name=fmt.short(model.name, 100)), t("milestones-about")]
    rows: list[Row] = []
    for what in WHATS:
        numbers = model.own.get(what, ())
        named = ", ".join(fmt.number(t, number) for number in numbers)
        own = t("milestones-own", numbers=named) if numbers else t("milestones-none")
        blocks.append(Markup(f"{t(f'milestones-of-{what}', first=fmt.number(t, FIRST[what]))}\n{own}"))
        taken = [
            button(
                t.label(f"milestones-remove-{what}", number=fmt.number(t, number)),
                cb.RemoveMilestone(product=about, what=what, number=number),
            )
            for number in numbers
        ]
        rows += grid(taken, 3)
    rows.append(
        [
            button(t.label(f"milestones-add-{what}"), cb.AddMilestones(product=about, what=what))
            for what in WHATS
        ]
    )
    if any(model.own.values()):
        rows.append([button(t.label("milestones-clear"), cb.ClearMilestones(product=about))])
    back = button(t.label("ui-back"), cb.OpenProduct(product=about))
    return Screen.of("\n\n".join(blocks), keyboard(*rows, [back]))


def ask(product_id: uuid.UUID, what: What, t: Translator) -> Screen:
    """Ask for more of them."""
    return form.question(t, t(f"milestones-ask-{what}"), cancel=cb.OpenMilestones(product=product_id))
