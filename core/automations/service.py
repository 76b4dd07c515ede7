"""What can be done with automations? List them, read their runs, switch them, delete them."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import watching
from core.automations.models import Automation, AutomationLog, AutomationStep
from core.errors import NotFound
from core.products.models import Product


async def list_page(
    session: AsyncSession, *, product_id: uuid.UUID | None = None, offset: int = 0, limit: int = 8
) -> list[tuple[Automation, Product]]:
    """Return a page of the automations with their products: of one product, or of all that are in use."""
    query = (
        select(Automation, Product)
        .join(Product, Product.id == Automation.product_id)
        .where(_shown(product_id))
        .order_by(Product.created_at, Product.id, Automation.name, Automation.id)
    )
    rows = await session.execute(query.offset(offset).limit(limit))
    return [(row.Automation, row.Product) for row in rows]


async def count(session: AsyncSession, *, product_id: uuid.UUID | None = None) -> int:
    """Return how many there are."""
    query = select(func.count(Automation.id)).join(Product, Product.id == Automation.product_id)
    return await session.scalar(query.where(_shown(product_id))) or 0


@dataclass(frozen=True, slots=True)
class Summary:
    """All automations in numbers."""

    total: int
    enabled: int
    last_run_at: datetime | None


async def summary(session: AsyncSession) -> Summary:
    """Return how many automations there are, how many are on, and when one ran last."""
    query = select(
        func.count(Automation.id),
        func.count(Automation.id).filter(Automation.enabled),
        func.max(Automation.last_triggered),
    ).join(Product, Product.id == Automation.product_id)
    total, enabled, triggered = (await session.execute(query.where(_shown(None)))).one()
    logged = await session.scalar(select(func.max(AutomationLog.started_at)))
    known = [moment for moment in (triggered, logged) if moment is not None]
    return Summary(total, enabled, max(known) if known else None)


async def get(session: AsyncSession, automation_id: uuid.UUID) -> tuple[Automation, Product]:
    """Return one with its product. Raises ``NotFound``."""
    query = select(Automation, Product).join(Product, Product.id == Automation.product_id)
    row = (await session.execute(query.where(Automation.id == automation_id))).one_or_none()
    if row is None:
        raise NotFound("there is no such automation", automation_id=automation_id)
    return row.Automation, row.Product


async def named(session: AsyncSession, name: str) -> list[Automation]:
    """Return those called ``name``, whatever its case."""
    query = select(Automation).join(Product, Product.id == Automation.product_id)
    query = query.where(_shown(None), func.lower(Automation.name) == name.strip().lower())
    return list(await session.scalars(query.order_by(Automation.created_at, Automation.id)))


async def switch(session: AsyncSession, automation_id: uuid.UUID, *, on: bool) -> bool:
    """Switch it on or off; the guard is in the statement. False when it was so already. Raises ``NotFound``."""
    switched = await session.scalar(
        update(Automation)
        .where(Automation.id == automation_id, Automation.enabled.is_not(on))
        .values(enabled=on, next_run_at=None)
        .returning(Automation.id)
    )
    if switched is not None and on:
        # Neither times nor numbers that passed meanwhile set it off.
        await watching.rearm(session, automation_id)
    if switched is None:
        await get(session, automation_id)
    return switched is not None


async def remove(session: AsyncSession, automation_id: uuid.UUID, *, unchanged_since: datetime) -> bool:
    """Delete it with its log, if it is as it was when the owner was asked. False when it has changed or is gone."""
    removed = await session.scalar(
        delete(Automation)
        .where(Automation.id == automation_id, Automation.updated_at <= unchanged_since)
        .returning(Automation.id)
    )
    return removed is not None


async def runs(
    session: AsyncSession, automation_id: uuid.UUID, *, offset: int = 0, limit: int = 5
) -> list[AutomationLog]:
    """Return a page of its runs, the newest first."""
    query = (
        select(AutomationLog)
        .where(AutomationLog.automation_id == automation_id)
        .order_by(AutomationLog.started_at.desc(), AutomationLog.id.desc())
    )
    return list(await session.scalars(query.offset(offset).limit(limit)))


async def count_runs(session: AsyncSession, automation_id: uuid.UUID) -> int:
    """Return how many runs are logged."""
    query = select(func.count()).where(AutomationLog.automation_id == automation_id)
    return await session.scalar(query) or 0


def _shown(product_id: uuid.UUID | None) -> ColumnElement[bool]:
    in_use = Product.archived_at.is_(None)
    return in_use & (Product.id == product_id if product_id is not None else true())


async def run_with_steps(
    session: AsyncSession, run_id: uuid.UUID
) -> tuple[AutomationLog, Automation, list[AutomationStep]]:
    """Return a run, its automation, and the steps it has taken, in order. Raises ``NotFound``."""
    run = await session.get(AutomationLog, run_id)
    if run is None:
        raise NotFound("there is no such run", run_id=run_id)
    automation, _ = await get(session, run.automation_id)
    steps = await session.scalars(
        select(AutomationStep).where(AutomationStep.run_id == run_id).order_by(AutomationStep.id)
    )
    return run, automation, list(steps)
