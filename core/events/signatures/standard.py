"""How do senders sign that follow Standard Webhooks? `webhook-signature: v1,<base64> [v1,<base64>…]` of "id.time.body".

The package signs; comparing is ours: its `verify` asks the machine's clock, knows one secret, and ends in other errors
than its own for a header it does not expect. See https://www.standardwebhooks.com.
"""

import base64
import binascii
from collections.abc import Sequence
from datetime import UTC, datetime

from standardwebhooks import Webhook

from core.events.signatures.digest import any_equal, unix_seconds

SIGNATURE = "webhook-signature"
TIMESTAMP = "webhook-timestamp"
IDENTIFIER = "webhook-id"
PREFIX = "whsec_"


def authentic(body: bytes, identifier: str, timestamp: str, header: str, secrets: Sequence[str]) -> bool:
    """Tell whether one of the header's `v1` signatures is of this id, time and body."""
    seconds = unix_seconds(timestamp)
    try:
        text = body.decode()
        identifier.encode()
    except UnicodeError:
        return False  # what is no text has not been signed by this scheme
    # The time is signed as it is written: what does not read back the same was not signed.
    if not identifier or seconds is None or str(seconds) != timestamp:
        return False
    moment = datetime.fromtimestamp(seconds, UTC)
    keys = [key for key in map(key_of, secrets) if key is not None]
    expected = [Webhook(key).sign(identifier, moment, text).encode() for key in keys]
    return any_equal(header.split(), expected)


def sign(identifier: str, moment: datetime, body: bytes, secret: str) -> str | None:
    """Return the header's value, or None when ``secret`` is not of this scheme."""
    key = key_of(secret)
    return None if key is None else Webhook(key).sign(identifier, moment, body.decode())


def key_of(secret: str) -> bytes | None:
    """Return the base64 after `whsec_`, decoded; None for a secret that has another form."""
    if not secret.startswith(PREFIX):
        return None
    encoded = secret.removeprefix(PREFIX)
    try:
        return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True) or None
    except (binascii.Error, ValueError):
        return None
