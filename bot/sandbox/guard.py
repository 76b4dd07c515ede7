"""Does this request come from this machine and from our own page?

The sandbox has no passwords. What keeps other people's web pages out is that a browser names the host it thinks it
talks to (`Host`, which a rebound DNS name betrays) and the page that talks (`Origin`, `Sec-Fetch-Site`).
"""

import ipaddress
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def is_loopback_name(host: str) -> bool:
    """Whether a host name or address can only be this machine."""
    name = host.strip("[]").lower().rstrip(".")
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def refusal_of(request: web.Request) -> str | None:
    """Why this request must not be served, or nothing when it may be."""
    try:
        host = urlsplit(f"//{request.headers.get('Host', '')}")
        name = host.hostname or ""
    except ValueError:
        return "the Host header is not a host"
    if not is_loopback_name(name):
        return "the sandbox answers to loopback names only"
    origin = request.headers.get("Origin")
    if origin is not None and origin.lower() != f"http://{request.headers['Host']}".lower():
        return "the request comes from a foreign page"
    navigation = request.method == "GET" and request.headers.get("Sec-Fetch-Mode") == "navigate"
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"} and not (
        navigation and request.path == "/"
    ):
        return "the request comes from a foreign page"
    return None


def guarded(handler: Handler) -> Handler:
    """The same handler behind the check; a refused request gets 403 and changes nothing."""

    async def checked(request: web.Request) -> web.StreamResponse:
        reason = refusal_of(request)
        if reason is not None:
            return web.json_response(
                {"ok": False, "error_code": 403, "description": f"Forbidden: {reason}"}, status=403
            )
        response = await handler(request)
        if not response.prepared:
            response.headers.setdefault("X-Content-Type-Options", "nosniff")
            response.headers.setdefault("X-Frame-Options", "DENY")
            response.headers.setdefault("Referrer-Policy", "no-referrer")
        return response

    return checked
