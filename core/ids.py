"""How are ids made? UUIDv7 in Python, so that an id exists before its row does."""

import hashlib
import os
import time
import uuid
from datetime import datetime


def new_id() -> uuid.UUID:
    """Return a UUID version 7 (RFC 9562): 48 bits of Unix milliseconds, then 74 random bits.

    Made in Python rather than by the database because ids are bound into ciphertexts and
    idempotency keys before the insert. Sorting by id is sorting by creation time to the millisecond.
    """
    return _version_7(time.time_ns() // 1_000_000, os.urandom(10))


def id_of(made_at: datetime, what: bytes) -> uuid.UUID:
    """Return the id that ``what`` of this time always has, in the form of ``new_id``: a second one meets the first."""
    return _version_7(int(made_at.timestamp() * 1000), hashlib.sha256(what).digest()[:10])


def _version_7(millis: int, rest: bytes) -> uuid.UUID:
    value = (millis & 0xFFFF_FFFF_FFFF) << 80 | int.from_bytes(rest, "big")
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)
