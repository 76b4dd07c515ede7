"""What do the commands that make drafts show? What can be sent, and the question which product is meant."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import Translator
from bot.screens.cancel.callbacks import CancelForm
from bot.screens.compose import callbacks as cb
from bot.screens.home.callbacks import Home
from bot.screens.week.callbacks import PlanWeek
from bot.ui import format as fmt
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen

_OFFERED = 20


@dataclass(frozen=True, slots=True)
class ProductName:
    """A product to choose."""

    product_id: uuid.UUID
    name: str


def new_post(current: ProductName, others: Sequence[ProductName], t: Translator) -> Screen:
    """Say what can be sent, and for which product it will be."""
    switch = [
        button(fmt.short(item.name, 30), cb.NewPostOf(product=item.product_id)) for item in others[:_OFFERED]
    ]
    text = t("compose-new", product=fmt.short(current.name))
    if switch:
        text = type(text)(f"{text}\n\n{t('compose-switch')}")
    return Screen.of(
        text,
        keyboard(
            *grid(switch, 2),
            [
                button(t.label("compose-week"), PlanWeek(product=current.product_id)),
                button(t.label("ui-home"), Home()),
            ],
        ),
    )


def which(products: Sequence[ProductName], typed: str, t: Translator, *, known: bool) -> Screen:
    """Ask which product the text is for: several are meant by what was typed, or none is."""
    rows = [
        [button(fmt.short(item.name, 60), cb.ForProduct(product=item.product_id))]
        for item in products[:_OFFERED]
    ]
    text = t("compose-which") if known else t("compose-unknown", name=fmt.short(typed, 60))
    return Screen.of(text, keyboard(*rows, [button(t.label("ui-cancel"), CancelForm())]))
