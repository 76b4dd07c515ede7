"""Are retired names replaced, told once, and prices known?"""

from decimal import Decimal

import pytest
from structlog.testing import capture_logs

from core.ai import models_map, prices
from core.settings.service import Ai


@pytest.mark.parametrize(
    ("name", "served"),
    [
        ("claude-3-5-sonnet", "claude-sonnet-5-5"),
        ("claude-3-haiku", "claude-haiku-5-5"),
        ("claude-3-5-sonnet-20241022", "claude-sonnet-5-5"),
        ("claude-3-5-sonnet-latest", "claude-sonnet-5-5"),
        ("claude-3-7-sonnet-20250219", "claude-sonnet-5-5"),
        ("claude-sonnet-4-20250514", "claude-sonnet-5-5"),
        ("claude-sonnet-4-5-20250929", "claude-sonnet-5-5"),
        ("claude-3-5-haiku-latest", "claude-haiku-5-5"),
        ("claude-instant-1.2", "claude-haiku-5-5"),
        ("claude-opus-4-0", "claude-opus-5-5"),
        ("claude-3-opus-20240229", "claude-opus-5-5"),
        ("claude-2.1", "claude-sonnet-5-5"),
        ("claude-mythos-preview", "claude-mythos-5-2"),
        (" claude-sonnet-5-5 ", "claude-sonnet-5-5"),
        ("claude-sonnet-4-6", "claude-sonnet-4-6"),
        ("claude-sonnet-5", "claude-sonnet-5"),
        ("claude-opus-4-8", "claude-opus-4-8"),
        ("llama-house", "llama-house"),
    ],
)
def test_names(name: str, served: str) -> None:
    assert models_map.resolve(name) == served


def test_everything_the_sdk_calls_deprecated_is_replaced() -> None:
    from anthropic.resources.messages.messages import DEPRECATED_MODELS

    for name in DEPRECATED_MODELS:
        assert models_map.resolve(name) not in DEPRECATED_MODELS


def test_a_replacement_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models_map, "_told", set())
    with capture_logs() as logs:
        for _ in range(3):
            models_map.resolve("claude-3-haiku")
        models_map.resolve("claude-haiku-5-5")
    assert [(entry["event"], entry["configured"]) for entry in logs] == [
        ("ai_model_replaced", "claude-3-haiku")
    ]


def test_prices() -> None:
    million = {"input_tokens": 1_000_000, "output_tokens": 1_000_000}
    assert prices.cost("claude-sonnet-5-5", million) == Decimal(12)
    cached = {"input_tokens": 0, "cache_read_input_tokens": 1_000_000, "output_tokens": 0}
    cheap = prices.cost("claude-sonnet-5-5", cached)
    assert cheap is not None
    assert 0 < cheap < 2  # what an uncached million costs
    assert prices.cost("llama-house", million) is None
    assert prices.cost("claude-sonnet-5-5", {}) is None


def test_the_default_models_have_a_price() -> None:
    """Without one the daily cap could not be kept."""
    for name in (Ai().default_model, Ai().fallback_model):
        assert prices.upper_bound(models_map.resolve(name), prompt_bytes=1000, max_tokens=1000) is not None


@pytest.mark.parametrize("way", ["input_tokens", "cache_creation_input_tokens", "cache_read_input_tokens"])
def test_the_upper_bound_is_above_anything_the_call_can_cost(way: str) -> None:
    most = prices.upper_bound(
        "claude-sonnet-5-5", prompt_bytes=4000 * prices.BYTES_PER_TOKEN, max_tokens=1000
    )
    cost = prices.cost("claude-sonnet-5-5", {"input_tokens": 0, "output_tokens": 1000} | {way: 4000})
    assert most is not None
    assert cost is not None
    assert most >= cost
