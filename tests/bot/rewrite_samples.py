"""Every screen about rewriting, with difficult values; and texts that are being written."""

from collections.abc import Callable

from bot.i18n import Translator
from bot.screens.rewrite import view
from bot.screens.rewrite.callbacks import Asked, Part
from bot.screens.writing.view import under_way
from bot.ui.formatted import Formatted
from bot.ui.screen import Screen
from core.ai.headlines import Variant
from tests.bot.samples import ID, LONG, NAME, TEXT

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
_MODEL = view.RewriteModel(ID, 99_999, 99_999, TEXT)
_VARIANTS = [Variant(headline="<b>&" * 30, reason="<i>потому & поэтому " * 15)] * 3


def _part(which: Part) -> Callable[[Translator], Screen]:
    return lambda t: view.part(_MODEL, which, t)


def _ask(about: Asked) -> Callable[[Translator], Screen]:
    return lambda t: view.ask(_MODEL, about, t)


SCREENS["rewrite"] = lambda t: view.menu(_MODEL, t)
SCREENS["rewrite a file without words"] = lambda t: view.menu(view.RewriteModel(ID, 1, 1, ""), t)
SCREENS["rewrite a long text"] = lambda t: view.menu(view.RewriteModel(ID, 1, 1, LONG), t)
for _which in Part:
    SCREENS[f"rewrite {_which}"] = _part(_which)
for _about in Asked:
    SCREENS[f"rewrite in own words: {_about}"] = _ask(_about)
SCREENS["headlines"] = lambda t: view.headlines(_MODEL, _VARIANTS, t)
SCREENS["writing"] = lambda t: under_way(t, t("draft-writing"), ID)
SCREENS["writing a long text"] = lambda t: under_way(t, t("draft-rewriting"), ID, text=Formatted(NAME + LONG))
