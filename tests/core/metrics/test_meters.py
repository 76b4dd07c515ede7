"""Are the figures honest? Nothing counts that was rolled back, and no label takes values without end."""

from functools import partial

import pytest
from prometheus_client import CollectorRegistry, Counter
from prometheus_client.metrics import MetricWrapperBase

from core.metrics import meters
from core.metrics.counting import once_committed
from core.runtime import Runtime

OURS = [meter for meter in vars(meters).values() if isinstance(meter, MetricWrapperBase)]
BOUNDED = {"platform", "outcome", "model", "kind", "method", "job", "queue", "status", "part"}


def test_every_figure_says_its_name_and_what_it_counts() -> None:
    for meter in OURS:
        (family,) = meter.describe()
        assert family.name.startswith("nexus_")
        assert family.documentation.endswith(".")


def test_labels_have_few_values() -> None:
    assert {label for meter in OURS for label in meter._labelnames} <= BOUNDED


async def test_what_is_rolled_back_does_not_count(runtime: Runtime) -> None:
    registry = CollectorRegistry()
    counter = Counter("nexus_test_commits", "Only here.", registry=registry)

    async def roll_back() -> None:
        async with runtime.unit_of_work() as session:
            once_committed(session, counter.inc)
            raise ValueError("no")

    async with runtime.unit_of_work() as session:
        once_committed(session, partial(counter.inc, 2))
    with pytest.raises(ValueError, match="no"):
        await roll_back()
    assert registry.get_sample_value("nexus_test_commits_total") == 2
