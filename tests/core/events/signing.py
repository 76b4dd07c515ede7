"""How does each sender sign? Written from their documentation alone, beside the code that checks it."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from typing import Any

SECRET = "whsec_" + base64.b64encode(b"twenty-four bytes of it!").decode()
OTHER = "whsec_" + base64.b64encode(b"something else entirely!").decode()


def body_of(event: str, at: datetime, data: dict[str, Any] | None = None, **more: Any) -> bytes:
    """A NEXUS body."""
    return json.dumps({"event": event, "timestamp": at.isoformat(), "data": data or {}} | more).encode()


def nexus(body: bytes, secret: str = SECRET, **more: str) -> dict[str, str]:
    """NEXUS's headers."""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return _json({"X-Nexus-Signature": f"sha256={digest}"}, more)


def nexus_delivery(body: bytes, delivery: str, secret: str = SECRET) -> dict[str, str]:
    """NEXUS's headers with the delivery's id signed: HMAC-SHA256 of the id, a line feed and the body."""
    digest = hmac.new(secret.encode(), f"{delivery}\n".encode() + body, hashlib.sha256).hexdigest()
    return _json({"X-Nexus-Signature": f"sha256-delivery={digest}", "X-Nexus-Delivery": delivery}, {})


def github(body: bytes, event: str, delivery: str, secret: str = SECRET) -> dict[str, str]:
    """https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries"""
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return _json(
        {"X-Hub-Signature-256": f"sha256={digest}", "X-GitHub-Event": event, "X-GitHub-Delivery": delivery},
        {},
    )


def stripe(body: bytes, at: datetime, *secrets: str) -> dict[str, str]:
    """https://docs.stripe.com/webhooks#verify-manually: one `v1` for each secret that counts, a `v0` to be ignored."""
    seconds = int(at.timestamp())
    signed = f"{seconds}.".encode() + body
    given = [hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest() for secret in secrets or (SECRET,)]
    parts = [f"t={seconds}", *(f"v1={one}" for one in given), "v0=" + "6f" * 32]
    return _json({"Stripe-Signature": ",".join(parts)}, {})


def standard(body: bytes, identifier: str, at: datetime, *secrets: str) -> dict[str, str]:
    """https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md"""
    seconds = int(at.timestamp())
    signed = f"{identifier}.{seconds}.".encode() + body
    given = [
        base64.b64encode(hmac.new(_key(secret), signed, hashlib.sha256).digest()).decode()
        for secret in secrets or (SECRET,)
    ]
    signatures = " ".join(["v1a,bm90IHVuZGVyc3Rvb2Q=", *(f"v1,{one}" for one in given)])
    return _json(
        {"webhook-id": identifier, "webhook-timestamp": str(seconds), "webhook-signature": signatures}, {}
    )


def _key(secret: str) -> bytes:
    return base64.b64decode(secret.removeprefix("whsec_"))


def _json(headers: dict[str, str], more: dict[str, str]) -> dict[str, str]:
    return {"Content-Type": "application/json"} | headers | more
