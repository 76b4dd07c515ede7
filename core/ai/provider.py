"""What is a language model to us? One call with a typed answer, and errors that say what may be tried next."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Generic, Literal, Protocol, TypeVar

from pydantic import BaseModel

from core.errors import Actor, NexusError

Answer = TypeVar("Answer", bound=BaseModel)
Effort = Literal["low", "medium", "high"]


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of the system prompt. ``cached`` marks the end of what stays the same from call to call."""

    text: str
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Request(Generic[Answer]):
    """One call. ``answer`` is the model's answer as a type: its schema is sent, the answer checked against it.

    ``max_tokens`` includes what the model thinks; ``time_limit`` is in seconds and covers everything, ``idle_limit`` is
    how long a stream may be silent. ``shown`` names the answer's fields whose text is shown while it grows, the first
    one that has begun.
    """

    model: str
    system: tuple[Block, ...]
    content: str
    answer: type[Answer]
    max_tokens: int
    effort: Effort = "medium"
    temperature: float | None = None  # sent only where a model may take it
    time_limit: float = 60.0
    idle_limit: float = 20.0
    shown: tuple[str, ...] = ("text",)


@dataclass(frozen=True, slots=True)
class Usage:
    """What one call used. ``reported`` is the provider's own object, from which the price is calculated.

    It is empty when the provider did not count.
    """

    input_tokens: int = 0  # cached ones included
    output_tokens: int = 0
    reported: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Completion(Generic[Answer]):
    """A checked answer, and what it took. ``model`` is the one that answered."""

    answer: Answer
    model: str
    usage: Usage


@dataclass(frozen=True, slots=True)
class Terms:
    """What must be known to bound the price of a call.

    ``price_list`` is the one to look models up in, None when nobody knows what this server takes. ``repairs`` says that
    one request may become two calls, the second with the first one's answer in it.
    """

    price_list: str | None = "anthropic"
    repairs: bool = False


class Provider(Protocol):
    """Somewhere to send a request. Raises only ``ProviderError``."""

    @property
    def terms(self) -> Terms: ...

    async def complete(
        self, request: Request[Answer], on_text: Callable[[str], None] | None = None
    ) -> Completion[Answer]:
        """Ask once. With ``on_text`` the answer is streamed, and the post's text is given to it whenever it has grown.

        Where a server does not stream, the answer comes whole and ``on_text`` hears nothing before its end.
        """
        ...


class Charge(StrEnum):
    """Whether a failed call may have cost money."""

    NONE = "none"  # refused before any work
    KNOWN = "known"  # ``ProviderError.usage`` says how much
    UNKNOWN = "unknown"  # no answer came, the work may have been done


class ProviderError(NexusError):
    """Root of what a provider may raise. ``code`` is also the outcome written to `ai_usage`.

    ``try_another_model`` says whether the fallback model is worth a try.
    """

    actor = Actor.NOBODY
    code = "failed"
    try_another_model: ClassVar[bool] = False
    charge: Charge = Charge.NONE

    def __init__(
        self, message: str = "", /, *, usage: Usage | None = None, model: str | None = None, **params: object
    ) -> None:
        super().__init__(message, **params)
        self.usage = usage
        self.model = model  # the one that answered, when one did
        if usage is not None:
            self.charge = Charge.KNOWN


class Overloaded(ProviderError):
    """The provider has too much to do, or the rate limit is reached (429, 5xx, 529)."""

    code = "overloaded"
    try_another_model = True

    def __init__(self, message: str = "", /, *, retry_after: float | None = None, **params: Any) -> None:
        super().__init__(message, **params)
        self.retry_after = retry_after  # seconds, when the provider said so


class Unreachable(ProviderError):
    """The connection could not be made, or broke before the answer."""

    code = "unreachable"
    try_another_model = True
    charge = Charge.UNKNOWN


class TimedOut(ProviderError):
    """No answer within the time limit."""

    code = "timed_out"
    try_another_model = True
    charge = Charge.UNKNOWN


class ModelGone(ProviderError):
    """The provider does not serve this model (any more)."""

    actor = Actor.OWNER
    code = "model_gone"
    try_another_model = True


class Truncated(ProviderError):
    """The answer was cut off at its length limit; what there is of it cannot be used."""

    code = "truncated"
    try_another_model = True


class InvalidAnswer(ProviderError):
    """The answer is not what was asked for: not JSON, or not of the given shape."""

    code = "invalid"
    try_another_model = True


class Refused(ProviderError):
    """The model declined to write this; another one is not asked to."""

    actor = Actor.OWNER
    code = "refused"


class BadKey(ProviderError):
    """The key is wrong or lacks a permission."""

    actor = Actor.OWNER
    code = "bad_key"


class NoCredit(ProviderError):
    """The account has nothing left to pay with."""

    actor = Actor.OWNER
    code = "no_credit"


class BadRequest(ProviderError):
    """The provider rejects the request as such; sending it to another model would not change that."""

    actor = Actor.US
    code = "bad_request"


def seconds(header: str | None) -> float | None:
    """Return the seconds that a Retry-After header asks for; None when there is none, or only a date."""
    try:
        asked = float((header or "").strip())
    except ValueError:
        return None
    return asked if 0 <= asked < float("inf") else None
