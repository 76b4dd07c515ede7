"""Is a delivery signed by somebody who knows a secret of the product? The scheme is told by its header."""

from collections.abc import Sequence
from datetime import UTC, datetime

from core.events.signatures import nexus, standard, stripe
from core.events.signatures.digest import Headers, unix_seconds
from core.events.signatures.schemes import Scheme

_HEADERS = {
    Scheme.NEXUS: nexus.SIGNATURE,
    Scheme.STANDARD: standard.SIGNATURE,
    Scheme.GITHUB: nexus.GITHUB_SIGNATURE,
    Scheme.STRIPE: stripe.SIGNATURE,
}


def scheme_of(headers: Headers) -> Scheme | None:
    """Return how the delivery says it is signed; None when it is not, or in two ways at once."""
    found = [scheme for scheme, name in _HEADERS.items() if headers.get(name)]
    return found[0] if len(found) == 1 else None


def authentic(scheme: Scheme, body: bytes, headers: Headers, secrets: Sequence[str]) -> bool:
    """Tell whether the signature is right under one of ``secrets``; whether it is fresh is another question."""
    header = headers.get(_HEADERS[scheme], "")
    match scheme:
        case Scheme.STRIPE:
            return stripe.authentic(body, header, secrets)
        case Scheme.STANDARD:
            identifier = headers.get(standard.IDENTIFIER, "")
            timestamp = headers.get(standard.TIMESTAMP, "")
            return standard.authentic(body, identifier, timestamp, header, secrets)
        case Scheme.NEXUS:
            return nexus.authentic(body, header, secrets) or covers_delivery(scheme, body, headers, secrets)
        case Scheme.GITHUB:
            return nexus.authentic(body, header, secrets)


def covers_delivery(scheme: Scheme, body: bytes, headers: Headers, secrets: Sequence[str]) -> bool:
    """Tell whether the id by which NEXUS's own delivery is recognised is signed with it."""
    if scheme is not Scheme.NEXUS:
        return False
    header, delivery = headers.get(nexus.SIGNATURE, ""), headers.get(nexus.DELIVERY, "")
    return nexus.covers_delivery(body, delivery, header, secrets)


def sent_at(scheme: Scheme, headers: Headers) -> datetime | None:
    """Return the time that is signed with the headers; None where there is none.

    NEXUS's own is in the body. GitHub signs no time: only its delivery id keeps an old delivery from counting twice.
    """
    seconds: int | None = None
    if scheme is Scheme.STRIPE:
        seconds = stripe.sent_at(headers.get(stripe.SIGNATURE, ""))
    elif scheme is Scheme.STANDARD:
        seconds = unix_seconds(headers.get(standard.TIMESTAMP, ""))
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
