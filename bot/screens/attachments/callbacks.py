"""Buttons of a draft's files."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.screens.draft.callbacks import OfVersion
from bot.ui.callbacks import Callback

Position = Annotated[int, Field(ge=0, le=99)]


class OpenMedia(Callback, prefix="media"):
    """Show the files."""

    content: uuid.UUID


class AddFiles(OfVersion, prefix="madd"):
    """Take the next messages' files into the post."""


class OfFile(OfVersion, prefix="mfile0"):
    """About one file; the base of its buttons, never sent itself."""

    position: Position


class OpenFile(OfFile, prefix="mfile"):
    """Show one file's buttons."""


class MoveFile(OfFile, prefix="mmove"):
    """Move the file to another place."""

    to: Position


class RemoveFile(OfFile, prefix="mdel"):
    """Take the file out of the post."""


class DescribeFile(OfFile, prefix="malt"):
    """Take the next message as what is in the picture."""


class ForgetAlt(OfFile, prefix="maltx"):
    """Take the description away."""
