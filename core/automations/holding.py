"""How does a worker keep the run it has taken, and give it back when it is stopped? A heartbeat beside the work."""

import asyncio
import uuid
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from core.automations.models import AutomationLog
from core.runtime import Runtime

log = structlog.get_logger(__name__)

LEASE = timedelta(
    seconds=90
)  # a worker that died is noticed after this long; one that lives renews well before
_RENEW_EVERY = 25.0  # seconds


@asynccontextmanager
async def kept(runtime: Runtime, run_id: uuid.UUID, token: str) -> AsyncGenerator[None]:
    """Renew the lease while the body runs. A worker that is stopped in the middle gives the run back at once."""
    try:
        async with asyncio.TaskGroup() as group:
            heartbeat = group.create_task(_renew(runtime, run_id, token))
            try:
                yield
            except asyncio.CancelledError:
                await _give_back(runtime, run_id, token)
                raise
            finally:
                heartbeat.cancel()
    except BaseExceptionGroup as errors:
        # The heartbeat never fails, so this is the body's own error.
        raise errors.exceptions[0] from errors.exceptions[0].__cause__


async def _renew(runtime: Runtime, run_id: uuid.UUID, token: str) -> None:
    while True:
        await asyncio.sleep(_RENEW_EVERY)
        try:
            if not await _set(runtime, run_id, token, lease_until=runtime.clock.now() + LEASE):
                return
        except (SQLAlchemyError, OSError) as error:
            # The work goes on: what it writes is written once, whoever comes to write it.
            log.warning("run_lease_not_renewed", run=str(run_id), reason=type(error).__name__)


async def _give_back(runtime: Runtime, run_id: uuid.UUID, token: str) -> None:
    try:
        await _set(runtime, run_id, token, lease_until=None, lease_owner=None)
    except (SQLAlchemyError, OSError) as error:  # then its lease ends by itself
        log.warning("run_not_given_back", run=str(run_id), reason=type(error).__name__)


async def _set(runtime: Runtime, run_id: uuid.UUID, token: str, **values: object) -> bool:
    async with runtime.unit_of_work() as session:
        mine = await session.scalar(
            update(AutomationLog)
            .where(AutomationLog.id == run_id, AutomationLog.lease_owner == token)
            .values(**values)
            .returning(AutomationLog.id)
        )
        return mine is not None
