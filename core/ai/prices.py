"""What does a call cost? The price table that ships with genai-prices, read without any network."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import genai_prices
from genai_prices import data_snapshot
from genai_prices.types import ModelInfo, TieredPrices

ANTHROPIC = "anthropic"
# Bytes of UTF-8 that a token has at the least in the texts we send. Russian prose comes to 5 or 6, English to 4, JSON
# and Markdown to 3; two leaves room for emoji, digits and tokenizers that cut finer than the ones of today.
BYTES_PER_TOKEN = 2
_LONG_ENOUGH = 32_000  # tokens a model must be able to read, to be offered for writing posts


@dataclass(frozen=True, slots=True)
class PerMillion:
    """USD for a million tokens read and written; long prompts may cost more."""

    read: Decimal
    written: Decimal


def list_for(base_url: str) -> str | None:
    """Return the price list of the server at ``base_url``, None for one that nobody has a list of (a local one)."""
    try:
        return data_snapshot.get_snapshot().find_provider(None, None, base_url).id
    except LookupError:
        return None


def per_million(model: str, price_list: str) -> PerMillion | None:
    """Return what ``model`` costs today by the million tokens, or None when unknown."""
    try:
        _, found = data_snapshot.get_snapshot().find_provider_model(model, None, price_list, None)
    except LookupError:
        return None
    price = found.get_prices(datetime.now(UTC))
    read, written = _base(price.input_mtok), _base(price.output_mtok)
    return PerMillion(read, written) if read is not None and written is not None else None


def writers(price_list: str) -> list[str]:
    """Return the models in a list that read and write text, as far as the list tells."""
    provider = data_snapshot.get_snapshot().find_provider(None, price_list, None)
    return [
        model.id
        for model in provider.models
        if (model.context_window or 0) >= _LONG_ENOUGH
        and not model.deprecated
        and not _hears(model)
        and per_million(model.id, price_list) is not None
    ]


def _hears(model: ModelInfo) -> bool:
    return model.get_prices(datetime.now(UTC)).input_audio_mtok is not None


def _base(price: Decimal | TieredPrices | None) -> Decimal | None:
    return price.base if isinstance(price, TieredPrices) else price


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
