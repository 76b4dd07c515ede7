"""Who follows a text while it is written? Whoever hears it grow, and may end it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from core.ai.stopping import Stop


@dataclass(frozen=True, slots=True)
class Listening:
    """``on_text`` hears the text whenever it has grown (None: nobody watches), ``stop`` ends the call."""

    on_text: Callable[[str], None] | None = None
    stop: Stop = field(default_factory=Stop)


class Heard:
    """A listener that remembers: the text as far as it was heard, so that a stopped one is not lost."""

    def __init__(self, listening: Listening | None) -> None:
        self.text = ""
        self._to = listening or Listening()

    @property
    def streamed(self) -> bool:
        """Whether anybody watches the text grow."""
        return self._to.on_text is not None

    @property
    def listening(self) -> Listening:
        """What to give to ``asking.ask``."""
        return Listening(self._hear if self.streamed else None, self._to.stop)

    def _hear(self, text: str) -> None:
        self.text = text
        if self._to.on_text is not None:
            self._to.on_text(text)
