"""Buttons of the digest of the morning."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET


class OpenNews(Callback, prefix="news"):
    """Show one piece of news whole, with its own buttons."""

    notification: uuid.UUID


class TurnDigest(Callback, prefix="newsd"):
    """Turn to another page of the digest."""

    digest: uuid.UUID
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0
