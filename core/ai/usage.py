"""What do AI calls cost, and may the next one be made? Money is reserved before a call and settled after it.

A reservation is an `ai_usage` row with the most the call can cost. Reservations are made one at a time, so parallel
calls cannot slip under the daily cap together; a process that dies leaves its row as it is, which errs to the
careful side. No transaction is open during the call itself.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import prices, repository
from core.ai.models import AiUsage
from core.ai.provider import Answer, Charge, ProviderError, Request, Terms, Usage
from core.ai.repository import Spent
from core.db import locks
from core.db.locks import Lock
from core.errors import Actor, NexusError
from core.ids import new_id
from core.settings import service as settings

# Written at the reservation, replaced when the call ends: what a row says whose process died in between.
UNKNOWN = "unknown"
_CENT_FRACTION = Decimal("0.000001")
_ANTHROPIC = Terms(prices.ANTHROPIC)


class CapReached(NexusError):
    """The day's money for AI is spent, or what is left would not cover the call."""

    actor = Actor.OWNER
    code = "cap_reached"


class PriceUnknown(NexusError):
    """There is a daily cap, but nobody knows what this model costs: the cap could not be kept."""

    actor = Actor.OWNER
    code = "price_unknown"


@dataclass(frozen=True, slots=True)
class Reservation:
    """Leave to make one call. ``price_list`` is that of whoever is asked, None when there is none."""

    usage_id: uuid.UUID
    model: str
    most_usd: Decimal | None
    price_list: str | None = prices.ANTHROPIC


async def reserve(
    session: AsyncSession,
    request: Request[Answer],
    *,
    purpose: str,
    product_id: uuid.UUID,
    content_id: uuid.UUID | None,
    now: datetime,
    terms: Terms = _ANTHROPIC,
) -> Reservation:
    """Write down that a call is about to be made. Raises ``CapReached`` or ``PriceUnknown``.

    ``purpose`` is the data model's `request_type`: generate, adapt, predict, …
    """
    most = _most(request, terms)
    cap = (await settings.get(session, settings.Ai)).daily_cap_usd
    if cap is not None:
        if most is None:
            raise PriceUnknown(f"the price of {request.model} is not known", model=request.model)
        await locks.hold(session, Lock.AI_SPENDING)
        spent = (await today(session, now)).cost_usd
        if spent + most > Decimal(str(cap)):
            raise CapReached("the daily cap is reached", cap_usd=cap, spent_usd=float(spent))
    usage_id = new_id()
    await repository.add(
        session,
        AiUsage(
            id=usage_id,
            request_type=purpose,
            model=request.model[:100],
            product_id=product_id,
            content_id=content_id,
            cost_usd=_rounded(most),
            outcome=UNKNOWN,
            created_at=now,
        ),
    )
    return Reservation(usage_id, request.model, most, terms.price_list)


async def settle(
    session: AsyncSession, reservation: Reservation, *, model: str, usage: Usage
) -> Decimal | None:
    """Record a call that was answered; return its cost in USD, or None when the price is not known."""
    return await _record(session, reservation, "ok", model, usage)


async def settle_failure(
    session: AsyncSession, reservation: Reservation, error: ProviderError
) -> Decimal | None:
    """Record a call that failed, and return what it cost in USD as far as anybody knows.

    When no answer came the reserved amount stays: the work may have been done and charged.
    """
    model = error.model or reservation.model
    if error.usage is not None and error.charge is Charge.KNOWN:
        return await _record(session, reservation, error.code, model, error.usage)
    cost = reservation.most_usd if error.charge is Charge.UNKNOWN else Decimal(0)
    # A stream that broke off had told what it was given: at least that much was used.
    counted = (error.usage.input_tokens, error.usage.output_tokens) if error.usage is not None else None
    tokens = counted if error.charge is Charge.UNKNOWN else (0, 0)
    await repository.record(
        session, reservation.usage_id, outcome=error.code, model=model, tokens=tokens, cost_usd=_rounded(cost)
    )
    return cost


async def today(session: AsyncSession, now: datetime, *, product_id: uuid.UUID | None = None) -> Spent:
    """Return what was spent since midnight in the owner's zone."""
    start = _start_of_day(now, (await settings.get(session, settings.General)).zone)
    return await repository.spent(session, start, product_id=product_id)


async def this_month(session: AsyncSession, now: datetime, *, product_id: uuid.UUID | None = None) -> Spent:
    """Return what was spent since the first of the month in the owner's zone."""
    start = _start_of_day(now, (await settings.get(session, settings.General)).zone).replace(day=1)
    return await repository.spent(session, start, product_id=product_id)


async def _record(
    session: AsyncSession, reservation: Reservation, outcome: str, model: str, usage: Usage
) -> Decimal | None:
    # Who does not count may still charge: then the reserved amount stays.
    cost = _price(model, reservation, usage.reported) if usage.reported else reservation.most_usd
    await repository.record(
        session,
        reservation.usage_id,
        outcome=outcome,
        model=model,
        tokens=(usage.input_tokens, usage.output_tokens) if usage.reported else None,
        cost_usd=_rounded(cost),
    )
    return cost


def _price(answered: str, reservation: Reservation, reported: Mapping[str, object]) -> Decimal | None:
    """The price of the model that answered; a compatible server may give it a name of its own."""
    price = prices.cost(answered, reported, reservation.price_list)
    return price if price is not None else prices.cost(reservation.model, reported, reservation.price_list)


def _most(request: Request[Answer], terms: Terms) -> Decimal | None:
    """The most a request can cost in USD: with a repair it is two calls, the first one's answer in the second."""
    sent, made = _prompt_bytes(request), request.max_tokens
    if terms.repairs:
        sent, made = 2 * sent + 4 * made, 2 * made
    return prices.upper_bound(request.model, prompt_bytes=sent, max_tokens=made, price_list=terms.price_list)


def _prompt_bytes(request: Request[Answer]) -> int:
    """Bytes of everything that is sent, the schema and the API's own frame generously included."""
    texts = [block.text for block in request.system] + [
        request.content,
        str(request.answer.model_json_schema()),
    ]
    return sum(len(text.encode()) for text in texts) + 2_000


def _start_of_day(now: datetime, zone: tzinfo) -> datetime:
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)


def _rounded(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(_CENT_FRACTION)
