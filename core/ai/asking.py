"""How is one question asked? Money reserved, the default model, the fallback model when that helps, all recorded.

What is tried after a failure depends on the failure: a short Retry-After is waited for once, a cut-off answer is asked
for again in a smaller form, and whatever another model may do better goes to the next one.
"""

import asyncio
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic

import structlog

from core.ai import usage
from core.ai.listening import Listening
from core.ai.provider import (
    Answer,
    Completion,
    Overloaded,
    Provider,
    ProviderError,
    Request,
    Terms,
    Truncated,
)
from core.ai.usage import CapReached, Reservation
from core.runtime import Runtime

log = structlog.get_logger(__name__)


_PATIENCE = 8.0  # seconds; a longer Retry-After is not waited for, the fallback model is quicker


@dataclass(frozen=True, slots=True)
class Asked(Generic[Answer]):
    """An answer; ``cost_usd`` includes failed tries before it and is None when a price is unknown."""

    completion: Completion[Answer]
    cost_usd: Decimal | None
    by_fallback: bool
    smaller: bool = False  # it answers the smaller question


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a call is for, as `ai_usage` keeps it."""

    name: str  # the data model's request_type: generate, adapt, predict, …
    product_id: uuid.UUID
    content_id: uuid.UUID | None = None


async def ask(
    runtime: Runtime,
    provider: Provider,
    request: Request[Answer],
    *,
    models: Sequence[str],
    purpose: Purpose,
    smaller: Request[Answer] | None = None,
    listening: Listening | None = None,
) -> Asked[Answer]:
    """Ask the first of ``models``, and the next one when the error says that it is worth a try.

    ``smaller`` is asked instead once an answer was cut off at its length limit. Each call is a row of its own, and no
    transaction is open during it. Raises the last model's ``ProviderError`` (``Stopped`` when that was wanted), and
    ``CapReached`` or ``PriceUnknown`` before a call that must not be made.
    """
    listening = listening or Listening()
    costs: list[Decimal | None] = []
    asked, shrunk = request, False
    for number, model in enumerate(models):
        waited = False
        while True:
            attempt = replace(asked, model=model)
            try:
                completion = await _once(runtime, provider, attempt, purpose, listening, costs)
            except ProviderError as error:
                if isinstance(error, Truncated) and smaller is not None and not shrunk:
                    asked, shrunk = smaller, True
                elif isinstance(error, Overloaded) and not waited and _is_short(error.retry_after):
                    waited = True
                    async with listening.stop.heeded():
                        await asyncio.sleep(error.retry_after or 0)
                elif not error.try_another_model or number == len(models) - 1:
                    raise
                else:
                    break
            else:
                return Asked(completion, _total(costs), by_fallback=number > 0, smaller=shrunk)
    raise ValueError("no model to ask")


async def _once(
    runtime: Runtime,
    provider: Provider,
    request: Request[Answer],
    purpose: Purpose,
    listening: Listening,
    costs: list[Decimal | None],
) -> Completion[Answer]:
    """One call: its money reserved before, settled after; its cost is added to ``costs`` however it ends."""
    reservation = await _reserve(runtime, request, purpose, provider.terms)
    try:
        async with listening.stop.heeded():
            completion = await provider.complete(request, listening.on_text)
    except ProviderError as error:
        async with runtime.unit_of_work() as session:
            costs.append(await usage.settle_failure(session, reservation, error))
        log.warning("ai_call_failed", model=request.model, outcome=error.code, reason=str(error))
        raise
    async with runtime.unit_of_work() as session:
        costs.append(await usage.settle(session, reservation, model=completion.model, usage=completion.usage))
    return completion


def _is_short(retry_after: float | None) -> bool:
    return retry_after is not None and retry_after <= _PATIENCE


async def _reserve(runtime: Runtime, request: Request[Answer], purpose: Purpose, terms: Terms) -> Reservation:
    now = runtime.clock.now()
    try:
        async with runtime.unit_of_work() as session:
            return await usage.reserve(
                session,
                request,
                purpose=purpose.name,
                product_id=purpose.product_id,
                content_id=purpose.content_id,
                now=now,
                terms=terms,
            )
    except CapReached as error:
        async with runtime.unit_of_work() as session:  # its own: the refused one was rolled back
            await usage.tell_cap(session, error, now)
        raise


def _total(costs: Sequence[Decimal | None]) -> Decimal | None:
    known = [cost for cost in costs if cost is not None]
    return sum(known, Decimal(0)) if len(known) == len(costs) else None
