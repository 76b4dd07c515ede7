"""What do calls add up to, and by what are they added up?"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Spent:
    """Sums over calls. ``unpriced`` calls have a model whose price is not known; they count as nothing."""

    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: Decimal
    unpriced: int


NOTHING = Spent(0, 0, 0, Decimal(0), 0)


class Group(StrEnum):
    """What calls are added up by."""

    PRODUCT = "product"
    MODEL = "model"
    PURPOSE = "purpose"
