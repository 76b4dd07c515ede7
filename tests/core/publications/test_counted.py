"""Does every post count once, under what became of it, and does one id lead from its beginning to the news of it?"""

from collections.abc import Callable
from datetime import timedelta

import pytest
import structlog
from prometheus_client import REGISTRY
from sqlalchemy import select
from structlog.testing import capture_logs

from core import tracing
from core.content.models import Content
from core.errors import OutcomeUnknown, Rejected
from core.notifications.models import Notification
from core.publications.models import Publication
from tests.core.publications.conftest import World
from tests.fakes.platforms.scripted import Act


def shown(name: str, **labels: str) -> float:
    """Return what a meter shows of the scripted platform now."""
    return REGISTRY.get_sample_value(name, {"platform": "scripted", **labels}) or 0.0


async def test_a_post_that_is_out_counts_once_and_how_late_it_was(world: World) -> None:
    before = shown("nexus_publications_total", outcome="published")
    calls = shown("nexus_attempts_total", outcome="confirmed")
    late, times = (shown(f"nexus_publication_lateness_seconds_{part}") for part in ("sum", "count"))
    publication = await world.plan()
    world.clock.advance(timedelta(seconds=7))
    for _ in range(3):
        await world.execute(publication)
    assert shown("nexus_publications_total", outcome="published") == before + 1
    assert shown("nexus_attempts_total", outcome="confirmed") == calls + 1
    assert shown("nexus_publication_lateness_seconds_count") == times + 1
    assert shown("nexus_publication_lateness_seconds_sum") == pytest.approx(late + 7)


async def test_a_thread_is_one_publication_and_several_calls(world: World) -> None:
    before = shown("nexus_publications_total", outcome="published")
    calls = shown("nexus_attempts_total", outcome="confirmed")
    publication = await world.plan(await world.content(thread=["one", "two", "three"]))
    await world.execute(publication)
    assert shown("nexus_publications_total", outcome="published") == before + 1
    assert shown("nexus_attempts_total", outcome="confirmed") == calls + 3


@pytest.mark.parametrize(
    ("error", "outcome", "call"),
    [
        (lambda: Rejected("bad", error_code="x"), "failed", "refused"),
        (lambda: OutcomeUnknown("lost"), "uncertain", "unknown"),
    ],
)
async def test_what_goes_wrong_counts_as_what_it_is(
    world: World, error: Callable[[], Exception], outcome: str, call: str
) -> None:
    before = shown("nexus_publications_total", outcome=outcome), shown("nexus_attempts_total", outcome=call)
    world.platform.then(Act(error=error))
    await world.execute(await world.plan())
    assert shown("nexus_publications_total", outcome=outcome) == before[0] + 1
    assert shown("nexus_attempts_total", outcome=call) == before[1] + 1


@pytest.mark.parametrize("thread", [(), ("one", "two")])
async def test_the_news_carries_the_id_of_what_began_the_draft(world: World, thread: tuple[str, ...]) -> None:
    with tracing.traced("the idea"):
        draft = await world.content(thread=thread)
    with tracing.traced("the approval"):
        publication = await world.plan(draft)
    with tracing.traced(None):
        await world.execute(publication)
    async with world.runtime.unit_of_work() as session:
        kept = [
            await session.scalar(select(table.correlation_id))
            for table in (Content, Publication, Notification)
        ]
    assert kept == ["the idea"] * 3


async def test_lines_about_a_post_carry_its_id(world: World) -> None:
    with tracing.traced("the idea"):
        publication = await world.plan()
    world.platform.then(Act(error=lambda: OutcomeUnknown("lost")))
    with tracing.traced(None), capture_logs(processors=[structlog.contextvars.merge_contextvars]) as lines:
        await world.execute(publication)
        structlog.get_logger().info("the end of the job")
    assert [line["correlation_id"] for line in lines] == ["the idea"] * len(lines)
