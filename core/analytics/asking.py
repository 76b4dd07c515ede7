"""What does the platform say of a post, or of a channel's followers? One call, no transaction; every end is an answer."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import structlog

from core.errors import AuthExpired, OutcomeUnknown, RateLimited, Rejected, Transient, Unsupported
from core.platforms.base import Platform, PostMetrics, Sent, Target

log = structlog.get_logger(__name__)

_Value = TypeVar("_Value")

_CALL_LIMIT = 60.0  # seconds; numbers are not worth a longer wait
_GONE = frozenset({"not-found", "http-404", "http-410"})
# These credentials may publish and not read numbers: nothing is wrong with the channel.
_NO_RIGHT_TO_NUMBERS = frozenset({"rights-missing", "forbidden"})


@dataclass(frozen=True, slots=True)
class Said(Generic[_Value]):
    """The platform has told."""

    value: _Value


@dataclass(frozen=True, slots=True)
class Gone:
    """There is no such post any more."""

    message: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The platform does not tell of this one."""

    message: str


@dataclass(frozen=True, slots=True)
class NeverTold:
    """With these credentials the platform tells it of nothing."""

    message: str


@dataclass(frozen=True, slots=True)
class Slower:
    """The platform said when to come back."""

    retry_at: datetime


@dataclass(frozen=True, slots=True)
class LockedOut:
    """The credentials are refused."""

    message: str


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer that could be used; trying again later may help."""

    code: str
    message: str


Trouble = Gone | Refused | NeverTold | Slower | LockedOut | Failed


async def post(platform: Platform, target: Target, sent: Sent) -> Said[PostMetrics] | Trouble:
    """Ask what has become of a post. Never raises."""
    fetch = platform.metrics
    if fetch is None:
        return NeverTold(f"{platform.title} tells no numbers of posts")
    return await _answer(platform, lambda: fetch(target, sent))


async def posts(
    platform: Platform, target: Target, sent: Sequence[Sent]
) -> Said[Mapping[str, PostMetrics]] | Trouble | None:
    """Ask about several posts with one call; None where the platform has none. Never raises."""
    fetch = platform.metrics_of_many
    if fetch is None or len(sent) < 2:
        return None
    return await _answer(platform, lambda: fetch(target, sent))


async def followers(platform: Platform, target: Target) -> Said[int] | Trouble:
    """Ask how many follow the channel. Never raises."""
    fetch = platform.followers
    if fetch is None:
        return NeverTold(f"{platform.title} does not tell how many follow")
    return await _answer(platform, lambda: fetch(target))


async def _answer(platform: Platform, call: Callable[[], Awaitable[_Value]]) -> Said[_Value] | Trouble:
    try:
        async with asyncio.timeout(_CALL_LIMIT):
            return Said(await call())
    except RateLimited as error:
        return Slower(error.retry_at)
    except AuthExpired as error:
        known = error.error_code in _NO_RIGHT_TO_NUMBERS
        return NeverTold(str(error)) if known else LockedOut(str(error))
    except Unsupported as error:
        return NeverTold(str(error))
    except Rejected as error:
        return Gone(str(error)) if error.error_code in _GONE else Refused(str(error))
    except (Transient, OutcomeUnknown) as error:
        return Failed(error.error_code, str(error))
    except TimeoutError:
        return Failed("no-answer", f"no answer within {_CALL_LIMIT:.0f} seconds")
    except Exception as error:
        # An adapter may only raise the above; what surprises in one post's numbers must not stop the others.
        log.exception("numbers_surprise", platform=platform.slug)
        return Failed("unexpected", f"{type(error).__name__}: unexpected answer")
