"""Which log lines and rows belong together? One id from the update or event that began it to the last word about it.

An update of Telegram gets a new id, an event is known by its own. Rows that are made on the way keep it
(``correlation_id``), and whoever goes on with a row in another process follows it: every line in between carries it.
"""

import secrets
from collections.abc import Generator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

LENGTH = 36  # characters at most: a UUID as text

_current: ContextVar[str | None] = ContextVar("correlation_id", default=None)


def begin() -> str:
    """Return a new id: 16 hexadecimal digits."""
    return secrets.token_hex(8)


def current() -> str | None:
    """Return the id of what is being done, None where nothing began it."""
    return _current.get()


def follow(correlation_id: str | None) -> None:
    """Go on under ``correlation_id`` until the surrounding ``traced`` ends; None changes nothing."""
    if correlation_id is not None:
        _current.set(correlation_id)
        structlog.contextvars.bind_contextvars(correlation_id=correlation_id)


@contextmanager
def traced(correlation_id: str | None) -> Generator[None]:
    """Do something under ``correlation_id``, or under none yet, and put back what was before."""
    before = _current.get()
    _current.set(None)
    structlog.contextvars.unbind_contextvars("correlation_id")
    follow(correlation_id)
    try:
        yield
    finally:
        _current.set(None)
        structlog.contextvars.unbind_contextvars("correlation_id")
        follow(before)
