"""The button under a text that is being written."""

import uuid

from bot.ui.callbacks import Callback


class StopWriting(Callback, prefix="wstop"):
    """End it. Where nothing is written any more, this is the way back to the card."""

    content: uuid.UUID
