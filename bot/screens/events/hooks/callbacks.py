"""Buttons of the screen where a product's events come in. What changes the secret carries the version it was shown with."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback


class AboutHook(Callback, prefix="hook0"):
    """About one product; the base of the others, never sent itself."""

    product: uuid.UUID


class OpenHook(AboutHook, prefix="hook"):
    """Open the screen."""


class ChangesHook(AboutHook, prefix="hook1"):
    """Changes the secret of that version; the base of the others, never sent itself."""

    version: Annotated[int, Field(ge=0, le=2**32 - 1)]


class MakeSecret(ChangesHook, prefix="hookmk"):
    """Make a new secret and show it once."""


class GiveSecret(ChangesHook, prefix="hookgv"):
    """Take the next message as the secret."""


class DropPrevious(ChangesHook, prefix="hookdp"):
    """Have only the newest secret count."""


class AskRemove(ChangesHook, prefix="hookrm"):
    """Ask whether to switch the endpoint off."""


class RemoveSecret(ChangesHook, prefix="hookrx"):
    """Switch the endpoint off."""


class AskTest(AboutHook, prefix="hookas"):
    """Ask what test event to send."""


class SendTest(AboutHook, prefix="hookts"):
    """Send the usual test event."""
