"""Does one id go along from what began something to the last word about it?"""

import asyncio

import structlog
from structlog.testing import capture_logs

from core import tracing


def test_an_id_is_new_each_time_and_short_enough_for_its_column() -> None:
    assert tracing.begin() != tracing.begin()
    assert len(tracing.begin()) <= tracing.LENGTH


def test_the_id_is_in_every_line_and_gone_afterwards() -> None:
    log = structlog.get_logger()
    merge = structlog.contextvars.merge_contextvars
    with capture_logs(processors=[merge]) as lines:
        with tracing.traced("outer"):
            log.info("one")
            with tracing.traced(None):
                log.info("two")
                tracing.follow("inner")
                tracing.follow(None)
                log.info("three")
            log.info("four")
        log.info("five")
    assert [line.get("correlation_id") for line in lines] == ["outer", None, "inner", "outer", None]
    assert tracing.current() is None


async def test_what_runs_at_once_does_not_mix() -> None:
    async def one(name: str) -> str | None:
        with tracing.traced(name):
            await asyncio.sleep(0)
            return tracing.current()

    assert await asyncio.gather(*(one(str(number)) for number in range(20))) == [
        str(number) for number in range(20)
    ]
