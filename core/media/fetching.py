"""How is a file taken from the web without being led into our own network?

An address from outside may name, resolve to, or redirect to a machine only we can reach. Every host is therefore
resolved by us, checked, and connected to by exactly the addresses that were checked; redirects are followed by hand,
three at most, each checked the same way. The last look is at the socket, so that no way of writing an address
(``①②⑦.0.0.1`` is one) gets around the others.
"""

import ipaddress
import socket
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL

from core.errors import InvalidInput
from core.media.store import MediaStore

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

MAX_REDIRECTS = 3
_TIMEOUT = aiohttp.ClientTimeout(total=120, connect=10, sock_read=20)
_CHUNK = 64 * 1024
_INTERNET = ipaddress.IPv6Network("2000::/3")  # all of IPv6 that has ever been given out
_TRANSLATED = ipaddress.IPv6Network("64:ff9b::/96")  # NAT64: the last 32 bits are an IPv4 address


def is_public(address: Address) -> bool:
    """Tell whether ``address`` is one of the internet at large; mapped IPv4 addresses count as what they map to."""
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if address in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address not in _INTERNET:
            return False
    return address.is_global and not address.is_multicast


class _CheckedResolver(AbstractResolver):
    """Resolves like the system, and keeps only addresses that may be talked to."""

    def __init__(self, allowed: Callable[[Address], bool]) -> None:
        self._allowed = allowed
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        if not all(self._allowed(ipaddress.ip_address(one["host"].partition("%")[0])) for one in found):
            raise PrivateAddress
        return found

    async def close(self) -> None:
        await self._inner.close()


class PrivateAddress(Exception):
    """The address leads into a network that is nobody's business."""


async def fetch(
    store: MediaStore,
    address: str,
    *,
    max_bytes: int,
    allowed: Callable[[Address], bool] = is_public,
) -> tuple[str, str]:
    """Download ``address`` into the store; return its ``media://`` address and its media type as the server named it.

    Raises ``InvalidInput`` with ``reason``: bad-address, private-address, not-found, too-large, unreachable.
    """
    async with guarded(_TIMEOUT, allowed) as http:
        try:
            for _ in range(MAX_REDIRECTS + 1):
                check(address, allowed)
                async with http.get(address, allow_redirects=False) as answer:
                    if answer.status in {301, 302, 303, 307, 308} and "Location" in answer.headers:
                        address = urljoin(address, answer.headers["Location"])
                        continue
                    if answer.status != 200:
                        raise _refused("not-found", f"the address answers HTTP {answer.status}")
                    content = await _read(answer, max_bytes)
                    kind = answer.content_type
                    return await store.save(content, _ending(kind, address)), kind
        except PrivateAddress:
            raise _refused("private-address", "the address leads into a private network") from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            if isinstance(error.__cause__, PrivateAddress):
                raise _refused("private-address", "the address leads into a private network") from None
            raise _refused("unreachable", "the address cannot be reached") from None
    raise _refused("unreachable", "the address sends us elsewhere too many times")


def guarded(timeout: aiohttp.ClientTimeout, allowed: Callable[[Address], bool]) -> aiohttp.ClientSession:
    """Return a session that connects to ``allowed`` addresses only; give each address to ``check`` first."""

    def connectable(info: aiohttp.AddrInfoType) -> socket.socket:
        if not allowed(ipaddress.ip_address(str(info[4][0]).partition("%")[0])):
            raise PrivateAddress
        return socket.socket(info[0], info[1], info[2])

    connector = aiohttp.TCPConnector(
        resolver=_CheckedResolver(allowed), use_dns_cache=False, socket_factory=connectable
    )
    return aiohttp.ClientSession(
        connector=connector, timeout=timeout, cookie_jar=aiohttp.DummyCookieJar(), trust_env=False
    )


def check(address: str, allowed: Callable[[Address], bool]) -> None:
    """Refuse what is not http(s) or names no host (``InvalidInput``), or names a private one (``PrivateAddress``)."""
    try:
        parts = urlsplit(address)
        # As the client will read it: letters and digits of other scripts become those of an address.
        host, _ = URL(address).host, parts.port
    except ValueError:
        raise _refused("bad-address", "this is not a web address") from None
    if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password:
        raise _refused("bad-address", "this is not a web address")
    try:
        number = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return  # a name: the resolver checks what it stands for
    if not allowed(number):
        raise PrivateAddress


async def _read(answer: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_chunked(_CHUNK):
        content += chunk
        if len(content) > max_bytes:
            raise _refused("too-large", f"the file is larger than {max_bytes // (1024 * 1024)} MB")
    if not content:
        raise _refused("not-found", "the address gives an empty file")
    return bytes(content)


_ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif", "video/mp4": "mp4",
    "video/quicktime": "mov", "application/pdf": "pdf", "audio/mpeg": "mp3",
}  # fmt: skip


def _ending(kind: str, address: str) -> str:
    name = urlsplit(address).path.rpartition("/")[2]
    return _ENDINGS.get(kind) or name.rpartition(".")[2][:8] or "bin"


def _refused(reason: str, message: str) -> InvalidInput:
    return InvalidInput(message, reason=reason)
