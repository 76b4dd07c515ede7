"""Buttons of the help screen."""

from bot.ui.callbacks import Callback


class OpenHelp(Callback, prefix="help"):
    """Open the help screen."""
