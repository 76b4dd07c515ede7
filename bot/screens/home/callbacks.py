"""Buttons of the home screen."""

from enum import StrEnum

from bot.ui.callbacks import Callback


class Language(StrEnum):
    """Languages NEXUS speaks."""

    RU = "ru"
    EN = "en"


class Home(Callback, prefix="home"):
    """Open the home screen."""


class ChooseLanguage(Callback, prefix="langs"):
    """Open the choice of language."""


class SetLanguage(Callback, prefix="lang"):
    """Speak this language from now on."""

    language: Language
