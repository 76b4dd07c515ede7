"""How is one question asked? Money reserved, the default model, the fallback model when that helps, all recorded."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Generic

import structlog

from core.ai import usage
from core.ai.provider import Answer, Completion, Provider, ProviderError, Request, Terms
from core.ai.usage import Reservation
from core.runtime import Runtime

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Asked(Generic[Answer]):
    """An answer; ``cost_usd`` includes failed tries before it and is None when a price is unknown."""

    completion: Completion[Answer]
    cost_usd: Decimal | None
    by_fallback: bool


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
) -> Asked[Answer]:
    """Ask the first of ``models``, and the next one when the error says that it is worth a try.

    Each call is a row of its own, and no transaction is open during it. Raises the last model's ``ProviderError``,
    and ``CapReached`` or ``PriceUnknown`` before a call that must not be made.
    """
    costs: list[Decimal | None] = []
    last = len(models) - 1
    for number, model in enumerate(models):
        attempt = replace(request, model=model)
        reservation = await _reserve(runtime, attempt, purpose, provider.terms)
        try:
            completion = await provider.complete(attempt)
        except ProviderError as error:
            async with runtime.unit_of_work() as session:
                costs.append(await usage.settle_failure(session, reservation, error))
            log.warning("ai_call_failed", model=model, outcome=error.code, reason=str(error))
            if not error.try_another_model or number == last:
                raise
            continue
        async with runtime.unit_of_work() as session:
            costs.append(
                await usage.settle(session, reservation, model=completion.model, usage=completion.usage)
            )
        return Asked(completion, _total(costs), by_fallback=number > 0)
    raise ValueError("no model to ask")


async def _reserve(runtime: Runtime, request: Request[Answer], purpose: Purpose, terms: Terms) -> Reservation:
    async with runtime.unit_of_work() as session:
        return await usage.reserve(
            session,
            request,
            purpose=purpose.name,
            product_id=purpose.product_id,
            content_id=purpose.content_id,
            now=runtime.clock.now(),
            terms=terms,
        )


def _total(costs: Sequence[Decimal | None]) -> Decimal | None:
    known = [cost for cost in costs if cost is not None]
    return sum(known, Decimal(0)) if len(known) == len(costs) else None
