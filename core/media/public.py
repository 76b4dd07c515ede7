"""How does a platform that fetches files by address get ours? A signed address of the receiver that expires.

Whoever has the address may read that one file until it expires; nobody can make one for another file.
"""

from datetime import datetime, timedelta
from urllib.parse import quote, urlencode

from core.errors import Rejected
from core.media.store import SCHEME
from core.security.keyring import Keyring

PATH = "/media/"
# Instagram fetches within a minute of making a container, which lives for a day; a retry makes a new address.
LIFETIME = timedelta(hours=6)
_PURPOSE = "media"


def public_address(url: str, *, base: str | None, keyring: Keyring, now: datetime) -> str:
    """Return where the file ``url`` (``media://…``) can be fetched until ``now + LIFETIME``.

    Addresses on the web are returned as they are. Raises ``Rejected`` when no ``PUBLIC_URL`` is set.
    """
    if not url.startswith(SCHEME):
        return url
    if not base:
        raise Rejected(
            "PUBLIC_URL is not set: this platform fetches files itself, so NEXUS must be reachable from outside",
            error_code="no-public-url",
        )
    name = url.removeprefix(SCHEME)
    expires = str(int((now + LIFETIME).timestamp()))
    query = urlencode({"expires": expires, "signature": keyring.sign(_PURPOSE, name, expires)})
    return f"{base.rstrip('/')}{PATH}{quote(name)}?{query}"


def may_read(name: str, *, expires: str, signature: str, keyring: Keyring, now: datetime) -> bool:
    """Tell whether the address of the file ``name`` is ours and still good."""
    if not expires.isascii() or not expires.isdecimal() or len(expires) > 12:
        return False
    return int(expires) >= now.timestamp() and keyring.signed(signature, _PURPOSE, name, expires)
