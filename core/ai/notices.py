"""How is it said that a text is not what the default model wrote? One code for each thing the owner can do about it."""

from enum import StrEnum

from core.ai.choosing import Choice
from core.ai.provider import (
    BadKey,
    InvalidAnswer,
    ModelGone,
    NoCredit,
    Overloaded,
    Refused,
    TimedOut,
    Truncated,
    Unreachable,
)
from core.ai.stopping import Stopped
from core.ai.usage import CapReached, PriceUnknown
from core.errors import NexusError


class Notice(StrEnum):
    """Why a draft is not what the default model wrote; names the locale text `notice-<code>`."""

    NO_KEY = "no_key"  # no ANTHROPIC_API_KEY: made from the template
    NO_OPENAI_KEY = "no_openai_key"  # the same with OPENAI_API_KEY, and no other server is named
    NO_MODEL = "no_model"  # the provider is chosen, its model is not
    BAD_KEY = "bad_key"
    BAD_OPENAI_KEY = "bad_openai_key"
    NO_CREDIT = "no_credit"
    REFUSED = "refused"
    CAP_REACHED = "cap_reached"
    PRICE_UNKNOWN = "price_unknown"  # a cap is set, and nobody knows the model's price
    OVERLOADED = "overloaded"  # both models had too much to do
    TIMED_OUT = "timed_out"
    UNREACHABLE = "unreachable"  # no connection, or it broke in the middle
    MODEL_GONE = "model_gone"
    TRUNCATED = "truncated"  # too long for both models, also in a smaller form
    NONSENSE = "nonsense"  # not the JSON that was asked for
    UNAVAILABLE = "unavailable"  # anything else
    FALLBACK_MODEL = "fallback_model"  # written by AI, but by the fallback model
    SMALLER = "smaller"  # written by AI, shorter than asked for: the whole did not fit
    STOPPED = "stopped"  # the owner stopped it: the text as far as it had come
    TOO_LONG = "too_long"  # the owner's own text, unshortened


_NOTICES: tuple[tuple[type[NexusError], Notice], ...] = (
    (BadKey, Notice.BAD_KEY),
    (NoCredit, Notice.NO_CREDIT),
    (Refused, Notice.REFUSED),
    (CapReached, Notice.CAP_REACHED),
    (PriceUnknown, Notice.PRICE_UNKNOWN),
    (Overloaded, Notice.OVERLOADED),
    (TimedOut, Notice.TIMED_OUT),
    (Unreachable, Notice.UNREACHABLE),
    (ModelGone, Notice.MODEL_GONE),
    (Truncated, Notice.TRUNCATED),
    (InvalidAnswer, Notice.NONSENSE),
    (Stopped, Notice.STOPPED),
)


def notice_of(error: NexusError, choice: Choice) -> Notice:
    """Return how to say why no model answered."""
    if isinstance(error, BadKey) and choice.provider == "openai":
        return Notice.BAD_OPENAI_KEY
    return next((code for kind, code in _NOTICES if isinstance(error, kind)), Notice.UNAVAILABLE)
