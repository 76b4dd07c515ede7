"""What does a call cost? The price table that ships with genai-prices, read without any network."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import genai_prices
from genai_prices import data_snapshot

ANTHROPIC = "anthropic"
# Bytes of UTF-8 that a token has at the least in the texts we send. Russian prose comes to 5 or 6, English to 4, JSON
# and Markdown to 3; two leaves room for emoji, digits and tokenizers that cut finer than the ones of today.
BYTES_PER_TOKEN = 2


def list_for(base_url: str) -> str | None:
    """Return the price list of the server at ``base_url``, None for one that nobody has a list of (a local one)."""
    try:
        return data_snapshot.get_snapshot().find_provider(None, None, base_url).id
    except LookupError:
        return None


def cost(model: str, usage: Mapping[str, Any], price_list: str | None = ANTHROPIC) -> Decimal | None:
    """Return the price in USD of one call whose answer reported ``usage`` (the API's object), or None when unknown."""
    if price_list is None:
        return None
    try:
        if price_list != ANTHROPIC:
            return _of_chat(model, usage, price_list)
        extracted = genai_prices.extract_usage({"model": model, "usage": dict(usage)}, provider_id=price_list)
        return extracted.calc_price().total_price
    except (LookupError, ValueError):  # an unknown model, or numbers that make no sense
        return None


def upper_bound(
    model: str, *, prompt_bytes: int, max_tokens: int, price_list: str | None = ANTHROPIC
) -> Decimal | None:
    """Return the most a call can cost in USD, or None when the model's price is unknown.

    The prompt's tokens are counted as its bytes by ``BYTES_PER_TOKEN``; writing all of it to the cache is the dearest
    way it can be sent, where that has a price at all.
    """
    prompt_tokens = -(-prompt_bytes // BYTES_PER_TOKEN)
    if price_list == ANTHROPIC:
        dearest = {
            "input_tokens": 0,
            "cache_creation_input_tokens": prompt_tokens,
            "output_tokens": max_tokens,
        }
        return cost(model, dearest)
    plain = {"prompt_tokens": prompt_tokens, "completion_tokens": max_tokens}
    written = plain | {"prompt_tokens_details": {"cache_write_tokens": prompt_tokens}}
    known = [
        price for price in (cost(model, way, price_list) for way in (plain, written)) if price is not None
    ]
    return max(known, default=None)


def _of_chat(model: str, usage: Mapping[str, Any], price_list: str) -> Decimal:
    """The price of a chat completion. Raises ``LookupError`` or ``ValueError``."""
    try:
        extracted = genai_prices.extract_usage(
            {"model": model, "usage": dict(usage)}, provider_id=price_list, api_flavor="chat"
        )
        return extracted.calc_price().total_price
    except ValueError:  # the table does not say how this server counts, but it does so like the others
        sent, made = usage["prompt_tokens"], usage["completion_tokens"]
        if not (isinstance(sent, int) and isinstance(made, int) and min(sent, made) >= 0):
            raise
        counted = genai_prices.Usage(input_tokens=sent, output_tokens=made)
        return genai_prices.calc_price(counted, model, provider_id=price_list).total_price
