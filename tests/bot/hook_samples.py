"""Every screen about where a product's events come in, with difficult values."""

from collections.abc import Callable
from datetime import timedelta

from bot.i18n import Translator
from bot.screens.events.hooks import view
from bot.ui.screen import Screen
from core.settings.zones import parse_zone
from tests.bot.samples import ID, NAME, NOW

ZONE = parse_zone("Europe/Moscow")
_ADDRESS = "https://" + "a" * 63 + ".example.org/api/events/" + "a" * 100


def model(**changes: object) -> view.HookModel:
    """Return where a product's events come in."""
    values: dict[str, object] = {
        "product_id": ID, "name": NAME, "address": _ADDRESS, "public": False, "on": True, "version": 2**32 - 1,
        "previous_until": NOW + timedelta(days=7),
    }  # fmt: skip
    return view.HookModel(**(values | changes))  # type: ignore[arg-type]


SCREENS: dict[str, Callable[[Translator], Screen]] = {
    "hook": lambda t: view.hook(model(), t, ZONE, NOW),
    "hook one secret": lambda t: view.hook(model(public=True, previous_until=None), t, ZONE, NOW),
    "hook off": lambda t: view.hook(model(on=False, version=0), t, ZONE, NOW),
    "hook made": lambda t: view.made(model(), "whsec_<b>&" + "x" * 118, t, ZONE, NOW),
    "hook made first": lambda t: view.made(model(previous_until=None), "whsec_" + "x" * 32, t, ZONE, NOW),
    "hook remove?": lambda t: view.ask_remove(model(), t),
}
