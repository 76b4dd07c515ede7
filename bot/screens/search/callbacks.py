"""Buttons of the search. They carry the number of a search that is kept as a row: its words fit into no button."""

import uuid
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET


class Status(StrEnum):
    """In which state a content has to be."""

    ANY = "any"
    DRAFT = "draft"
    READY = "ready"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class AskWords(Callback, prefix="find"):
    """Take the next message as what to search for."""


class _OfSearch(Callback, prefix="find0"):
    search: Annotated[int, Field(ge=0, le=10**15)]


class OpenFound(_OfSearch, prefix="findo"):
    """Open a page of what was found."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class ChooseProduct(_OfSearch, prefix="findp"):
    """Ask which product to look in."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class InProduct(_OfSearch, prefix="findpx"):
    """Look in this product only."""

    product: uuid.UUID


class InAll(_OfSearch, prefix="findpa"):
    """Look in all products."""


class ChooseStatus(_OfSearch, prefix="finds"):
    """Ask in which state."""


class InStatus(_OfSearch, prefix="findsx"):
    """Look for posts in this state only."""

    status: Status


class Order(_OfSearch, prefix="findn"):
    """Show the newest first, or the best."""

    newest: bool
