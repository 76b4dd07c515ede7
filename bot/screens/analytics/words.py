"""How are measured things called? Properties of posts, differences in per cent, and the unit a platform counts in."""

from datetime import date, timedelta

from babel.dates import format_date
from babel.numbers import format_decimal, format_percent

from bot.i18n import Translator
from bot.screens.voice.words import kind_name
from bot.ui import format as fmt
from core.analytics.measuring import Unit
from core.analytics.model import Effect
from core.analytics.traits import Trait

_MONDAY = date(2024, 1, 1)


def trait_name(t: Translator, trait: Trait, value: str) -> str:
    """Return a property in words: "с картинкой", "вечером", "в пятницу", "«Веха»"."""
    if trait is Trait.KIND:
        return t.label("trait-kind", kind=fmt.short(kind_name(t, value), 40))
    if trait is Trait.WEEKDAY:
        return t.label(f"trait-weekday-{value}")
    return t.label(f"trait-{trait.value}-{value}")


def weekday(t: Translator, number: int) -> str:
    """Return the short name of a weekday, 0 being Monday."""
    return str(format_date(_MONDAY + timedelta(days=number), "EEE", locale=t.language))


def difference(t: Translator, ratio: float) -> str:
    """Return how much more or less: 1.4 is "+40 %"."""
    sign = "+" if ratio >= 1 else "−"
    return sign + str(format_percent(abs(round(ratio - 1, 2)), locale=t.language))


def effect_line(t: Translator, effect: Effect) -> str:
    """Return a property with what it did: "↑ с картинкой +40 %"."""
    arrow = "↑" if effect.ratio >= 1 else "↓"
    return f"{arrow} {trait_name(t, effect.trait, effect.value)} {difference(t, effect.ratio)}"


def amount(t: Translator, value: float, unit: Unit) -> str:
    """Return a number in its unit: whole for a count, one decimal and the sign for a rate."""
    if unit is Unit.RATE:
        return str(
            format_percent(
                value / 100, format="#,##0.0 %" if t.language == "ru" else "#,##0.0%", locale=t.language
            )
        )
    return str(format_decimal(round(value), locale=t.language))


def unit_name(t: Translator, platform: str, unit: Unit) -> str:
    """Return what is counted on a platform."""
    if unit is Unit.RATE:
        return t.label("unit-rate")
    return t.label("unit-reactions" if platform == "telegram" else "unit-engagements")
