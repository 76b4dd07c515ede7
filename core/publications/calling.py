"""What did the platform say? One call, no transaction; every way it can end becomes an outcome."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog

from core.errors import AuthExpired, OutcomeUnknown, RateLimited, Rejected, Transient, Unsupported
from core.platforms.base import Sent
from core.publications import policy
from core.publications.claiming import Claim, Step
from core.publications.outcomes import Absent, Again, Confirmed, LockedOut, Outcome, Refused, Unknown, Wait

log = structlog.get_logger(__name__)

_Answer = TypeVar("_Answer")


async def send(claim: Claim, step: Step) -> Outcome:
    """Publish one part. Never raises: whatever goes wrong once the call has begun leaves the outcome unknown."""
    part = claim.parts[step.part]
    answer = await _outcome(
        claim, lambda: claim.platform.publish(claim.target, part, key=step.key, earlier=step.earlier)
    )
    return Confirmed(answer) if isinstance(answer, Sent) else answer


async def look(claim: Claim, step: Step) -> Outcome:
    """Look whether a part with an unknown outcome is live. ``Unknown`` when the platform cannot tell."""
    look_up = claim.platform.look_up
    if look_up is None:
        return Unknown("no-look-up", "the platform cannot be asked what is live")
    part = claim.parts[step.part]
    answer = await _outcome(claim, lambda: look_up(claim.target, part, key=step.key, since=step.since))
    if answer is None:
        return Absent()
    return Confirmed(answer) if isinstance(answer, Sent) else answer


async def _outcome(claim: Claim, call: Callable[[], Awaitable[_Answer]]) -> _Answer | Outcome:
    try:
        async with asyncio.timeout(policy.CALL_LIMIT):
            return await call()
    except RateLimited as error:
        return Wait(error.error_code, str(error), error.retry_at)
    except Transient as error:
        return Again(error.error_code, str(error))
    except AuthExpired as error:
        return LockedOut(error.error_code, str(error))
    except (Rejected, Unsupported) as error:
        return Refused(error.error_code, str(error))
    except OutcomeUnknown as error:
        return Unknown(error.error_code, str(error))
    except TimeoutError:
        return Unknown("no-answer", f"no answer within {policy.CALL_LIMIT:.0f} seconds")
    except asyncio.CancelledError:
        return Unknown("interrupted", "the process was stopped during the call", interrupted=True)
    except Exception as error:
        # An adapter may only raise the above; a surprise says nothing about what happened at the other end.
        log.exception("publish_surprise", publication=str(claim.publication_id), platform=claim.platform.slug)
        return Unknown("unexpected", f"{type(error).__name__}: unexpected answer")
