"""Every screen about what AI costs, with difficult values."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

from bot.i18n import Translator
from bot.notifications import ai_spending
from bot.screens.usage import view
from bot.screens.usage.callbacks import Cut
from bot.ui.screen import Screen
from core.ai.reporting import Budget, Line, Lines
from core.ai.sums import NOTHING, Spent
from core.ai.usage import Period
from tests.bot.samples import NAME, NOW

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
MUCH = Spent(123_456, 9_876_543_210, 987_654_321, Decimal("12345.678901"), 0)
PARTLY = Spent(21, 10, 5, Decimal("0.0054"), 2)
UNKNOWN = Spent(1, 10, 5, Decimal(0), 1)


def budget(period: Period, spent: Spent, cap: str | None = None, warn: str | None = None) -> Budget:
    """Return a period's budget."""
    return Budget(period, spent, Decimal(cap) if cap else None, Decimal(warn) if warn else None)


def model(spent: Spent, cap: str | None = None, unpriced: int = 0) -> view.UsageModel:
    """Return the head of the screen."""
    return view.UsageModel(
        budget(Period.DAY, spent, cap, cap), budget(Period.MONTH, spent, cap, cap), [NAME] * unpriced
    )


SCREENS["usage"] = lambda t: view.overview(model(MUCH, "1", 9), t)
SCREENS["usage one"] = lambda t: view.overview(model(PARTLY, "0.5", 1), t)
SCREENS["usage unknown"] = lambda t: view.overview(model(UNKNOWN), t)
SCREENS["usage nothing"] = lambda t: view.overview(model(NOTHING), t)
_LINES = Lines(tuple(Line(name, spent) for name in (NAME, None) for spent in (MUCH, PARTLY, UNKNOWN)), 10, 99)
_PURPOSES = Lines((Line("generate", MUCH), Line("something new", PARTLY), Line("repair", UNKNOWN)), 0, 3)
SCREENS["usage products"] = lambda t: view.breakdown(Cut.PRODUCTS, _LINES, t)
SCREENS["usage models"] = lambda t: view.breakdown(Cut.MODELS, _LINES, t)
SCREENS["usage purposes"] = lambda t: view.breakdown(Cut.PURPOSES, _PURPOSES, t)
SCREENS["usage purposes none"] = lambda t: view.breakdown(Cut.PURPOSES, Lines((), 0, 0), t)
_DAYS = [(NOW.date() - timedelta(days=ago), (MUCH, NOTHING, PARTLY)[ago % 3]) for ago in range(14)]
SCREENS["usage days"] = lambda t: view.by_day(_DAYS, t)
for _level in ("warn", "cap"):
    for _period in Period:
        SCREENS[f"told ai {_level} {_period}"] = lambda t, level=_level, period=_period: ai_spending.view(  # type: ignore[misc]
            level, period, Decimal("1.5"), Decimal("1.2345"), t
        )
