"""How does Stripe sign? `Stripe-Signature: t=<Unix seconds>,v1=<hex HMAC-SHA256 of "t.body">[,v1=…]`.

https://docs.stripe.com/webhooks#verify-manually
"""

from collections.abc import Sequence

from core.events.signatures.digest import any_equal, hmac_hex, unix_seconds

SIGNATURE = "stripe-signature"


def authentic(body: bytes, header: str, secrets: Sequence[str]) -> bool:
    """Tell whether one of the `v1` signatures is of the header's time and this very body."""
    times, given = _parts(header)
    if len(times) != 1 or unix_seconds(times[0]) is None:
        return False
    message = times[0].encode() + b"." + body
    return any_equal(given, [hmac_hex(secret, message) for secret in secrets])


def sent_at(header: str) -> int | None:
    """Return the header's Unix seconds."""
    times, _ = _parts(header)
    return unix_seconds(times[0]) if len(times) == 1 else None


def _parts(header: str) -> tuple[list[str], list[str]]:
    pairs = [part.strip().partition("=") for part in header.split(",")]
    return (
        [value for name, _, value in pairs if name == "t"],
        [value for name, _, value in pairs if name == "v1"],
    )
