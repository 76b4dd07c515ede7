"""How is `ai_usage` read and written?"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.ai.models import AiUsage


@dataclass(frozen=True, slots=True)
class Spent:
    """Sums over calls. ``unpriced`` calls have a model whose price is not known; they count as nothing."""

    calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: Decimal
    unpriced: int


async def add(session: AsyncSession, row: AiUsage) -> None:
    """Add a row."""
    session.add(row)
    await session.flush()


async def record(
    session: AsyncSession,
    usage_id: uuid.UUID,
    *,
    outcome: str,
    model: str,
    tokens: tuple[int, int] | None,
    cost_usd: Decimal | None,
) -> None:
    """Write down how a call ended; ``tokens`` are (input, output), None when nobody knows."""
    counted = (
        {"input_tokens": tokens[0], "output_tokens": tokens[1], "total_tokens": sum(tokens)} if tokens else {}
    )
    await session.execute(
        update(AiUsage)
        .where(AiUsage.id == usage_id)
        .values(outcome=outcome, model=model[:100], cost_usd=cost_usd, **counted)
    )


async def spent(
    session: AsyncSession, since: datetime, until: datetime | None = None, product_id: uuid.UUID | None = None
) -> Spent:
    """Return the sums from ``since`` up to but not including ``until``."""
    query = select(
        func.count(),
        func.coalesce(func.sum(AiUsage.input_tokens), 0),
        func.coalesce(func.sum(AiUsage.output_tokens), 0),
        func.coalesce(func.sum(AiUsage.cost_usd), Decimal(0)),
        func.count().filter(AiUsage.cost_usd.is_(None)),
    ).where(AiUsage.created_at >= since)
    if until is not None:
        query = query.where(AiUsage.created_at < until)
    if product_id is not None:
        query = query.where(AiUsage.product_id == product_id)
    calls, given, made, money, unpriced = (await session.execute(query)).one()
    return Spent(calls, int(given or 0), int(made or 0), Decimal(money or 0), unpriced)
