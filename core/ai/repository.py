"""How is `ai_usage` read and written?"""

import uuid
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, DateTime, cast, func, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.ext.asyncio import AsyncSession

from core.ai.models import AiUsage
from core.ai.sums import NOTHING, Group, Spent
from core.products.models import Product


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
    query = select(*_sums()).where(AiUsage.created_at >= since)
    if until is not None:
        query = query.where(AiUsage.created_at < until)
    if product_id is not None:
        query = query.where(AiUsage.product_id == product_id)
    return _spent((await session.execute(query)).one())


async def by_group(
    session: AsyncSession, group: Group, since: datetime, *, offset: int, limit: int
) -> tuple[list[tuple[str | None, Spent]], int]:
    """Return a page of sums since ``since``, the dearest first, and how many there are. None names what has gone."""
    name: ColumnElement[Any] = {
        Group.PRODUCT: func.max(Product.name),
        Group.MODEL: func.max(AiUsage.model),
        Group.PURPOSE: func.max(AiUsage.request_type),
    }[group]
    column = {
        Group.PRODUCT: AiUsage.product_id, Group.MODEL: AiUsage.model, Group.PURPOSE: AiUsage.request_type,
    }[group]  # fmt: skip
    query = (
        select(name.label("name"), *_sums(), func.count().over().label("groups"))
        .outerjoin(Product, Product.id == AiUsage.product_id)
        .where(AiUsage.created_at >= since)
        .group_by(column)
        .order_by(func.coalesce(func.sum(AiUsage.cost_usd), 0).desc(), func.count().desc(), column)
    )
    rows = (await session.execute(query.offset(offset).limit(limit))).all()
    return [(row[0], _spent(row[1:6])) for row in rows], rows[0].groups if rows else 0


async def by_days(session: AsyncSession, begins: Sequence[datetime]) -> list[Spent]:
    """Return the sums of each day; ``begins`` are the days' beginnings in order, the last one lasts until now."""
    borders = cast(array([literal(at) for at in begins]), ARRAY(DateTime(timezone=True)))
    bucket = func.width_bucket(AiUsage.created_at, borders)
    query = select(bucket, *_sums()).where(AiUsage.created_at >= begins[0]).group_by(bucket)
    found = {row[0]: _spent(row[1:]) for row in await session.execute(query)}
    return [found.get(number, NOTHING) for number in range(1, len(begins) + 1)]


async def of_content(session: AsyncSession, content_id: uuid.UUID) -> Spent:
    """Return the sums of one draft's calls."""
    query = select(*_sums()).where(AiUsage.content_id == content_id)
    return _spent((await session.execute(query)).one())


async def unpriced_models(session: AsyncSession, since: datetime) -> list[str]:
    """Return the models that were called since ``since`` and whose price nobody knows."""
    query = select(AiUsage.model).where(AiUsage.created_at >= since, AiUsage.cost_usd.is_(None))
    return list(await session.scalars(query.distinct().order_by(AiUsage.model)))


def _sums() -> tuple[ColumnElement[Any], ...]:
    return (
        func.count(),
        func.coalesce(func.sum(AiUsage.input_tokens), 0),
        func.coalesce(func.sum(AiUsage.output_tokens), 0),
        func.coalesce(func.sum(AiUsage.cost_usd), Decimal(0)),
        func.count().filter(AiUsage.cost_usd.is_(None)),
    )


def _spent(row: Sequence[Any]) -> Spent:
    calls, given, made, money, unpriced = row
    return Spent(calls, int(given or 0), int(made or 0), Decimal(money or 0), unpriced)
