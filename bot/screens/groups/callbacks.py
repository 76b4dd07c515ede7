"""Buttons about groups the bot may answer in."""

from bot.screens.channels.callbacks import ChatNumber
from bot.ui.callbacks import Callback


class OpenGroups(Callback, prefix="grps"):
    """Open the list of groups."""


class AskGroup(Callback, prefix="grpask"):
    """Take the next message as a group's name or id."""


class AllowGroup(Callback, prefix="grpyes"):
    """Answer in this group from now on."""

    chat: ChatNumber


class ForgetGroup(Callback, prefix="grpno"):
    """Do not answer in this group any more."""

    chat: ChatNumber
