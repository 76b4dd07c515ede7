"""How do tests send to the receiver? Bytes and headers as they are, and the answer as status and JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.runtime import Runtime


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: dict[str, Any]
    headers: Mapping[str, str]

    @property
    def error(self) -> tuple[int, str, str | None]:
        """Status, code and field of an error in the one form."""
        assert set(self.body) == {"error"}
        assert set(self.body["error"]) == {"code", "message", "field"}
        assert self.body["error"]["message"]
        return self.status, self.body["error"]["code"], self.body["error"]["field"]


async def send(
    runtime: Runtime, address: str, body: Any, headers: Mapping[str, str], *, slug: str = "moonbird"
) -> Answer:
    """Send a delivery."""
    async with runtime.http.post(f"{address}/api/events/{slug}", data=body, headers=headers) as answer:
        return Answer(answer.status, await answer.json(), answer.headers)
