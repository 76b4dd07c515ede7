"""What do AI calls cost, and may the next one be made? Money is reserved before a call and settled after it.

A reservation is an `ai_usage` row with the most the call can cost. Reservations are made one at a time, so parallel
calls cannot slip under a cap together; a process that dies leaves its row as it is, which errs to the careful side.
No transaction is open during the call itself. Days and months are the owner's.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from decimal import Decimal
from enum import StrEnum
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import prices, repository
from core.ai.models import AiUsage
from core.ai.provider import Answer, Charge, ProviderError, Request, Terms, Usage
from core.ai.sums import Spent
from core.db import locks
from core.db.locks import Lock
from core.errors import Actor, NexusError
from core.ids import new_id
from core.metrics import meters
from core.metrics.counting import once_committed
from core.notifications import service as notifications
from core.notifications.models import NotificationKind
from core.settings import service as settings

# Written at the reservation, replaced when the call ends: what a row says whose process died in between.
UNKNOWN = "unknown"
_CENT_FRACTION = Decimal("0.000001")
_ANTHROPIC = Terms(prices.ANTHROPIC)


class Period(StrEnum):
    """What a cap is for."""

    DAY = "day"
    MONTH = "month"


class CapReached(NexusError):
    """The money for AI is spent, or what is left would not cover the call.

    ``params``: ``period``, ``cap_usd``, ``spent_usd`` (reserved amounts included), ``needs_usd`` (the most it can cost).
    """

    actor = Actor.OWNER
    code = "cap_reached"


class PriceUnknown(NexusError):
    """There is a cap, but nobody knows what this model costs: the cap could not be kept."""

    actor = Actor.OWNER
    code = "price_unknown"


@dataclass(frozen=True, slots=True)
class Reservation:
    """Leave to make one call. ``price_list`` is that of whoever is asked, None when there is none."""

    usage_id: uuid.UUID
    model: str
    most_usd: Decimal | None
    price_list: str | None = prices.ANTHROPIC
    at: datetime | None = None


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
    most = _rounded(_most(request, terms))
    ai = await settings.get(session, settings.Ai)
    caps = {Period.DAY: ai.daily_cap_usd, Period.MONTH: ai.monthly_cap_usd}
    if any(cap is not None for cap in caps.values()):
        if most is None:
            raise PriceUnknown(f"the price of {request.model} is not known", model=request.model)
        await locks.hold(session, Lock.AI_SPENDING)
        for period, cap in caps.items():
            if cap is not None:
                await _keep(session, period, Decimal(str(cap)), most, now)
    usage_id = new_id()
    await repository.add(
        session,
        AiUsage(
            id=usage_id,
            request_type=purpose,
            model=request.model[:100],
            product_id=product_id,
            content_id=content_id,
            cost_usd=most,
            outcome=UNKNOWN,
            created_at=now,
        ),
    )
    return Reservation(usage_id, request.model, most, terms.price_list, now)


async def _keep(session: AsyncSession, period: Period, cap: Decimal, most: Decimal, now: datetime) -> None:
    """Raise ``CapReached`` when a call that may cost ``most`` could pass the period's cap."""
    spent = (await spent_in(session, period, now)).cost_usd
    if spent + most > cap:
        params = {"period": period.value, "cap_usd": cap, "spent_usd": spent, "needs_usd": most}
        raise CapReached(f"the cap of the {period.value} is reached", **params)


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
    once_committed(session, partial(_count, model, error.code, tokens or (0, 0), cost))
    await _warn(session, reservation)
    return cost


async def today(session: AsyncSession, now: datetime, *, product_id: uuid.UUID | None = None) -> Spent:
    """Return what was spent since midnight in the owner's zone."""
    return await spent_in(session, Period.DAY, now, product_id=product_id)


async def this_month(session: AsyncSession, now: datetime, *, product_id: uuid.UUID | None = None) -> Spent:
    """Return what was spent since the first of the month in the owner's zone."""
    return await spent_in(session, Period.MONTH, now, product_id=product_id)


async def spent_in(
    session: AsyncSession, period: Period, now: datetime, *, product_id: uuid.UUID | None = None
) -> Spent:
    """Return what was spent since the day or the month began in the owner's zone."""
    zone = (await settings.get(session, settings.General)).zone
    return await repository.spent(session, start_of(period, now, zone), product_id=product_id)


async def tell_cap(session: AsyncSession, error: CapReached, now: datetime) -> None:
    """Have the owner told that a cap keeps AI from writing: once for each day or month, and again for another cap."""
    period = Period(str(error.params["period"]))
    await _tell(session, "cap", period, Decimal(str(error.params["cap_usd"])), now)


def start_of(period: Period, now: datetime, zone: tzinfo) -> datetime:
    """Return when the owner's day or month began."""
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight if period is Period.DAY else midnight.replace(day=1)


async def _warn(session: AsyncSession, reservation: Reservation) -> None:
    """Have the owner told when a warning limit has been passed."""
    if reservation.at is None:
        return
    ai = await settings.get(session, settings.Ai)
    for period, limit in ((Period.DAY, ai.daily_warn_usd), (Period.MONTH, ai.monthly_warn_usd)):
        if limit is None:
            continue
        spent = (await spent_in(session, period, reservation.at)).cost_usd
        if spent > Decimal(str(limit)):
            await _tell(session, "warn", period, Decimal(str(limit)), reservation.at)


async def _tell(session: AsyncSession, level: str, period: Period, limit: Decimal, now: datetime) -> None:
    zone = (await settings.get(session, settings.General)).zone
    began = start_of(period, now, zone).date().isoformat()
    await notifications.notify(
        session,
        NotificationKind.AI_SPENDING,
        payload={"level": level, "period": period.value, "limit_usd": str(limit), "began": began},
        dedupe_key=f"ai-{level}:{period.value}:{began}:{limit.normalize()}",
    )


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
    once_committed(session, partial(_count, model, outcome, (usage.input_tokens, usage.output_tokens), cost))
    await _warn(session, reservation)
    return cost


def _count(model: str, outcome: str, tokens: tuple[int, int], cost: Decimal | None) -> None:
    meters.AI_CALLS.labels(model, outcome).inc()
    for kind, number in zip(("input", "output"), tokens, strict=True):
        meters.AI_TOKENS.labels(model, kind).inc(number)
    meters.AI_COST.labels(model).inc(float(cost or 0))


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


def _rounded(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else amount.quantize(_CENT_FRACTION)
