"""Which update is being answered? What it makes has the same id each time, so that answering again makes nothing twice."""

import uuid
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime

from core.ids import id_of, new_id


@dataclass(frozen=True, slots=True)
class Origin:
    """One stored update. ``again``: a process before this one had it in hand, and nobody knows how far that came."""

    bot_id: int
    update_id: int
    received_at: datetime
    again: bool = False
    kept: set[str] = field(default_factory=set)  # keys of conversations whose state before it is stored


_CURRENT: ContextVar[Origin | None] = ContextVar("origin", default=None)


@contextmanager
def answering(origin: Origin) -> Generator[None]:
    """Have everything inside know that it answers ``origin``."""
    token = _CURRENT.set(origin)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def current() -> Origin | None:
    """Return the update that is being answered."""
    return _CURRENT.get()


def made_id(what: str) -> uuid.UUID:
    """Return the id of the one ``what`` that this update makes; a new one where nothing stored is answered."""
    origin = _CURRENT.get()
    if origin is None:
        return new_id()
    return id_of(origin.received_at, f"update/{origin.bot_id}/{origin.update_id}/{what}".encode())


def is_again() -> bool:
    """Tell whether the update may have been answered in part already."""
    origin = _CURRENT.get()
    return origin is not None and origin.again
