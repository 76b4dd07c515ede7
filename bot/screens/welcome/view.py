"""What does the first run show? One question a screen, each with a way on and a way back."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from babel import Locale

from bot.i18n import Markup, Translator
from bot.screens.channels.callbacks import ConnectFor
from bot.screens.help.callbacks import OpenHelp
from bot.screens.home.callbacks import Home
from bot.screens.welcome.callbacks import GoTo, KeepZone, LikelyZone
from bot.ui import format as fmt
from bot.ui.keyboard import Row, Style, button, grid, keyboard
from bot.ui.screen import Screen
from core.products.models import Product
from core.settings.first_run import Step
from core.settings.typed_zone import Meant
from core.settings.zones import parse_zone

# Offered before anything is typed, by the language spoken.
LIKELY = {
    "ru": (
        "Europe/Moscow", "Europe/Kaliningrad", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Almaty", "Asia/Tbilisi",
    ),
    "en": (
        "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Dubai", "Asia/Singapore",
    ),
}  # fmt: skip
_NAME = 100  # characters of a name in a text


def likely(language: str) -> Sequence[str]:
    """Return the zones offered at once."""
    return LIKELY.get(language, LIKELY["en"])


def called(t: Translator, meant: Meant) -> str:
    """Return how what was typed is called back: the city with its country, or the zone."""
    if not meant.city:
        return fmt.place(t, meant.zone)
    country = Locale.parse(t.language).territories.get(meant.country, meant.country)
    return f"{meant.city}, {country}"


def zone_question(t: Translator, current: tzinfo, now: datetime) -> Screen:
    """Ask where the owner lives; the likely places say what time it is there."""
    offered = [
        button(f"{fmt.place(t, name)} · {fmt.clock(now, parse_zone(name))}", LikelyZone(place=number))
        for number, name in enumerate(likely(t.language))
    ]
    return Screen.of(
        t("welcome-zone", zone=fmt.zone_name(current, now), time=fmt.clock(now, current)),
        keyboard(*grid(offered, 2), _around(t, back=Step.LANGUAGE, past=Step.PRODUCT)),
    )


def zone_confirm(t: Translator, meant: Meant, now: datetime) -> Screen:
    """Show the found place with the time it is there."""
    text = t(
        "welcome-zone-confirm",
        place=fmt.short(called(t, meant), _NAME),
        time=fmt.clock(now, parse_zone(meant.zone)),
        zone=meant.zone,
    )
    return Screen.of(
        text,
        keyboard(
            [button(t.label("welcome-zone-yes"), KeepZone(place=0), style=Style.SUCCESS)],
            [button(t.label("welcome-zone-other"), GoTo(step=Step.ZONE))],
        ),
    )


def zone_choice(t: Translator, meant: Sequence[Meant], now: datetime) -> Screen:
    """Several places are called so: choose one, by its country and its time."""
    rows = [
        [button(f"{called(t, one)} · {fmt.clock(now, parse_zone(one.zone))}", KeepZone(place=number))]
        for number, one in enumerate(meant)
    ]
    return Screen.of(
        t("welcome-zone-which"),
        keyboard(*rows, [button(t.label("welcome-zone-other"), GoTo(step=Step.ZONE))]),
    )


def product_question(t: Translator, made: Product | None) -> Screen:
    """Ask for the first product's name."""
    text = (
        t("welcome-product") if made is None else t("welcome-product-again", name=fmt.short(made.name, _NAME))
    )
    past = Step.DESCRIPTION if made is not None else Step.DONE
    return Screen.of(text, keyboard(_around(t, back=Step.ZONE, past=past, kept=made is not None)))


def description_question(t: Translator, made: Product, limit: int) -> Screen:
    """Ask what the product is."""
    text = t("welcome-description", name=fmt.short(made.name, _NAME), limit=limit)
    return Screen.of(
        text,
        keyboard(_around(t, back=Step.PRODUCT, past=Step.CHANNEL, kept=made.description is not None)),
    )


def channel_question(t: Translator, made: Product) -> Screen:
    """Offer to connect the first channel."""
    return Screen.of(
        t("welcome-channel", name=fmt.short(made.name, _NAME)),
        keyboard(
            [button(t.label("channels-connect"), ConnectFor(product=made.id), style=Style.PRIMARY)],
            _around(t, back=Step.DESCRIPTION, past=Step.DONE),
        ),
    )


def done(t: Translator, *, product: str | None, channel: bool, back: Step) -> Screen:
    """Say what is ready, what is not, and what to try."""
    lines: list[Markup] = [t("welcome-done")]
    if product is None:
        lines.append(t("welcome-done-no-product"))
    elif not channel:
        lines.append(t("welcome-done-no-channel", name=fmt.short(product, _NAME)))
    if product is not None:
        lines.append(t("welcome-done-try"))
    return Screen.of(
        "\n\n".join(lines),
        keyboard(
            [button(t.label("ui-home"), Home(), style=Style.PRIMARY)],
            [button(t.label("ui-back"), GoTo(step=back)), button(t.label("home-help"), OpenHelp())],
        ),
    )


def _around(t: Translator, *, back: Step, past: Step, kept: bool = False) -> Row:
    return [
        button(t.label("ui-back"), GoTo(step=back)),
        button(t.label("welcome-keep" if kept else "welcome-skip"), GoTo(step=past)),
    ]
