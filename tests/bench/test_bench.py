"""Does the bench run, and publish what it says it has? Its figures are the machine's business, not the suite's."""

import tempfile
from pathlib import Path

import pytest

from tests.bench.__main__ import TINY, measured
from tests.bench.stand import standing
from tests.bench.table import Circumstances


@pytest.mark.timeout(420)  # servers, processes and four databases of its own; far less on a quiet machine
async def test_a_tiny_bench_measures_everything() -> None:
    where = Circumstances("2026-03-02", "abc", "a machine", "0.1, 0.1, 0.1")
    with tempfile.TemporaryDirectory(prefix="nexus-bench-") as name, standing(Path(name)) as stand:
        page = await measured(stand, TINY, where)
    assert "idx_pub_due" in page
    assert "| 1 | " in page
    assert "commit `abc`" in page
    assert "At 64 connections" in page
