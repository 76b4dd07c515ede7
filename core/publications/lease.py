"""How does a worker keep what it has claimed? A heartbeat beside the call, owned by a task group."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import structlog
from sqlalchemy.exc import SQLAlchemyError

from core.publications import policy, repository
from core.publications.claiming import Claim
from core.runtime import Runtime

log = structlog.get_logger(__name__)


@asynccontextmanager
async def kept(runtime: Runtime, claim: Claim) -> AsyncGenerator[None]:
    """Renew the claim's lease while the body runs."""
    try:
        async with asyncio.TaskGroup() as group:
            heartbeat = group.create_task(_renew(runtime, claim))
            try:
                yield
            finally:
                heartbeat.cancel()
    except BaseExceptionGroup as errors:
        # The heartbeat never fails, so this is the body's own error.
        raise errors.exceptions[0] from errors.exceptions[0].__cause__


async def _renew(runtime: Runtime, claim: Claim) -> None:
    while True:
        await asyncio.sleep(policy.RENEW_EVERY)
        until = runtime.clock.now() + policy.LEASE
        try:
            async with runtime.unit_of_work() as session:
                if not await repository.renew(session, claim.publication_id, claim.token, until):
                    return
        except (SQLAlchemyError, OSError) as error:
            # The call goes on: stopping it could only make its outcome unknown.
            log.warning(
                "lease_not_renewed", publication=str(claim.publication_id), reason=type(error).__name__
            )
