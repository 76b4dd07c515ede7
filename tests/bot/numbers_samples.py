"""What is told of numbers, drawn with difficult values."""

from collections.abc import Callable

from bot.i18n import Translator
from bot.notifications import numbers_untold
from bot.ui.screen import Screen
from tests.bot.samples import ID, NAME

SCREENS: dict[str, Callable[[Translator], Screen]] = {
    "told numbers untold posts": lambda t: numbers_untold.view(ID, NAME, "LinkedIn", "posts", t),
    "told numbers untold followers": lambda t: numbers_untold.view(ID, NAME, "LinkedIn", "followers", t),
}
