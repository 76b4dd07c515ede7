"""How do wishes that come at once share a transaction? What is asked for while one runs makes up the next.

Posts are claimed and confirmed so, events are stored so. A quiet queue notices nothing: a single wish is a group of one
and waits for nobody. A full one pays for a handful of statements a group instead of as many for each.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

_Wish = TypeVar("_Wish")
_Answer = TypeVar("_Answer")

_TURNS = 6  # of the loop without a new wish; a message that was read needs some until its job asks
_MOST = 64  # wishes of one group: it is rolled back as a whole, and holds its rows for as long as it takes


@dataclass(eq=False, slots=True)
class _Waiting(Generic[_Wish, _Answer]):
    wish: _Wish
    woken: asyncio.Future[None]  # done when there is an answer, or when it is this one's turn to serve
    answer: _Answer | None = None
    error: BaseException | None = None
    done: bool = False

    def wake(self) -> None:
        if not self.woken.done():
            self.woken.set_result(None)


@dataclass(eq=False)
class Together(Generic[_Wish, _Answer]):
    """Grants wishes in groups. ``grant`` returns one answer for each wish, in their order.

    One of those who wait serves all of them, and then hands over to one who came meanwhile.
    """

    grant: Callable[[Sequence[_Wish]], Awaitable[Sequence[_Answer]]]
    most: int = _MOST
    _waiting: list[_Waiting[_Wish, _Answer]] = field(default_factory=list)
    _server: _Waiting[_Wish, _Answer] | None = None

    async def ask(self, wish: _Wish) -> _Answer:
        """Return the answer to ``wish``, or raise the error of its own."""
        mine: _Waiting[_Wish, _Answer] = _Waiting(wish, asyncio.get_running_loop().create_future())
        self._waiting.append(mine)
        try:
            if self._server is None:
                self._server = mine
            else:
                await mine.woken
            while not mine.done:
                await self._serve()
        finally:
            if mine in self._waiting:
                self._waiting.remove(mine)
            if self._server is mine:
                self._hand_over()
        if mine.error is not None:
            raise mine.error
        return mine.answer  # type: ignore[return-value]  # it is done, and there was no error

    def _hand_over(self) -> None:
        self._server = self._waiting[0] if self._waiting else None
        if self._server is not None:
            self._server.wake()

    async def _serve(self) -> None:
        """Grant the wishes of everybody who waits."""
        await self._others()
        group, self._waiting = self._waiting[: self.most], self._waiting[self.most :]
        try:
            answers = await self.grant([each.wish for each in group])
        except asyncio.CancelledError:
            # We are told to stop, the others are not: one of them goes on.
            self._waiting[:0] = group
            raise
        except Exception as error:  # noqa: BLE001 - raised where it was asked for
            await self._one_by_one(group, error)
        else:
            for each, answer in zip(group, answers, strict=True):
                each.answer, each.done = answer, True
                each.wake()

    async def _others(self) -> None:
        """Let those ask who were woken together with us: a few turns of the loop, no time that a clock would show."""
        quiet = 0
        while quiet < _TURNS and len(self._waiting) < self.most:
            known = len(self._waiting)
            await asyncio.sleep(0)
            quiet = 0 if len(self._waiting) > known else quiet + 1

    async def _one_by_one(self, group: list[_Waiting[_Wish, _Answer]], shared: Exception) -> None:
        """One wish may have spoilt it for all: each gets an answer or an error of its own."""
        for place, each in enumerate(group):
            try:
                if len(group) == 1:
                    raise shared
                (each.answer,) = await self.grant([each.wish])
            except asyncio.CancelledError:
                self._waiting[:0] = group[place:]
                raise
            except Exception as error:  # noqa: BLE001 - the same
                each.error = error
            each.done = True
            each.wake()
