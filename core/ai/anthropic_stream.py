"""How do Claude's events become a message? They are put together as they come, so that nothing counted is lost."""

from typing import Any

from core.ai.growing import Growing
from core.ai.provider import BadRequest, Charge, Overloaded, ProviderError, Usage
from core.ai.sse import Event

_OURS = frozenset({"invalid_request_error", "request_too_large"})


class Assembly:
    """A message of the Messages API in the making; ``message`` has the shape of one that came whole."""

    def __init__(self, growing: Growing) -> None:
        self._growing = growing
        self._blocks: dict[int, dict[str, Any]] = {}
        self._head: dict[str, Any] = {}
        self._usage: dict[str, Any] = {}
        self._stop_reason: str | None = None
        self.ended = False

    def take(self, event: Event) -> None:
        """Add one event. Raises ``ProviderError`` when the event is the provider's own failure."""
        kind = event.get("type")
        if kind == "error":
            raise self.marked(_failure(event.get("error")))
        if kind == "message_start":
            self._head = _object(event.get("message"))
            self._count(self._head.get("usage"))
        elif kind == "content_block_start":
            self._blocks[_index(event)] = {"text": ""} | _object(event.get("content_block"))
        elif kind == "content_block_delta":
            self._grow(_index(event), _object(event.get("delta")))
        elif kind == "message_delta":
            reason = _object(event.get("delta")).get("stop_reason")
            self._stop_reason = reason if isinstance(reason, str) else self._stop_reason
            self._count(event.get("usage"))
        elif kind == "message_stop":
            self.ended = True

    @property
    def begun(self) -> bool:
        """Whether the model has started to work."""
        return bool(self._head)

    @property
    def message(self) -> dict[str, Any]:
        """The message so far, as the API would have sent it in one piece."""
        return {
            "model": self._head.get("model"),
            "content": [self._blocks[index] for index in sorted(self._blocks)],
            "stop_reason": self._stop_reason,
            "usage": self._usage,
        }

    def marked(self, error: ProviderError) -> ProviderError:
        """Return ``error`` with what was counted before it. How much came after that nobody says: all may be charged."""
        given, made = self._usage.get("input_tokens"), self._usage.get("output_tokens")
        if isinstance(given, int) and isinstance(made, int):
            error.usage = Usage(given, made, dict(self._usage))
            model = self._head.get("model")
            error.model = model if isinstance(model, str) else None
        error.charge = Charge.UNKNOWN
        return error

    def _grow(self, index: int, delta: dict[str, Any]) -> None:
        text = delta.get("text")
        if delta.get("type") != "text_delta" or not isinstance(text, str):
            return  # thoughts and signatures are not for readers
        block = self._blocks.setdefault(index, {"type": "text", "text": ""})
        block["text"] += text
        self._growing.add(text)

    def _count(self, usage: object) -> None:
        # The counts are cumulative: a later one replaces an earlier one.
        self._usage |= {name: value for name, value in _object(usage).items() if value is not None}


def _failure(error: object) -> ProviderError:
    told = _object(error)
    kind, words = str(told.get("type")), str(told.get("message"))[:300]
    made = BadRequest if kind in _OURS else Overloaded
    return made(f"the stream broke off: {kind}: {words}")


def _object(value: object) -> dict[str, Any]:
    return dict(value) if isinstance(value, dict) else {}


def _index(event: Event) -> int:
    index = event.get("index")
    return index if isinstance(index, int) else 0
