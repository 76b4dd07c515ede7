"""What does the help screen say?"""

from bot.i18n import Translator
from bot.screens.home.callbacks import Home
from bot.ui.keyboard import button, keyboard
from bot.ui.screen import Screen


def help_screen(t: Translator) -> Screen:
    """Draw the help screen."""
    return Screen.of(t("help-text"), keyboard([button(t.label("ui-home"), Home())]))
