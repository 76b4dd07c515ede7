"""Every screen about products, with difficult values."""

from collections.abc import Callable

from bot.i18n import Translator
from bot.screens.products import milestones_view, view
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.products.milestones import WHATS
from core.products.voice import BrandVoice
from tests.bot.samples import ID, NAME

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
_LINES = [view.ProductLine(ID, NAME, [NAME] * 5, paused=True), view.ProductLine(ID, "x", [])] * 4


def card(**changes: object) -> view.ProductCard:
    """Return a product's card."""
    values: dict[str, object] = {
        "product_id": ID, "name": NAME, "slug": "a" * 100, "description": "<b>&" * 250, "channels": [NAME] * 9,
        "drafts": 5, "queued": 0, "current": True, "paused": True, "archived": False,
        "voice": BrandVoice(personality=["<тихий>" * 8] * 12),
    }  # fmt: skip
    return view.ProductCard(**(values | changes))  # type: ignore[arg-type]


SCREENS["products"] = lambda t: view.products(_LINES, ID, Page(8, 8, 99), t, put_away=3)
SCREENS["products empty"] = lambda t: view.products([], None, Page(0, 8, 0), t)
SCREENS["products archive"] = lambda t: view.products(_LINES, ID, Page(0, 8, 9), t, archived=True)
SCREENS["products archive empty"] = lambda t: view.products([], None, Page(0, 8, 0), t, archived=True)
SCREENS["product"] = lambda t: view.product(card(), t)
SCREENS["product bare"] = lambda t: view.product(
    card(description=None, channels=[], current=False, paused=False, voice=BrandVoice()), t
)
SCREENS["product must say"] = lambda t: view.product(card(voice=BrandVoice(must_say=["x"])), t)
SCREENS["product archived"] = lambda t: view.product(card(archived=True), t)
SCREENS["product archive?"] = lambda t: view.ask_archive(card(), t)
SCREENS["product archive 1?"] = lambda t: view.ask_archive(card(queued=1), t)
SCREENS["product archive 5?"] = lambda t: view.ask_archive(card(queued=5), t)
_many = milestones_view.Milestones(ID, NAME, {what: range(10**12 - 11, 10**12 + 1) for what in WHATS})
SCREENS["milestones"] = lambda t: milestones_view.milestones(_many, t)
SCREENS["milestones none"] = lambda t: milestones_view.milestones(
    milestones_view.Milestones(ID, "x", {what: [] for what in WHATS}), t
)
SCREENS["milestones ask followers"] = lambda t: milestones_view.ask(ID, "followers", t)
SCREENS["milestones ask reach"] = lambda t: milestones_view.ask(ID, "reach", t)
