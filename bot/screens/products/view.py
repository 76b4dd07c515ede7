"""What does the products screen show?"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from bot.i18n import Translator
from bot.screens.home.callbacks import Home
from bot.screens.products.callbacks import AddProduct, ChooseProduct
from bot.ui import format as fmt
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen

_SHOWN = 40  # products; one owner has several, not hundreds


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product and its channels' names."""

    product_id: uuid.UUID
    name: str
    channels: Sequence[str]


def products(lines: Sequence[ProductLine], current: uuid.UUID | None, t: Translator) -> Screen:
    """Draw the list; the current product is marked."""
    home = button(t.label("ui-home"), Home())
    add = button(t.label("products-add"), AddProduct())
    if not lines:
        return Screen.of(t("products-empty"), keyboard([add], [home]))
    shown = lines[:_SHOWN]
    text = [t("products-title", n=len(lines)), ""]
    for line in shown:
        channels = ", ".join(line.channels) or t.label("products-no-channels")
        key = "products-current" if line.product_id == current else "products-line"
        text.append(t(key, name=fmt.short(line.name, 40), channels=fmt.short(channels, 40)))
    choices = [
        button(
            ("• " if line.product_id == current else "") + line.name, ChooseProduct(product=line.product_id)
        )
        for line in shown
    ]
    return Screen.of("\n".join(text), keyboard(*grid(choices, 2), [add], [home]))
