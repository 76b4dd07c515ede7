"""How does a product of the owner's sign? `X-Nexus-Signature: sha256=<hex HMAC-SHA256 of the raw body>`.

GitHub signs the same way under a name of its own. The time is in the signed body, so it is read later.
"""

from collections.abc import Sequence

from core.events.signatures.digest import any_equal, hmac_hex

SIGNATURE = "x-nexus-signature"
GITHUB_SIGNATURE = "x-hub-signature-256"
_PREFIX = "sha256="


def authentic(body: bytes, header: str, secrets: Sequence[str]) -> bool:
    """Tell whether one of the header's signatures (separated by commas) is of this very body."""
    parts = [part.strip() for part in header.split(",")]
    given = [part.removeprefix(_PREFIX).lower() for part in parts if part.startswith(_PREFIX)]
    return any_equal(given, [hmac_hex(secret, body) for secret in secrets])


def sign(body: bytes, secret: str) -> str:
    """Return the header's value for ``body``."""
    return _PREFIX + hmac_hex(secret, body).decode()
