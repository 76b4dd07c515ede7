"""Buttons of the draft card. Whoever changes something carries the version it was shown with."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from core.platforms.base import Fix

Version = Annotated[int, Field(ge=1, le=99_999)]
Tab = Annotated[int, Field(ge=0, le=99)]


class OpenCard(Callback, prefix="card"):
    """Draw the card as it is now; ``tab`` is the channel whose preview is shown."""

    content: uuid.UUID
    tab: Tab = 0


class SendCard(Callback, prefix="cardn"):
    """Send the card as a new message, below everything."""

    content: uuid.UUID


class _Versioned(Callback, prefix="card0"):
    content: uuid.UUID
    version: Version


class Approve(_Versioned, prefix="ok"):
    """Approve this version."""


class PublishNow(_Versioned, prefix="now"):
    """Approve this version and publish it after the undo window; ``force`` overrides gap and daily limit."""

    force: bool = False


class Undo(_Versioned, prefix="undo"):
    """Take "publish now" back while the window is open."""


class Unschedule(_Versioned, prefix="unsch"):
    """Take the scheduled publications of this card back."""


class EditText(_Versioned, prefix="edit"):
    """Take the next message as the new text."""


class Regenerate(_Versioned, prefix="regen"):
    """Have the text written anew."""


class UseMine(_Versioned, prefix="mine"):
    """Take the owner's own words instead of what was written from them."""


class Reject(_Versioned, prefix="rej"):
    """Ask what is wrong."""


class RejectSilently(_Versioned, prefix="rejx"):
    """Put the draft away without a reason."""


class Delete(_Versioned, prefix="del"):
    """Ask whether to delete."""


class DeleteForGood(_Versioned, prefix="delx"):
    """Put the draft away and cancel what is scheduled."""


class Repair(_Versioned, prefix="fix"):
    """Repair what the platform would refuse."""

    fix: Fix


class ShowWhole(_Versioned, prefix="whole"):
    """Send the preview whole, as messages of its own."""

    tab: Tab = 0


class UpdateLive(_Versioned, prefix="upd"):
    """Approve this version and bring what is published to it."""


class AskTakeDown(_Versioned, prefix="down"):
    """Ask whether to remove what is published."""


class TakeDown(_Versioned, prefix="downx"):
    """Remove what is published from its platforms."""


Versioned = (
    Approve | PublishNow | Undo | Unschedule | EditText | Regenerate | UseMine | Reject | RejectSilently
    | Delete | DeleteForGood | Repair | ShowWhole | UpdateLive | AskTakeDown | TakeDown
)  # fmt: skip
