"""Buttons of the rewriting menu. All carry the version they were shown with: an edit made meanwhile is never lost."""

import uuid
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from core.ai.tools import Tool

Version = Annotated[int, Field(ge=1, le=99_999)]
Number = Annotated[int, Field(ge=0, le=9)]


class Part(StrEnum):
    """Tools that stand together behind one button of the menu."""

    TONE = "tone"
    EMOJI = "emoji"
    THREAD = "thread"
    LANGUAGE = "language"


class Asked(StrEnum):
    """What the owner is asked to type."""

    TONE = "tone"
    LANGUAGE = "language"
    ANEW = "anew"


class _Versioned(Callback, prefix="rw0"):
    content: uuid.UUID
    version: Version


class OpenRewriting(_Versioned, prefix="rw"):
    """Show the menu in place of the card."""


class OpenPart(_Versioned, prefix="rwp"):
    """Show the tools of one kind."""

    part: Part


class Rewrite(_Versioned, prefix="rwt"):
    """Rewrite with one tool."""

    tool: Tool


class AskWish(_Versioned, prefix="rww"):
    """Ask for words of the owner's."""

    about: Asked


class OpenHeadlines(_Versioned, prefix="rwh"):
    """Show three headlines; ``again`` has three others made."""

    again: bool = False


class TakeHeadline(_Versioned, prefix="rwhx"):
    """Put one of them on top of the text."""

    number: Number


Versioned = OpenRewriting | OpenPart | Rewrite | AskWish | OpenHeadlines | TakeHeadline
