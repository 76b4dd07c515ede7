"""Every screen of the settings, with difficult values."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from bot.i18n import Markup, Translator
from bot.screens.settings import view
from bot.screens.settings.fields import SPECS, Code, Section
from bot.ui.screen import Screen
from core.ai.offering import Offer
from core.ai.prices import PerMillion
from core.platforms.registry import PLATFORMS
from core.settings.service import Ai, General, Notifications, Publishing
from core.settings.typed_zone import Meant
from tests.bot.samples import NAME, NOW

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
_OFFERS = [Offer("m" * 90, PerMillion(Decimal("0.039"), Decimal("15"))), Offer(NAME, None)] * 6
MODEL = view.SettingsModel(
    General(
        timezone="America/Argentina/ComodRivadavia",
        notifications=Notifications(quiet_from="23:00", quiet_to="08:00"),
    ),
    Publishing(
        max_per_platform_per_day={"telegram": 3}, quiet_from="00:00", quiet_to="09:00", min_gap_hours=2.5
    ),
    Ai(default_model=NAME, daily_cap_usd=0, monthly_cap_usd=99_999.99),
    NOW,
    offers=_OFFERS,
    chosen={NAME: _OFFERS[0]},
    muted=99_999,
)
BARE = replace(
    MODEL,
    general=General(),
    publishing=Publishing(),
    ai=Ai(provider="openai"),
    offers=(),
    chosen={},
    muted=0,
)  # fmt: skip


def _one(model: view.SettingsModel, code: Code) -> Callable[[Translator], Screen]:
    return lambda t: view.one(model, code, t, offset=8)


def _section(model: view.SettingsModel, section: Section) -> Callable[[Translator], Screen]:
    return lambda t: view.section(model, section, t)


for _name, _model in {"full": MODEL, "bare": BARE}.items():
    for _section_ in Section:
        SCREENS[f"settings {_name} {_section_}"] = _section(_model, _section_)
    for _code in SPECS:
        SCREENS[f"settings {_name} {_code}"] = _one(_model, _code)
SCREENS["settings"] = lambda t: view.overview(MODEL, t)
SCREENS["settings bare"] = lambda t: view.overview(BARE, t)
SCREENS["settings zones"] = lambda t: view.zones(
    [Meant("Europe/Moscow", NAME, "RU"), Meant("UTC")] * 3, NOW, t
)
SCREENS["settings platforms"] = lambda t: view.platforms(
    {"telegram": 3, "gone": 5}, {slug: slug.title() for slug in [*PLATFORMS, "gone"]}, t
)
SCREENS["settings platform"] = lambda t: view.one_platform("telegram", NAME, None, t)
SCREENS["settings elsewhere"] = lambda t: view.elsewhere([Markup("• x")] * 8, [NAME] * 9, t)
