"""Buttons that leave what was begun."""

from bot.ui.callbacks import Callback


class CancelForm(Callback, prefix="cancel"):
    """Leave the question and go to the home screen; questions of a card lead back to the card instead."""
