"""How is a session got and kept? From the app password once, then from its refresh token; logins are few and counted."""

import base64
import binascii
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import BaseModel

from core.errors import AuthExpired, Transient
from core.platforms import rest
from core.platforms.base import Account, Target
from core.platforms.bluesky import client
from core.platforms.bluesky.client import API, Credentials
from core.platforms.rest import Call

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
# When a server's tokens cannot be read; the reference server's live for two hours.
_USUAL = timedelta(minutes=90)


def expires_at(credentials: BaseModel) -> datetime | None:
    """Tell when the session ends; long ago when there is none."""
    if not isinstance(credentials, Credentials):
        raise TypeError("these are not Bluesky credentials")
    if credentials.access_jwt is None or credentials.did is None:
        return _LONG_AGO
    return credentials.expires_at or _LONG_AGO


async def check(target: Target) -> Account:
    """Log in, and show whose account it is. Raises ``AuthExpired``, ``Rejected`` or ``Transient``."""
    opened = client.credentials(target)
    if opened.access_jwt is None:
        session = await _log_in(target)
    else:
        answer = await client.xrpc(target, "com.atproto.server.getSession")
        session = {"did": opened.did, "handle": answer.get("handle") if isinstance(answer, dict) else None}
    handle = str(session.get("handle") or opened.handle or opened.identifier)
    return Account(
        name=f"@{handle}",
        url=f"https://bsky.app/profile/{handle}",
        credentials=session,
        known_as=tuple(str(name) for name in (session.get("did"), handle) if name),
    )


async def refresh(target: Target) -> Mapping[str, Any]:
    """Return a new session: by the refresh token, and by the app password when that is over."""
    token = client.credentials(target).refresh_jwt
    if token is None:
        return await _log_in(target)
    request = Call("POST", "/xrpc/com.atproto.server.refreshSession")
    try:
        answer = await rest.call(target, API, request, token=token.get_secret_value())
    except AuthExpired:
        return await _log_in(target)
    except Transient as error:
        if error.error_code != "token-expired":
            raise
        return await _log_in(target)
    return _session(target, answer.data)


async def _log_in(target: Target) -> Mapping[str, Any]:
    opened = client.credentials(target)
    password = opened.app_password.get_secret_value()
    body = {"identifier": opened.identifier, "password": password}
    request = Call("POST", "/xrpc/com.atproto.server.createSession", json=body)
    answer = await rest.call(target, API, request, token="", secrets=(password,))
    return _session(target, answer.data)


def _session(target: Target, data: Any) -> Mapping[str, Any]:
    fields = {"did": "did", "handle": "handle", "access_jwt": "accessJwt", "refresh_jwt": "refreshJwt"}
    if not isinstance(data, dict) or not all(isinstance(data.get(name), str) for name in fields.values()):
        raise rest.unreadable(target, API, publishes=False)
    ends = _end_of(data["accessJwt"]) or target.clock.now() + _USUAL
    return {ours: data[theirs] for ours, theirs in fields.items()} | {"expires_at": ends.isoformat()}


def _end_of(token: str) -> datetime | None:
    """Read when a JWT ends; its signature is the server's business."""
    try:
        body = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
        return datetime.fromtimestamp(claims["exp"], UTC)
    except (IndexError, ValueError, KeyError, TypeError, binascii.Error, OverflowError):
        return None
