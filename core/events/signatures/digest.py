"""How are signatures compared, and how far may a clock be off? In constant time on bytes; five minutes either way."""

import hmac
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)
_LATEST = 253_402_300_799  # Unix seconds of the last moment a datetime can hold
_MOST = 10  # signatures looked at in one header; a sender who rotates has two

Headers = Mapping[
    str, str
]  # names in small letters; of a name that came twice the values are joined by a comma


def hmac_hex(secret: str, message: bytes) -> bytes:
    """Return the HMAC-SHA256 of ``message`` in small hex digits; the key is the secret as UTF-8 text."""
    return hmac.new(secret.encode(), message, "sha256").hexdigest().encode()


def any_equal(given: Sequence[str], expected: Sequence[bytes]) -> bool:
    """Tell whether one of ``given`` is one of ``expected``; every pair is compared in full, so time says nothing."""
    found = False
    for one in given[:_MOST]:
        # Header bytes that are no UTF-8 come as lone surrogates; they must not be an error.
        sent = one.encode("utf-8", "surrogateescape")
        for wanted in expected:
            found |= hmac.compare_digest(sent, wanted)
    return found


def unix_seconds(text: str) -> int | None:
    """Return a header's Unix seconds, or None when it holds anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(_LATEST))):
        return None
    return int(text) if int(text) <= _LATEST else None


def timely(sent_at: datetime, now: datetime) -> bool:
    """Tell whether a delivery is as fresh as it has to be: both edges of the window are inside it."""
    return abs(now - sent_at) <= WINDOW
