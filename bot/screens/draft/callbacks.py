"""Buttons of the draft card. Whoever changes something carries the version it was shown with."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from core.platforms.base import Fix

Version = Annotated[int, Field(ge=1, le=99_999)]
Tab = Annotated[int, Field(ge=0, le=99)]
Slug = Annotated[str, Field(max_length=12, pattern=r"^[a-z0-9_]+$")]  # of a platform


class OpenCard(Callback, prefix="card"):
    """Draw the card as it is now; ``tab`` is the channel whose preview is shown."""

    content: uuid.UUID
    tab: Tab = 0


class MoreButtons(Callback, prefix="more"):
    """Draw the card with its second keyboard."""

    content: uuid.UUID
    tab: Tab = 0


class SendCard(Callback, prefix="cardn"):
    """Send the card as a new message, below everything."""

    content: uuid.UUID


class OfVersion(Callback, prefix="card0"):
    """About one version of a draft; the base of the card's buttons, never sent itself."""

    content: uuid.UUID
    version: Version


class Approve(OfVersion, prefix="ok"):
    """Approve this version."""


class PublishNow(OfVersion, prefix="now"):
    """Approve this version and publish it after the undo window; ``force`` overrides gap and daily limit."""

    force: bool = False


class Undo(OfVersion, prefix="undo"):
    """Take "publish now" back while the window is open."""


class Unschedule(OfVersion, prefix="unsch"):
    """Take the scheduled publications of this card back."""


class EditText(OfVersion, prefix="edit"):
    """Take the next message as the new text."""


class EditFor(OfVersion, prefix="editp"):
    """Take the next message as the text of one platform."""

    platform: Slug


class CommonText(OfVersion, prefix="editc"):
    """Have the platform say what all the others say."""

    platform: Slug


class OpenOutlets(OfVersion, prefix="outl"):
    """Choose where the post goes out."""


class SwitchOutlet(OfVersion, prefix="outsw"):
    """Have the post go out on the platform, or not."""

    platform: Slug
    on: bool


class Duplicate(OfVersion, prefix="dup"):
    """Make another draft like this one."""


class SaveTemplate(OfVersion, prefix="savtpl"):
    """Ask what the template made from this version shall be called."""


class SaveTemplateAs(OfVersion, prefix="savtpx"):
    """Call the template as proposed."""


class Regenerate(OfVersion, prefix="regen"):
    """Have the text written anew."""


class UseMine(OfVersion, prefix="mine"):
    """Take the owner's own words instead of what was written from them."""


class Reject(OfVersion, prefix="rej"):
    """Ask what is wrong."""


class RejectSilently(OfVersion, prefix="rejx"):
    """Put the draft away without a reason."""


class Delete(OfVersion, prefix="del"):
    """Ask whether to delete."""


class DeleteForGood(OfVersion, prefix="delx"):
    """Put the draft away and cancel what is scheduled."""


class Repair(OfVersion, prefix="fix"):
    """Repair what the platform would refuse."""

    fix: Fix


class ShowWhole(OfVersion, prefix="whole"):
    """Show the preview whole, page by page, in place of the card."""

    tab: Tab = 0


class ReadPage(OfVersion, prefix="readp"):
    """Turn to a page of the whole preview."""

    tab: Tab
    page: Annotated[int, Field(ge=0, le=999)]


class UpdateLive(OfVersion, prefix="upd"):
    """Approve this version and bring what is published to it."""


class AskTakeDown(OfVersion, prefix="down"):
    """Ask whether to remove what is published."""


class TakeDown(OfVersion, prefix="downx"):
    """Remove what is published from its platforms."""
