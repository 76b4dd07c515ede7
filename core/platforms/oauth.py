"""How does an owner let NEXUS in without giving a password? OAuth 2: a consent page, a code, tokens, and their renewal.

https://www.rfc-editor.org/rfc/rfc6749 and, for PKCE, https://www.rfc-editor.org/rfc/rfc7636
"""

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal
from urllib.parse import quote, urlencode

import aiohttp

from core.clock import Clock
from core.errors import AuthExpired, PlatformError, Rejected, Transient
from core.platforms import http
from core.platforms.http import Answer

_LONGEST_LIFE = 10 * 365 * 86_400  # seconds; whoever names more means that it does not end
# An answer's own words; anything else about the client's set-up is the owner's to mend.
_OVER = frozenset({"invalid_grant", "expired_token", "access_denied", "invalid_token"})


@dataclass(frozen=True, slots=True)
class OAuth:
    """A platform's addresses and manners. ``token`` is a path under the channel's API base, or a whole address.

    ``client_auth``: the client's secret goes into the body, or into the Authorization header ("basic").
    ``id_name`` and ``separator``: what the platform calls the client's id, and what stands between scopes.
    """

    authorize: str
    token: str
    scopes: tuple[str, ...]
    pkce: bool = True
    client_auth: Literal["body", "basic"] = "body"
    id_name: str = "client_id"
    separator: str = " "
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Client:
    """The owner's application at the platform. ``secret`` is empty for one that has none."""

    id: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Way:
    """How the token address is reached: by whom, and what the platform is called in errors."""

    http: aiohttp.ClientSession
    clock: Clock
    address: str
    slug: str
    title: str


def scopes_of(tokens: Mapping[str, Any]) -> frozenset[str] | None:
    """Return what was really agreed to, however it is separated; None when the answer does not say."""
    told = tokens.get("scope")
    return frozenset(re.split(r"[\s,]+", told.strip())) if isinstance(told, str) and told.strip() else None


def kept(tokens: Mapping[str, Any]) -> dict[str, Any]:
    """Return what of an answer is kept with a channel."""
    return {name: tokens[name] for name in ("access_token", "refresh_token", "expires_at") if name in tokens}


def new_verifier() -> str:
    """Return a fresh PKCE verifier (43 characters)."""
    return secrets.token_urlsafe(32)


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of ``verifier``."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def consent_address(
    oauth: OAuth, client: Client, *, redirect: str, state: str, verifier: str, authorize: str | None = None
) -> str:
    """Return the page on which the owner agrees; ``authorize`` stands in for the platform's own address."""
    query = {
        "response_type": "code",
        oauth.id_name: client.id,
        "redirect_uri": redirect,
        "scope": oauth.separator.join(oauth.scopes),
        "state": state,
        **oauth.parameters,
    }
    if oauth.pkce:
        query |= {"code_challenge": challenge_of(verifier), "code_challenge_method": "S256"}
    return f"{authorize or oauth.authorize}?{urlencode(query, quote_via=quote)}"


async def exchange(
    way: Way, oauth: OAuth, client: Client, *, code: str, redirect: str, verifier: str, **more: str
) -> dict[str, Any]:
    """Turn the code into tokens: `access_token`, `refresh_token` and `expires_at` as far as given, and what else came.

    Raises ``AuthExpired`` (the code is over or was used), ``Rejected``, ``Transient``.
    """
    body = {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect, **more}
    if oauth.pkce:
        body["code_verifier"] = verifier
    return await _tokens(way, oauth, client, body, once=False)


async def renew(way: Way, oauth: OAuth, client: Client, *, refresh_token: str, **more: str) -> dict[str, Any]:
    """Turn a refresh token into new tokens, as ``exchange``. Where a refresh token works once, a lost answer is unknown.

    Raises ``AuthExpired``, ``Rejected``, ``Transient``, ``OutcomeUnknown``.
    """
    body = {"grant_type": "refresh_token", "refresh_token": refresh_token, **more}
    return await _tokens(way, oauth, client, body, once=True)


async def _tokens(
    way: Way, oauth: OAuth, client: Client, body: dict[str, str], *, once: bool
) -> dict[str, Any]:
    headers = {"Accept": "application/json"}
    hidden = tuple(
        value
        for value in (client.secret, *(body.get(n, "") for n in ("code", "refresh_token", "code_verifier")))
        if value
    )
    if oauth.client_auth == "basic" and client.secret:
        pair = f"{quote(client.id, safe='')}:{quote(client.secret, safe='')}"
        headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        body = {oauth.id_name: client.id, **body}
    else:
        body = {oauth.id_name: client.id, **body}
        if client.secret:
            body["client_secret"] = client.secret
    answer = await http.request(
        way.http,
        http.Request(
            platform=way.title, method="POST", url=way.address, publishes=once, clock=way.clock,
            secrets=hidden, data=body, headers=headers,
        ),
    )  # fmt: skip
    # VK refuses with HTTP 200.
    if answer.status >= 400 or (isinstance(answer.data, dict) and answer.data.get("error")):
        raise _refused(way, answer, hidden)
    return _read(way, answer)


def _read(way: Way, answer: Answer) -> dict[str, Any]:
    data = answer.data if isinstance(answer.data, dict) else {}
    if not isinstance(data.get("access_token"), str) or not data["access_token"]:
        raise Transient(f"{way.title} gave no token", error_code="unreadable", platform=way.title)
    tokens = {name: value for name, value in data.items() if name not in {"expires_in", "refresh_token"}}
    seconds = data.get("expires_in")
    if isinstance(seconds, int | float) and not isinstance(seconds, bool) and seconds > 0:
        tokens["expires_at"] = (way.clock.now() + timedelta(seconds=min(seconds, _LONGEST_LIFE))).isoformat()
    # A blank one must never replace the one that is kept.
    if isinstance(data.get("refresh_token"), str) and data["refresh_token"].strip():
        tokens["refresh_token"] = data["refresh_token"]
    return tokens


def _refused(way: Way, answer: Answer, hidden: tuple[str, ...]) -> PlatformError:
    data = answer.data if isinstance(answer.data, dict) else {}
    name = data.get("error")
    words = str(
        data.get("error_description")
        or data.get("error_message")
        or (name.get("message") if isinstance(name, dict) else name)
        or ""
    )
    reason = http.redact(words or f"HTTP {answer.status}", hidden)[:300]
    # X and Meta have no word of their own for a code that is over.
    if (isinstance(name, str) and name in _OVER) or "authorization code" in words.lower():
        return AuthExpired(reason, error_code="grant-over", platform=way.slug, reason=reason)
    if answer.status == 401 or (isinstance(name, str) and name in {"invalid_client", "unauthorized_client"}):
        return AuthExpired(reason, error_code="bad-client", platform=way.slug, reason=reason)
    return Rejected(reason, error_code=f"http-{answer.status}", platform=way.slug, reason=reason)
