"""How do the chunks of a chat completion become one? Put together as they come, whatever the server leaves out."""

import json
from typing import Any

from core.ai import openai_answers
from core.ai.growing import Growing
from core.ai.sse import Event


class Assembly:
    """A chat completion in the making; ``body`` is what the server would have sent in one piece."""

    def __init__(self, growing: Growing | None) -> None:
        self._growing = growing
        self._text: list[str] = []
        self._refusal: list[str] = []
        self._reason: str | None = None
        self._model: str | None = None
        self._usage: Any = None
        self.ended = False

    def take(self, event: Event) -> None:
        """Add one chunk. Raises ``ProviderError`` when it is the server's own failure."""
        if not event:
            self.ended = True
            return
        if event.get("error") and not event.get("choices"):
            raise openai_answers.told_as_success(event["error"], json.dumps(event).encode())
        model, usage = event.get("model"), event.get("usage")
        self._model = model if isinstance(model, str) else self._model
        self._usage = usage or self._usage
        choices = event.get("choices")
        if isinstance(choices, list) and choices and isinstance(choices[0], dict):
            self._choice(choices[0])

    @property
    def body(self) -> bytes:
        """The completion as one piece."""
        message = {"content": "".join(self._text), "refusal": "".join(self._refusal) or None}
        choice = {"index": 0, "message": message, "finish_reason": self._reason}
        return json.dumps({"model": self._model, "choices": [choice], "usage": self._usage}).encode()

    def _choice(self, choice: dict[str, Any]) -> None:
        delta = choice.get("delta")
        if isinstance(delta, dict):
            said, refused = delta.get("content"), delta.get("refusal")
            if isinstance(said, str) and said:
                self._text.append(said)
                if self._growing is not None:
                    self._growing.add(said)
            if isinstance(refused, str):
                self._refusal.append(refused)
        reason = choice.get("finish_reason")
        if isinstance(reason, str):
            # Some servers never say that this was all.
            self._reason, self.ended = reason, True
