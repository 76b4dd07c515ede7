"""A price is of the model that is asked, whatever the setting calls it."""

from core.ai import offering
from core.config import Settings
from core.settings.service import Ai


def test_a_retired_name_costs_what_the_model_in_its_place_costs(settings: Settings) -> None:
    asked = offering.priced(settings, Ai(), "claude-sonnet-5-5")
    retired = offering.priced(settings, Ai(), "claude-3-5-sonnet")
    assert asked.price is not None
    assert retired.price == asked.price


def test_every_model_that_is_offered_has_a_price(settings: Settings) -> None:
    assert [one.name for one in offering.offers(settings, Ai()) if one.price is None] == []
