"""On which server does an account live? Its handle names a DID, whose document names the server.

https://atproto.com/specs/handle, https://atproto.com/specs/did and https://web.plc.directory
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from core.errors import InvalidInput, Rejected
from core.platforms import rest
from core.platforms.base import Target
from core.platforms.bluesky.client import API
from core.platforms.rest import Call

DIRECTORY = "https://plc.directory"
_USUAL = ".bsky.social"
_PROFILE = re.compile(r"(?:https?://)?[\w.-]+/profile/([^/?#\s]+)", re.IGNORECASE)
_HANDLE = re.compile(
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?", re.IGNORECASE
)
_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|plc:\w+|web:[\w.%-]+)")
_EMAIL = re.compile(r"[^@\s]+@[\w-]+(?:\.[\w-]+)+")
_PASSWORD = re.compile(r"(?<![a-z0-9-])[a-z0-9]{4}(?:-[a-z0-9]{4}){3}(?![a-z0-9-])", re.IGNORECASE)


def read_identifier(text: str) -> str:
    """Find the account: its handle with or without @, a link to its profile, its DID or e-mail. Raises ``InvalidInput``."""
    given = text.strip()
    if profile := _PROFILE.search(given):
        given = unquote(profile[1])
    if did := _DID.fullmatch(given):
        return did[0]
    if _EMAIL.fullmatch(given):
        return given
    # Bluesky's own app puts marks of direction around a copied handle.
    handle = given.strip("\u200e\u200f\u202a\u202c\u2066\u2069").removeprefix("@").rstrip("./").lower()
    if handle and "." not in handle and handle.isascii() and handle.replace("-", "").isalnum():
        handle += _USUAL
    if not _HANDLE.fullmatch(handle) or len(handle) > 253:
        raise InvalidInput("this is not a handle", reason="not-a-handle")
    return handle


def read_password(text: str) -> str:
    """Find the app password; the account's own is not taken. Raises ``InvalidInput``."""
    found = _PASSWORD.search(text)
    if found is None:
        raise InvalidInput("this is not an app password", reason="not-an-app-password")
    return found[0].lower()


async def find_server(target: Target, given: Mapping[str, str]) -> Mapping[str, Any]:
    """Return where the account's posts are written to, as the setting `api_base`. Raises like ``Check``.

    An e-mail address says nothing of its server: then it is the usual one.
    """
    name = given["identifier"]
    if _EMAIL.fullmatch(name):
        return {}
    did = name if _DID.fullmatch(name) else await _did_of(target, name)
    document = await _document(target, did)
    services = document.get("service")
    for service in services if isinstance(services, list) else []:
        if isinstance(service, Mapping) and str(service.get("id", "")).endswith("#atproto_pds"):
            return {"api_base": _trusted(target, str(service.get("serviceEndpoint", "")))}
    raise Rejected("the account names no server", error_code="no-server", platform="bluesky", reason=did)


async def _did_of(target: Target, handle: str) -> str:
    request = Call("GET", "/xrpc/com.atproto.identity.resolveHandle", params={"handle": handle})
    try:
        found = (await rest.call(target, API, request, token="")).data
    except Rejected as error:
        raise Rejected(str(error), error_code="no-such-handle", platform="bluesky", reason=handle) from None
    did = found.get("did") if isinstance(found, Mapping) else None
    if not isinstance(did, str) or not _DID.fullmatch(did):
        raise rest.unreadable(target, API, publishes=False)
    return did


async def _document(target: Target, did: str) -> Mapping[str, Any]:
    directory = str(target.settings.get("plc_directory") or DIRECTORY).rstrip("/")
    if did.startswith("did:web:"):
        host = unquote(did.removeprefix("did:web:"))
        address = f"https://{host}/.well-known/did.json"
    else:
        address = f"{directory}/{quote(did, safe=':')}"
    found = (await rest.call(target, API, Call("GET", address), token="")).data
    if not isinstance(found, Mapping):
        raise rest.unreadable(target, API, publishes=False)
    return found


def _trusted(target: Target, address: str) -> str:
    """Return ``address`` if a password may be sent there: by https, or to where we were told to look in the first place."""
    parts = urlsplit(address)
    if parts.hostname and (parts.scheme == "https" or parts.netloc == urlsplit(target.api_base).netloc):
        return address.rstrip("/")
    raise Rejected(
        "the account's server is not safe", error_code="no-server", platform="bluesky", reason=address
    )
