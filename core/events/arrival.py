"""What does a delivery say? Its event, when it was sent, and the id by which a second one is recognised.

All schemes end in one shape: ``{"event", "timestamp", "data"}``. NEXUS and Standard Webhooks bodies are kept whole, so what
they hold beside these three stays too; a body of GitHub's or Stripe's becomes the ``data``.
"""

import hashlib
import json
import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from core.events.errors import NotAuthentic, Unreadable
from core.events.signatures import Scheme, timely
from core.events.signatures.digest import Headers

TYPE_LIMIT = 100  # characters, as in the table
DELIVERY_LIMIT = 255
_OURS = "replay_of"  # marks what the owner replays; no sender may
# A number so written can be too small or too long for PostgreSQL and not for Python: it is stored as Python read it.
_FAR = re.compile(rb"[0-9][eE]|[0-9]{100}")
_MILLISECONDS = 100_000_000_000  # a Unix time above is in milliseconds: as seconds it would be the year 5138


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is stored of a delivery. ``sent_at`` is the time in a body of NEXUS's own form."""

    event_type: str
    text: str  # the payload as JSON: as it was sent, where nothing was changed
    delivery_id: str
    sent_at: datetime | None = None


_Read = tuple[str, dict[str, Any], object]  # the event's name, what is kept, the sender's id for the delivery


def understood(
    scheme: Scheme, headers: Headers, body: bytes, found: dict[str, Any], now: datetime
) -> Arrival:
    """Return what a signed delivery says. Raises ``Unreadable``, or ``NotAuthentic`` for one of NEXUS's that is stale."""
    event_type, payload, given = _READERS[scheme](headers, found, now)
    changed = payload is not found or _OURS in payload or "data" not in payload
    payload.pop(_OURS, None)
    data = payload.setdefault("data", {})
    if not isinstance(data, dict):
        raise Unreadable("invalid-field", "`data` has to be a JSON object", "data")
    sent_at = moment(found["timestamp"]) if scheme is Scheme.NEXUS else None
    text = json.dumps(payload) if changed or _FAR.search(body) else body.decode()
    return Arrival(event_type, text, _delivery_id(given, body), sent_at)


def _nexus(headers: Headers, found: dict[str, Any], now: datetime) -> _Read:
    event_type = _type(found, "event")
    if not timely(moment(found.get("timestamp")), now):
        raise stale("timestamp")
    return event_type, found, headers.get("x-nexus-delivery")


def _standard(headers: Headers, found: dict[str, Any], now: datetime) -> _Read:
    event_type = _type(found, "event" if "event" in found else "type")
    return event_type, {"event": event_type, "timestamp": now.isoformat()} | found, headers.get("webhook-id")


def _github(headers: Headers, found: dict[str, Any], now: datetime) -> _Read:
    # NEXUS's signature is the same under another name: one that was overheard must not shed its time this way.
    if found.keys() >= {"event", "timestamp"}:
        raise NotAuthentic("not-a-github-delivery", "A body with `event` and `timestamp` is not GitHub's")
    name, action = headers.get("x-github-event", ""), found.get("action")
    event_type = f"{name}.{action}" if name and isinstance(action, str) else name
    if not usable_type(event_type):
        raise Unreadable("invalid-field", "X-GitHub-Event has to name the event", "X-GitHub-Event")
    payload = {"event": event_type, "timestamp": now.isoformat(), "data": found}
    return event_type, payload, headers.get("x-github-delivery")


def _stripe(headers: Headers, found: dict[str, Any], now: datetime) -> _Read:
    event_type = _type(found, "type")
    try:
        created = moment(found.get("created"))
    except Unreadable:
        created = now
    return event_type, {"event": event_type, "timestamp": created.isoformat(), "data": found}, found.get("id")


_READERS: dict[Scheme, Callable[[Headers, dict[str, Any], datetime], _Read]] = {
    Scheme.NEXUS: _nexus,
    Scheme.STANDARD: _standard,
    Scheme.GITHUB: _github,
    Scheme.STRIPE: _stripe,
}


def stale(field: str) -> NotAuthentic:
    """Return the error for what is signed rightly and outside the window."""
    return NotAuthentic(
        "timestamp-outside-window",
        "The signed time is more than five minutes away from ours; sign again when you send again, and check the clock",
        field,
    )


def moment(value: object) -> datetime:
    """Read a body's time: ISO 8601 (UTC unless it says otherwise), or Unix seconds or milliseconds. Raises ``Unreadable``."""
    try:
        if isinstance(value, str):
            read = datetime.fromisoformat(value)
            return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
        if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
            return datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS else value, UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise Unreadable(
        "invalid-field",
        "`timestamp` has to be a time: 2026-03-02T09:00:00Z, or Unix seconds or milliseconds",
        "timestamp",
    )


def usable_type(name: str) -> bool:
    """Tell whether an event can be called so: 1 to 100 characters that can be seen, none at the edges that cannot."""
    return 1 <= len(name) <= TYPE_LIMIT and name.isprintable() and name == name.strip()


def _type(found: dict[str, Any], field: str) -> str:
    name = found.get(field)
    if not isinstance(name, str) or not usable_type(name):
        raise Unreadable(
            "invalid-field", f"`{field}` has to be the event's name, 1 to {TYPE_LIMIT} characters", field
        )
    return name


def _delivery_id(given: object, body: bytes) -> str:
    """Return the sender's id for the delivery, else the hash of what was signed."""
    if not isinstance(given, str) or not given:
        return hashlib.sha256(body).hexdigest()
    if len(given) > DELIVERY_LIMIT or not given.isprintable():
        raise Unreadable(
            "invalid-field",
            f"The delivery's id has at most {DELIVERY_LIMIT} printable characters",
            "delivery",
        )
    return given
