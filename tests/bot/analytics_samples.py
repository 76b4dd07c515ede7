"""Every screen about numbers and suggestions, with difficult values."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.i18n import Translator
from bot.screens.analytics import view
from bot.screens.analytics.callbacks import Period, Section
from bot.screens.draft.view import CardModel, card_screen
from bot.screens.suggest import view as suggest
from bot.ui.pager import Page
from bot.ui.screen import Screen
from core.analytics.audience import Invite
from core.analytics.forecasting import Confidence, Forecast, NotEnough
from core.analytics.history import PastPost
from core.analytics.measuring import Unit
from core.analytics.metrics import Metrics
from core.analytics.model import Effect, Prior
from core.analytics.overview import Group, Overview, PlatformLine, Totals
from core.analytics.predictions import Calibration
from core.analytics.suggestions import Suggestion, SuggestionKind
from core.analytics.traits import Trait
from core.settings.zones import parse_zone
from core.templates.kinds import PostKind
from tests.bot.samples import ID, LONG, NAME, NOW, TEXT, card

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
ZONE = parse_zone("Europe/Moscow")
_POST = PastPost(
    ID, ID, 99_999, ID, ID, "telegram", NAME, NOW, "<kind>" * 8, TEXT, True, None, Metrics(engagements=1_234_567), {}
)  # fmt: skip
_MUCH = Totals(99_999, 199_999, 3, 123_456_789, 9_876_543, 1234.5)
_NOTHING = Totals(0, 0, 0, None, None, None)
FULL = Overview(
    product_id=ID, days=90, now=_MUCH, before=replace(_MUCH, engagements=7, posts=3),
    platforms=tuple(PlatformLine(f"p{n}", f"{n}{NAME}", n, None, 5, 1_000_000 + n, 7) for n in range(11)),
    kinds=((None, Group(9, 1.25)), *((f"<{n}>" * 9, Group(n, None)) for n in range(30))),
    hours=tuple((hour, Group(hour, 0.5)) for hour in range(24)),
    top=(_POST,) * 10, trend=(0, 3, 1, 99, 5, 8, 13, 21, 34, 55, 2, 1, 0), span=7,
    blind=("telegram",), forecasts=Calibration(21, 17),
    invites=tuple(Invite("https://t.me/+" + "x" * 200, None if n > 2 else NAME, n or None, n) for n in range(5)),
)  # fmt: skip
BARE = Overview(ID, 7, _NOTHING, _NOTHING, (), (), (), (), (0,) * 7, 1, (), Calibration(0, 0))


def analytics(found: Overview, section: Section, **changes: Any) -> Callable[[Translator], Screen]:
    """Draw a section."""
    model = view.AnalyticsModel(NAME, Period.QUARTER, section, found, ["Telegram", "Discord"], 5)
    return lambda t: view.analytics(replace(model, **changes), t)


for _section in Section:
    SCREENS[f"analytics {_section.name}"] = analytics(FULL, _section)
    SCREENS[f"analytics {_section.name} of one post"] = analytics(
        replace(BARE, now=replace(_NOTHING, posts=1, publications=1, without_numbers=1)), _section, products=1
    )
SCREENS["analytics empty"] = analytics(BARE, Section.TOTALS, products=1)
_PICKED = [(uuid.UUID(int=n), NAME) for n in range(8)]
SCREENS["analytics of whom"] = lambda t: view.pick(_PICKED, Page(8, 8, 99), t)
SCREENS["analytics of nobody"] = lambda t: view.pick([], Page(0, 8, 0), t)

EFFECTS = [
    Effect(trait, value, ratio, 5)
    for trait, values in {
        Trait.KIND: ("milestone", "<own>" * 20),
        Trait.WEEKDAY: tuple("0123456"),
        Trait.DAY_PART: ("night", "morning", "midday", "afternoon", "evening"),
        Trait.LENGTH: ("short", "medium", "long"),
        **dict.fromkeys((Trait.MEDIA, Trait.QUESTION, Trait.LINK, Trait.EMOJI), ("yes", "no")),
    }.items()
    for value in values
    for ratio in (1.4, 0.75)
]


def forecast(**changes: Any) -> Forecast:
    """Return a forecast."""
    said = Forecast(
        "telegram", Unit.COUNT, 1234.4, 980.1, 15_000.0, 61, Confidence.LOW, tuple(EFFECTS[:3]), Prior(9, 3)
    )
    return replace(said, **changes)


def _card(said: Forecast | NotEnough, text: str = TEXT) -> Callable[[Translator], Screen]:
    return lambda t: card_screen(CardModel(card(text), ZONE, NOW, forecasts={"telegram": said}), t)


for _place in range(0, len(EFFECTS), 3):
    SCREENS[f"card forecast {_place}"] = _card(forecast(factors=tuple(EFFECTS[_place : _place + 3])))
SCREENS["card forecast long"] = _card(forecast(), LONG)
SCREENS["card forecast rate"] = _card(
    forecast(unit=Unit.RATE, expected=2.25, low=0.0, high=4.2, confidence=Confidence.HIGH, factors=())
)
SCREENS["card forecast early"] = _card(NotEnough("telegram", 1))
SCREENS["card forecast nothing"] = _card(NotEnough("telegram", 0))


def hint(kind: SuggestionKind, **changes: Any) -> Suggestion:
    """Return a suggestion of a kind."""
    plain = Suggestion(
        kind, f"{kind}:x", ID, n=21, target=100, days=31, post_kind="behind_the_scenes", platform="telegram",
        effect=EFFECTS[0], content_id=ID,
    )  # fmt: skip
    return replace(plain, **changes)


def _suggest(found: list[Suggestion]) -> Callable[[Translator], Screen]:
    return lambda t: suggest.suggestions(ID, NAME, found, {"telegram": "Telegram"}, t)


for _kind in SuggestionKind:
    SCREENS[f"suggest {_kind}"] = _suggest([hint(_kind), hint(_kind, n=1, days=1, target=3, post_kind=None)])
SCREENS["suggest five"] = _suggest([hint(kind) for kind in list(SuggestionKind)[:5]])
SCREENS["suggest tomorrow without drafts"] = _suggest(
    [hint(SuggestionKind.EMPTY_TOMORROW, n=0, post_kind=None)]
)
SCREENS["suggest own kind"] = _suggest([hint(SuggestionKind.WORKS, post_kind="<own>" * 20)])
SCREENS["suggest nothing"] = _suggest([])
for _asked in (None, *PostKind):
    SCREENS[f"suggest idea {_asked}"] = (lambda kind: lambda t: suggest.ask_idea(ID, NAME, kind, t))(_asked)
