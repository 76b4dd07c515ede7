"""How does a product of the owner's sign? `X-Nexus-Signature: sha256=<hex HMAC-SHA256 of the raw body>`.

Who wants the delivery's id signed too writes `sha256-delivery=` and signs the id, a line feed and the body. No body can be
taken for the other form: what is left of a JSON object after its first line feed is no JSON object.

GitHub signs as the first form does, under a name of its own. The time is in the signed body, so it is read later.
"""

from collections.abc import Sequence

from core.events.signatures.digest import any_equal, hmac_hex

SIGNATURE = "x-nexus-signature"
DELIVERY = "x-nexus-delivery"
GITHUB_SIGNATURE = "x-hub-signature-256"
_PREFIX = "sha256="
_WITH_DELIVERY = "sha256-delivery="


def authentic(body: bytes, header: str, secrets: Sequence[str]) -> bool:
    """Tell whether one of the header's signatures (separated by commas) is of this very body."""
    return _any_of(_PREFIX, header, body, secrets)


def covers_delivery(body: bytes, delivery: str, header: str, secrets: Sequence[str]) -> bool:
    """Tell whether one of the header's signatures is of this delivery's id and this body."""
    return bool(delivery) and _any_of(_WITH_DELIVERY, header, _message(delivery, body), secrets)


def sign(body: bytes, secret: str) -> str:
    """Return the header's value for ``body``."""
    return _PREFIX + hmac_hex(secret, body).decode()


def sign_delivery(body: bytes, delivery: str, secret: str) -> str:
    """Return the header's value for ``body`` sent as ``delivery``."""
    return _WITH_DELIVERY + hmac_hex(secret, _message(delivery, body)).decode()


def _any_of(prefix: str, header: str, message: bytes, secrets: Sequence[str]) -> bool:
    parts = [part.strip() for part in header.split(",")]
    given = [part.removeprefix(prefix).lower() for part in parts if part.startswith(prefix)]
    return bool(given) and any_equal(given, [hmac_hex(secret, message) for secret in secrets])


def _message(delivery: str, body: bytes) -> bytes:
    return delivery.encode("utf-8", "surrogateescape") + b"\n" + body
