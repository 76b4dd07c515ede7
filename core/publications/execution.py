"""How is one publication sent? Claim, call, record, for every part that is not out yet.

Nothing slow happens inside a transaction, and nothing is sent that was not announced in the ledger first. A crash at
any point leaves a row that says what may have happened; ``core.publications.dispatch.recover`` reads it.
"""

import asyncio
import uuid

from core import tracing
from core.publications import calling, claiming, freshness, grouping, lease, recording
from core.publications.claiming import Claim, EndsSoon, Step, Wish
from core.publications.outcomes import Outcome, Unknown
from core.runtime import Runtime


async def execute(runtime: Runtime, publication_id: uuid.UUID, *, worker: str) -> None:
    """Send the publication if it is due; otherwise do nothing. Safe to call any number of times, at once too.

    ``worker`` names the caller in the lease. Every outcome is a row; only a database that stays away raises.
    """
    taken = await grouping.taken(runtime, Wish(publication_id, worker))
    if isinstance(taken, EndsSoon):
        if not await freshness.ready(runtime, publication_id):
            return
        taken = await grouping.taken(runtime, Wish(publication_id, worker, renewed=True))
    if taken is None or isinstance(taken, EndsSoon):
        return
    claim, first = taken
    tracing.follow(claim.correlation_id)
    async with lease.kept(runtime, claim):
        step: Step | None = first
        while step is not None:
            step = await _take(runtime, claim, step)


async def _take(runtime: Runtime, claim: Claim, step: Step) -> Step | None:
    """Make one call, record it, and return the next step if the claim goes on."""
    outcome: Outcome
    if step.look:
        outcome = await calling.look(claim, step)
        if isinstance(outcome, Unknown) and not outcome.interrupted:
            # The platform cannot tell; perhaps it drops a repetition by its key.
            repeated = await claiming.begin(runtime, claim, step)
            if repeated is not None:
                return repeated
    else:
        outcome = await calling.send(claim, step)
    goes_on = await recording.record(runtime, claim, step, outcome)
    if isinstance(outcome, Unknown) and outcome.interrupted:
        raise asyncio.CancelledError
    return await claiming.next_step(runtime, claim) if goes_on else None
