"""Who guesses at secrets? Wrong signatures are counted by the address they come from; who sends many is not heard for a while.

Behind a proxy of ours every delivery comes from the proxy, so the address that it names counts. Where no proxy names
one, nobody is held back: a stranger must not be able to silence a product that shares an address with him.
"""

import ipaddress
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

MOST = 60  # wrong ones in a minute from one address; a sender with an old secret stays below it
SECONDS = 60.0
_REMEMBERED = 10_000  # addresses; a flood from more of them pushes out those who came first


def sender(peer: str | None, forwarded: str | None) -> str | None:
    """Return the address a delivery comes from; None when nobody trustworthy says.

    ``peer`` is who is connected; ``forwarded`` the `X-Forwarded-For` header, whose last entry the nearest proxy wrote.
    An IPv6 network of 64 bits counts as one address, as it has one owner.
    """
    found = _address(peer)
    if found is not None and not found.is_global:
        found = _address((forwarded or "").rpartition(",")[2].strip())
        if found is not None and not found.is_global:
            return None
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found) if found is not None else None


@dataclass
class Guesses:
    """Counts wrong signatures. ``time`` is in seconds."""

    time: Callable[[], float]
    _moments: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def note(self, address: str | None) -> None:
        """Count a wrong one."""
        if address is None:
            return
        moments = self._moments.setdefault(address, deque(maxlen=MOST))
        self._moments.move_to_end(address)
        moments.append(self.time())
        if len(self._moments) > _REMEMBERED:
            self._moments.popitem(last=False)

    def wait(self, address: str | None) -> float:
        """Return for how many seconds the address is not heard; 0 when it is."""
        moments = self._moments.get(address) if address is not None else None
        if moments is None or len(moments) < MOST:
            return 0.0
        return max(0.0, moments[0] + SECONDS - self.time())


def _address(text: str | None) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address((text or "").partition("%")[0])
    except ValueError:
        return None
