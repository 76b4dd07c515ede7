"""What has AI cost, and what is left? The read models of the usage screen, in the owner's days and months."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import repository, usage
from core.ai.sums import Group, Spent
from core.ai.usage import Period
from core.settings import service as settings

DAYS = 14


@dataclass(frozen=True, slots=True)
class Budget:
    """One period: what was spent, the cap and the warning limit where they are set."""

    period: Period
    spent: Spent
    cap_usd: Decimal | None
    warn_usd: Decimal | None

    @property
    def left_usd(self) -> Decimal | None:
        """What the cap leaves; never below nothing."""
        return None if self.cap_usd is None else max(self.cap_usd - self.spent.cost_usd, Decimal(0))


@dataclass(frozen=True, slots=True)
class Line:
    """The sums under one name; None for a product that is gone, or calls without one."""

    name: str | None
    spent: Spent


@dataclass(frozen=True, slots=True)
class Lines:
    """A page of lines; ``total`` counts all of them."""

    items: tuple[Line, ...]
    offset: int
    total: int


async def budgets(session: AsyncSession, now: datetime) -> tuple[Budget, Budget]:
    """Return today and this month."""
    ai = await settings.get(session, settings.Ai)
    day, month = [await usage.spent_in(session, period, now) for period in Period]
    return (
        Budget(Period.DAY, day, _money(ai.daily_cap_usd), _money(ai.daily_warn_usd)),
        Budget(Period.MONTH, month, _money(ai.monthly_cap_usd), _money(ai.monthly_warn_usd)),
    )


async def lines(
    session: AsyncSession, group: Group, now: datetime, *, offset: int = 0, limit: int = 10
) -> Lines:
    """Return a page of this month's sums by ``group``, the dearest first."""
    zone = (await settings.get(session, settings.General)).zone
    since = usage.start_of(Period.MONTH, now, zone)
    found, total = await repository.by_group(session, group, since, offset=offset, limit=limit)
    if not found and offset:  # the rows have gone meanwhile
        return await lines(session, group, now, limit=limit)
    return Lines(tuple(Line(name, spent) for name, spent in found), offset, total)


async def days(session: AsyncSession, now: datetime) -> list[tuple[date, Spent]]:
    """Return the last fourteen days, today first."""
    zone = (await settings.get(session, settings.General)).zone
    today = usage.start_of(Period.DAY, now, zone)
    # Midnight by the wall clock each time: a day of 23 or 25 hours is one day.
    begins = [
        (today.replace(tzinfo=None) - timedelta(days=ago)).replace(tzinfo=zone)
        for ago in reversed(range(DAYS))
    ]
    sums = await repository.by_days(session, begins)
    return [(at.date(), spent) for at, spent in zip(begins, sums, strict=True)][::-1]


async def unpriced_models(session: AsyncSession, now: datetime) -> list[str]:
    """Return the models called this month whose price nobody knows."""
    zone = (await settings.get(session, settings.General)).zone
    return await repository.unpriced_models(session, usage.start_of(Period.MONTH, now, zone))


def _money(amount: float | None) -> Decimal | None:
    return None if amount is None else Decimal(str(amount))
