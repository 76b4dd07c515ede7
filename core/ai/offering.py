"""Which models can be chosen, and what do a million of their tokens cost?"""

import re
from dataclasses import dataclass

from core.ai import models_map, openai, prices
from core.ai.prices import PerMillion
from core.config import Settings
from core.settings.service import Ai

_VERSION = re.compile(r"\d+(?:\.\d+)?")
_NO_VERSION = 20.0  # a number above it is a size or a date


@dataclass(frozen=True, slots=True)
class Offer:
    """A model's name and its price; None when nobody knows it."""

    name: str
    price: PerMillion | None


def offers(settings: Settings, ai: Ai) -> list[Offer]:
    """Return the models of the chosen provider. A server without a price list has none: only its owner knows them."""
    if ai.provider == "anthropic":
        return [priced(settings, ai, name) for name in models_map.SERVED]
    listed = _price_list(settings, ai)
    names = prices.writers(listed) if listed is not None else []
    return [priced(settings, ai, name) for name in sorted(names, key=_version, reverse=True)]


def priced(settings: Settings, ai: Ai, name: str) -> Offer:
    """Return the model that is asked when ``name`` is chosen, with its price."""
    listed = _price_list(settings, ai)
    if ai.provider == "anthropic":
        name = models_map.resolve(name)  # what is asked, and paid for
    return Offer(name, prices.per_million(name, listed) if listed is not None else None)


def _price_list(settings: Settings, ai: Ai) -> str | None:
    if ai.provider == "anthropic":
        return prices.ANTHROPIC
    return prices.list_for(openai.base_url(settings))


def _version(name: str) -> tuple[float, str]:
    """Order names by the version they carry: gpt-6.1 after gpt-5.4, whatever comes around it."""
    found = _VERSION.search(name)
    number = float(found[0]) if found else 0.0
    return (number if number < _NO_VERSION else 0.0), name
