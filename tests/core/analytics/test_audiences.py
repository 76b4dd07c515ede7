"""The order of a spread-out post: by the audience's own best hour, by stated defaults without history."""

import math
from datetime import timedelta
from zoneinfo import ZoneInfo

from core.analytics import audiences
from tests.conftest import START
from tests.core.analytics.conftest import Past, spread

MOSCOW = ZoneInfo("Europe/Moscow")
PLATFORMS = ("linkedin", "telegram", "instagram")


async def order(past: Past, hour: int, *, days: int = 0) -> tuple[str, ...]:
    start = START.astimezone(MOSCOW).replace(hour=hour, minute=0) + timedelta(days=days)
    async with past.runtime.unit_of_work() as session:
        return await audiences.order(session, past.product_id, PLATFORMS, start, MOSCOW)


async def test_without_history_the_next_default_hour_decides(past: Past) -> None:
    assert await order(past, 9) == ("telegram", "instagram", "linkedin")  # 10, 11, 12
    assert await order(past, 15) == ("telegram", "linkedin", "instagram")  # 16, 17, 19
    assert await order(past, 15, days=1) == await order(past, 15)


async def test_own_history_outweighs_the_defaults(past: Past) -> None:
    for at, value in spread(80, 1, lambda at: 0.9 if at.hour == 18 else 0.0):
        await past.post(at, {"engagements": round(100 * math.exp(value))})
    assert (await order(past, 9))[-1] == "telegram"  # nine in the evening is the last to come round
    assert (await order(past, 20))[0] == "telegram"
