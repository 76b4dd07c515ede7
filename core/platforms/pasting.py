"""What is meant by what was pasted? Tokens come with quotes and words around them, servers as links and handles."""

import ipaddress
import re
from urllib.parse import parse_qs, urlsplit

from core.errors import InvalidInput

_QUOTES = "\"'`«»“”„‘’<>()[]{}"
_EDGES = _QUOTES + ".,;"
_ASSIGNED = re.compile(r"[\w-]*(?:token|key|secret|password|client_id)\s*[=:]\s*", re.IGNORECASE)
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", re.IGNORECASE)
_LONGEST = 4000  # characters of a token


def token(text: str, *, least: int = 8, reason: str = "not-a-token") -> str:
    """Find a token in ``text``: alone, in quotes, after "token:", or in the address a consent page ends on.

    Raises ``InvalidInput``.
    """
    if "access_token=" in text:
        return _usable(_from_address(text), least, reason)
    words = (word.strip(_EDGES) for word in _ASSIGNED.sub(" ", text).split())
    return _usable(max(words, key=len, default=""), least, reason)


def _from_address(text: str) -> str:
    address = next(word for word in text.split() if "access_token=" in word)
    query = address.partition("#")[2] or address.partition("?")[2] or address
    return parse_qs(query).get("access_token", [""])[0].strip(_QUOTES)


def _usable(found: str, least: int, reason: str) -> str:
    if not least <= len(found) <= _LONGEST or not found.isascii() or not found.isprintable():
        raise InvalidInput("this does not look like a token", reason=reason)
    return found


def server(text: str) -> str:
    """Return a server's address from ``text``: a host, a link to anything on it, or a handle such as @name@host.

    What is no machine of one's own is called by https, whatever was typed: a token is not sent in the clear. Raises
    ``InvalidInput``.
    """
    given = text.strip().strip(_EDGES)
    scheme, _, rest = given.partition("://") if "://" in given else ("https", "", given)
    authority = re.split(r"[/?#\s]", rest, maxsplit=1)[0].rpartition("@")[2]
    try:
        parts = urlsplit(f"//{authority}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        host, port = "", None
    if scheme not in {"https", "http"} or not host or not _is_host(host):
        raise InvalidInput("this is not a server's address", reason="not-a-server")
    plain = scheme == "http" and _is_own(host)
    return f"{'http' if plain else 'https'}://{_written(host)}" + (f":{port}" if port else "")


def _is_host(host: str) -> bool:
    if _address(host) is not None or host == "localhost":
        return True
    try:
        ascii_host = host.encode("idna").decode()
    except UnicodeError:
        return False
    return "." in host and len(host) <= 253 and _HOST.fullmatch(ascii_host) is not None


def _is_own(host: str) -> bool:
    address = _address(host)
    return host == "localhost" or (address is not None and (address.is_private or address.is_loopback))


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host.lower()


def link(text: str) -> str:
    """Return the one web address in ``text``, as it is. Raises ``InvalidInput``."""
    found = [word.strip("\"'`«»“”<>") for word in text.split() if "://" in word]
    parts = urlsplit(found[0]) if len(found) == 1 else None
    if parts is None or parts.scheme not in {"https", "http"} or not parts.hostname or parts.username:
        raise InvalidInput("this is not a web address", reason="not-a-link")
    return found[0]
