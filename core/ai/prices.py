"""What does a call cost? The price table that ships with genai-prices, read without any network."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import genai_prices

_PROVIDER = "anthropic"


def cost(model: str, usage: Mapping[str, Any]) -> Decimal | None:
    """Return the price in USD of one call whose answer reported ``usage`` (the API's object), or None when unknown."""
    try:
        extracted = genai_prices.extract_usage({"model": model, "usage": dict(usage)}, provider_id=_PROVIDER)
        return extracted.calc_price().total_price
    except (LookupError, ValueError):  # an unknown model, or numbers that make no sense
        return None


def upper_bound(model: str, *, prompt_bytes: int, max_tokens: int) -> Decimal | None:
    """Return the most a call can cost in USD, or None when the model's price is unknown.

    A token is never shorter than one byte, so the prompt's bytes bound its tokens; writing all of it to the
    five-minute cache is the dearest way it can be sent.
    """
    dearest = {"input_tokens": 0, "cache_creation_input_tokens": prompt_bytes, "output_tokens": max_tokens}
    return cost(model, dearest)
