"""How are the values of settings said?"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from bot.i18n import Translator
from bot.screens.settings.fields import Code, Shape, Spec
from bot.ui import format as fmt
from core.ai import models_map
from core.ai.offering import Offer
from core.ai.prices import PerMillion
from core.errors import InvalidInput
from core.settings.service import Ai
from core.settings.zones import parse_zone

_NAME = 60  # characters of a model's name
_AS_SHIPPED = frozenset({Ai().default_model, Ai().fallback_model})


def name_of(t: Translator, code: Code) -> str:
    """Return what the setting is called."""
    return t.label(f"setting-{code.value}")


def said(t: Translator, code: Code, spec: Spec, value: Any, now: datetime) -> str:
    """Return a value of the setting in words, as plain text."""
    exact = f"setting-{code.value}-{_key(value)}"
    if spec.shape is not Shape.ZONE and t.has(exact):
        return t.label(exact)
    match spec.shape:
        case Shape.SWITCH:
            return t.label("settings-on" if value else "settings-off")
        case Shape.NUMBER if value is not None:
            return t.label(f"settings-unit-{spec.unit}", n=int(value) if value == int(value) else value)
        case Shape.MONEY:
            return t.label("settings-no-limit") if value is None else fmt.money(t, Decimal(str(value)))
        case Shape.HOURS:
            return t.label("settings-no-quiet") if value is None else f"{value[0]}–{value[1]}"
        case Shape.ZONE:
            return zone(t, str(value), now)
        case Shape.MODEL:
            return model(t, str(value))
        case _:
            return str(value)


def _key(value: Any) -> str:
    """The end of the key of a value that has words of its own."""
    if value is None:
        return "none"
    return f"{value:g}" if isinstance(value, int | float) else str(value)


def zone(t: Translator, name: str, now: datetime) -> str:
    """Return a zone by its place and what its clocks show: "Москва (12:00)"."""
    try:
        return f"{fmt.place(t, name)} ({fmt.clock(now, parse_zone(name))})"
    except InvalidInput:  # offered by this release, unknown to the machine's table of zones
        return name


def model(t: Translator, name: str) -> str:
    """Return the model that is asked; a retired one that somebody chose is named with it."""
    if not name:
        return t.label("settings-no-model")
    served = models_map.resolve(name)
    # The data model's own defaults are retired too, and tell nothing to an owner who never chose them.
    return (
        served
        if name in {served, *_AS_SHIPPED}
        else t.label("settings-model-instead", served=served, name=name)
    )


def price(t: Translator, cost: PerMillion | None) -> str:
    """Return what a million tokens cost, read and written: "$2.00 / $10.00"."""
    if cost is None:
        return t.label("settings-price-unknown")
    return f"{fmt.money(t, cost.read)} / {fmt.money(t, cost.written)}"


def offer(t: Translator, given: Offer) -> str:
    """Return a model with its price, for a button."""
    return f"{fmt.short(given.name, _NAME - 20)} · {price(t, given.price)}"
