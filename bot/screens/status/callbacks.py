"""Buttons of the status screen."""

from bot.ui.callbacks import Callback


class OpenStatus(Callback, prefix="status"):
    """Open or refresh the status screen."""


class RepairSettings(Callback, prefix="statfx"):
    """Put defaults where the settings cannot be read."""
