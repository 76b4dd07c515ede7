"""Does a text match a pattern, and is the pattern one that may be tried? Never longer than a moment, whatever they are."""

import regex

PATTERN_LIMIT = 300  # characters
_TEXT_LIMIT = 10_000  # characters that are looked at
# The `regex` package stops by itself: an owner's slip such as (a+)+$ costs this long, once, and not the process.
_SECONDS = 0.1


class TooSlow(Exception):
    """The pattern needs more time for this text than any sound one does."""


def is_pattern(text: str) -> bool:
    """Tell whether ``text`` can be used as a pattern."""
    if len(text) > PATTERN_LIMIT:
        return False
    try:
        regex.compile(text)
    except (regex.error, RecursionError, OverflowError, ValueError):
        return False
    return True


def matches(pattern: str, text: str) -> bool:
    """Tell whether ``pattern`` is found in ``text``. Raises ``TooSlow``, and ``ValueError`` for what is no pattern."""
    if not is_pattern(pattern):
        raise ValueError("not a pattern")
    try:
        return regex.search(pattern, text[:_TEXT_LIMIT], timeout=_SECONDS) is not None
    except TimeoutError:
        raise TooSlow from None
