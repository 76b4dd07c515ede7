"""What is told of numbers, drawn with difficult values."""

from collections.abc import Callable

from bot.i18n import Translator
from bot.notifications import milestone, numbers_untold, stand_out
from bot.notifications.stand_out import Beside
from bot.ui.screen import Screen
from core.publications.models import PublicationStatus
from tests.bot.samples import ID, NAME, publication

SCREENS: dict[str, Callable[[Translator], Screen]] = {
    "told numbers untold posts": lambda t: numbers_untold.view(ID, NAME, "LinkedIn", "posts", t),
    "told numbers untold followers": lambda t: numbers_untold.view(ID, NAME, "LinkedIn", "followers", t),
}
for _what in ("followers", "reach"):
    SCREENS[f"told milestone {_what}"] = lambda t, w=_what: milestone.view(  # type: ignore[misc]
        (ID, ID), w, 10**9, 10**9 + 1, NAME, "LinkedIn", t
    )
for _n in (1, 3, 12):
    _beside = Beside(10**9 + 0.25, 0.1, _n, days=_n)
    SCREENS[f"told spike {_n}"] = lambda t, b=_beside: stand_out.spike(
        publication(PublicationStatus.PUBLISHED), ID, b, t
    )  # type: ignore[misc]
    SCREENS[f"told drop {_n}"] = lambda t, b=_beside: stand_out.drop(NAME, ID, b, t)  # type: ignore[misc]
