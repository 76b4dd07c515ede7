"""What does the owner mean by a name after /pause or /resume? Everything, a product, or an automation."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from bot.context import Context
from bot.screens.pause.view import ProductState
from core.automations import service as automations
from core.products import service as products

_EVERYTHING = {"all", "everything", "все", "всё"}


@dataclass(frozen=True, slots=True)
class Named:
    """What is called so."""

    products: Sequence[ProductState]
    automations: Sequence[tuple[uuid.UUID, str]]


def is_everything(name: str) -> bool:
    """Tell whether all publishing is meant."""
    return name.casefold() in _EVERYTHING


async def find(ctx: Context, name: str) -> Named:
    """Return the products with this name or slug, and the automations with this name, whatever their case."""
    wanted = " ".join(name.split()).casefold()
    async with ctx.runtime.unit_of_work() as session:
        called = [
            ProductState(product.id, product.name, product.paused_at)
            for product in await products.list_active(session)
            if wanted in {product.slug, product.name.casefold()}
        ]
        rules = [(found.id, found.name) for found in await automations.named(session, name)]
    return Named(called, rules)
