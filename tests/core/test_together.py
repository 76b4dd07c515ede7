"""Do wishes share their transactions, and nothing else: neither errors nor the end of whoever serves?"""

import asyncio
from collections.abc import Sequence

import pytest

from core.together import Together


class Desk:
    """Grants wishes when it is let, and remembers the groups."""

    def __init__(self) -> None:
        self.groups: list[list[str]] = []
        self.begun, self.open = asyncio.Event(), asyncio.Event()
        self.together: Together[str, str] = Together(self.grant)

    async def grant(self, wishes: Sequence[str]) -> list[str]:
        self.groups.append(list(wishes))
        self.begun.set()
        await self.open.wait()
        if "bad" in wishes:
            raise ValueError("bad")
        return [wish.upper() for wish in wishes]


async def test_what_is_asked_meanwhile_makes_up_the_next_group() -> None:
    desk = Desk()
    async with asyncio.TaskGroup() as group:
        first = group.create_task(desk.together.ask("a"))
        await desk.begun.wait()
        others = [group.create_task(desk.together.ask(wish)) for wish in "bcd"]
        await asyncio.sleep(0)
        desk.open.set()
    assert [first.result(), *(other.result() for other in others)] == ["A", "B", "C", "D"]
    assert desk.groups == [["a"], ["b", "c", "d"]]


async def test_those_woken_together_stay_together() -> None:
    desk = Desk()
    desk.open.set()

    async def twice(wish: str) -> None:
        await desk.together.ask(wish)
        await desk.together.ask(wish + wish)

    await asyncio.gather(*(twice(wish) for wish in "abc"))
    assert desk.groups == [["a", "b", "c"], ["aa", "bb", "cc"]]


async def test_one_bad_wish_spoils_no_other() -> None:
    desk = Desk()
    desk.open.set()
    answers = await asyncio.gather(
        *(desk.together.ask(wish) for wish in ("a", "bad", "c")), return_exceptions=True
    )
    assert [answers[0], answers[2]] == ["A", "C"]
    assert isinstance(answers[1], ValueError)
    with pytest.raises(ValueError, match="bad"):
        await desk.together.ask("bad")
    assert await desk.together.ask("d") == "D"


@pytest.mark.parametrize("stopped", [0, 1, 2])
async def test_who_is_stopped_leaves_the_others_their_answers(stopped: int) -> None:
    desk = Desk()
    tasks = []
    for wish in "abc":
        tasks.append(asyncio.ensure_future(desk.together.ask(wish)))
        await asyncio.sleep(0)
    await desk.begun.wait()
    late = asyncio.ensure_future(desk.together.ask("late"))
    await asyncio.sleep(0)
    tasks[stopped].cancel()
    await asyncio.sleep(0)
    desk.open.set()
    answers = await asyncio.wait_for(asyncio.gather(*tasks, late, return_exceptions=True), 5)
    assert isinstance(answers[stopped], asyncio.CancelledError)
    assert [answer for place, answer in enumerate(answers) if place != stopped] == [
        wish.upper() for place, wish in enumerate(["a", "b", "c", "late"]) if place != stopped
    ]
    assert await desk.together.ask("after") == "AFTER"
