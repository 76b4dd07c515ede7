"""Buttons about groups the bot may answer in."""

from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback

# Telegram's ids have at most 52 significant bits.
ChatId = Annotated[int, Field(ge=-(2**52), le=2**52)]


class OpenGroups(Callback, prefix="grps"):
    """Open the list of groups."""


class AskGroup(Callback, prefix="grpask"):
    """Take the next message as a group's name or id."""


class AllowGroup(Callback, prefix="grpyes"):
    """Answer in this group from now on."""

    chat: ChatId


class ForgetGroup(Callback, prefix="grpno"):
    """Do not answer in this group any more."""

    chat: ChatId
