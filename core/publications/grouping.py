"""Whose posts share transactions? Those of one process that are claimed, or confirmed, at the same time."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from weakref import WeakKeyDictionary

from core.db.session import Database
from core.publications import batches, claiming
from core.publications.batches import Done
from core.publications.claiming import Claim, Taken, Wish
from core.publications.outcomes import Confirmed
from core.runtime import Runtime
from core.together import Together

_Wish = TypeVar("_Wish")
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where posts of one database wait for each other."""

    claims: Together[tuple[Runtime, Wish], Taken]
    confirmations: Together[tuple[Runtime, Done], bool]


_desks: WeakKeyDictionary[Database, _Desk] = WeakKeyDictionary()


async def taken(runtime: Runtime, wish: Wish) -> Taken:
    """Claim a publication, together with others that are claimed now; see ``claiming.claim_all``."""
    return await _desk(runtime).claims.ask((runtime, wish))


async def confirmed(runtime: Runtime, claim: Claim, outcome: Confirmed) -> bool:
    """Publish a post of one part, together with others. False when the claim does not hold it any more."""
    done = Done(
        claim.publication_id,
        claim.product_id,
        claim.token,
        outcome.sent,
        claim.platform.slug,
        claim.correlation_id,
    )
    return await _desk(runtime).confirmations.ask((runtime, done))


def _desk(runtime: Runtime) -> _Desk:
    desk = _desks.get(runtime.database)
    if desk is None:
        desk = _Desk(Together(_by_runtime(claiming.claim_all)), Together(_by_runtime(_confirm_all)))
        _desks[runtime.database] = desk
    return desk


def _by_runtime(
    work: Callable[[Runtime, Sequence[_Wish]], Awaitable[Sequence[_Answer]]],
) -> Callable[[Sequence[tuple[Runtime, _Wish]]], Awaitable[Sequence[_Answer]]]:
    """Do the work of one runtime in one go; a process has one, only tests have two on a database."""

    async def grant(wishes: Sequence[tuple[Runtime, _Wish]]) -> Sequence[_Answer]:
        runtime = wishes[0][0]
        if all(one is runtime for one, _ in wishes):
            return await work(runtime, [wish for _, wish in wishes])
        return [(await work(one, [wish]))[0] for one, wish in wishes]

    return grant


async def _confirm_all(runtime: Runtime, done: Sequence[Done]) -> list[bool]:
    async with runtime.unit_of_work() as session:
        published = await batches.confirm(session, done, runtime.clock.now())
    return [each.publication_id in published for each in done]
