"""Buttons of the suggestions. A hint is named by a number made from what it is about: the list may change meanwhile."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from core.templates.kinds import PostKind


class AboutSuggestions(Callback, prefix="sug0"):
    """About one product's suggestions; the base of the other buttons, never sent itself."""

    product: uuid.UUID


class OpenSuggestions(AboutSuggestions, prefix="sug"):
    """Show what could be done."""


class PutAway(AboutSuggestions, prefix="sugx"):
    """Keep one hint silent for a week."""

    mark: Annotated[int, Field(ge=0, le=2**32 - 1)]


class AskIdea(AboutSuggestions, prefix="sugi"):
    """Take the next message as the idea of a post."""


class AskIdeaOfKind(AboutSuggestions, prefix="sugk"):
    """Take the next message as the idea of a post of this kind."""

    kind: PostKind


class MakePost(Callback, prefix="mile"):
    """Make a post of the milestone that a notification tells of."""

    notification: uuid.UUID
