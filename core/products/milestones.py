"""Which numbers does a product celebrate beside the round ones? Its own, in its settings, added and taken away."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import InvalidInput, NotFound
from core.products.models import Product

What = Literal["followers", "reach"]
WHATS: tuple[What, ...] = ("followers", "reach")
MOST = 12  # of each
HIGHEST = 10**12
_KEY = "milestones"


def own(settings: Mapping[str, Any]) -> dict[What, list[int]]:
    """Return a product's own milestones, the lowest first; what else may stand there is not taken for one."""
    named = settings.get(_KEY)
    return {what: _numbers(named.get(what) if isinstance(named, Mapping) else None) for what in WHATS}


async def add(session: AsyncSession, product_id: uuid.UUID, what: What, numbers: Iterable[int]) -> list[int]:
    """Add milestones; those that are there already stay. Return them all.

    Raises ``NotFound``, and ``InvalidInput`` with ``reason``: out-of-range, too-many.
    """
    wanted = set(numbers)
    if not all(0 < number <= HIGHEST for number in wanted):
        raise InvalidInput(f"a milestone is a number from 1 to {HIGHEST}", reason="out-of-range")
    product = await _locked(session, product_id)
    standing = own(product.settings)
    together = sorted({*standing[what], *wanted})
    if len(together) > MOST:
        raise InvalidInput(f"there are at most {MOST} milestones of a kind", reason="too-many")
    _keep(product, standing | {what: together})
    return together


async def remove(session: AsyncSession, product_id: uuid.UUID, what: What, number: int) -> bool:
    """Take one away. False when it is not there. Raises ``NotFound``."""
    product = await _locked(session, product_id)
    standing = own(product.settings)
    if number not in standing[what]:
        return False
    _keep(product, standing | {what: [one for one in standing[what] if one != number]})
    return True


async def clear(session: AsyncSession, product_id: uuid.UUID) -> None:
    """Go back to the round numbers alone. Raises ``NotFound``."""
    _keep(await _locked(session, product_id), {what: [] for what in WHATS})


def _keep(product: Product, numbers: Mapping[What, list[int]]) -> None:
    rest = {name: value for name, value in product.settings.items() if name != _KEY}
    kept = {what: found for what, found in numbers.items() if found}
    product.settings = rest | ({_KEY: kept} if kept else {})


def _numbers(value: Any) -> list[int]:
    found = value if isinstance(value, list) else []
    return sorted({n for n in found if isinstance(n, int) and not isinstance(n, bool) and 0 < n <= HIGHEST})


async def _locked(session: AsyncSession, product_id: uuid.UUID) -> Product:
    product = await session.get(Product, product_id, with_for_update=True, populate_existing=True)
    if product is None:
        raise NotFound("there is no such product", product_id=product_id)
    return product
