"""Buttons of the help screen."""

from enum import StrEnum

from bot.ui.callbacks import Callback


class Topic(StrEnum):
    """What there is help about, in the order of the buttons."""

    POSTING = "posting"
    SCHEDULE = "schedule"
    VOICE = "voice"
    CHANNELS = "channels"
    COMMANDS = "commands"


class OpenHelp(Callback, prefix="help"):
    """Open the help screen."""


class OpenTopic(Callback, prefix="helpt"):
    """Open one page of the help."""

    topic: Topic
