"""Which Bot API calls came in, and how did each end?"""

from collections import deque
from dataclasses import asdict, dataclass, field
from typing import Any

KEPT = 5000


@dataclass
class Call:
    """One call. `params` never holds a token; uploads are named by size. `effect` says whether the state was changed."""

    number: int
    at: float
    bot_id: int | None
    method: str
    params: dict[str, Any] = field(default_factory=dict)
    status: int | None = None
    """The HTTP status answered, or nothing when no answer was sent (yet)."""
    description: str | None = None
    fault: str | None = None
    effect: bool = False


class Journal:
    """The last 5000 calls."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT)
        self._count = 0

    def open(self, at: float, bot_id: int | None, method: str) -> Call:
        """Note that a call came in; whoever handles it fills in the rest."""
        self._count += 1
        call = Call(self._count, at, bot_id, method)
        self._calls.append(call)
        return call

    def calls(self, method: str | None = None, *, after: int = 0) -> list[Call]:
        """Calls numbered above `after`, oldest first, of one method or of all."""
        wanted = method.lower() if method else None
        return [one for one in self._calls if one.number > after and wanted in (None, one.method.lower())]

    def clear(self) -> None:
        """Forget all calls; numbers go on."""
        self._calls.clear()

    def body(self, method: str | None = None, *, after: int = 0) -> list[dict[str, Any]]:
        """The same as plain JSON."""
        return [asdict(call) for call in self.calls(method, after=after)]
