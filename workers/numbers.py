"""When are platforms asked for numbers? In rounds beside publishing, which never waits for them."""

import structlog

from core.analytics import collecting, daily, enrolling, inviting, turns
from core.runtime import Runtime

log = structlog.get_logger(__name__)

ASK_SECONDS = 15.0
SWEEP_SECONDS = 30.0
ADD_UP_SECONDS = 60.0
LOOK_THROUGH_SECONDS = 3600.0


async def ask(runtime: Runtime) -> None:
    """Note what has just gone out, and ask for the jobs of what is due."""
    async with runtime.unit_of_work() as session:
        now = runtime.clock.now()
        await enrolling.enrol(session, runtime.platforms, now, within=enrolling.RECENT)
        await turns.nudge(session, runtime.platforms, now)


async def look_through(runtime: Runtime) -> None:
    """Note what was overlooked: posts that were out before NEXUS was, or while no scheduler ran."""
    async with runtime.unit_of_work() as session:
        found = await enrolling.enrol(session, runtime.platforms, runtime.clock.now())
    if found:
        log.info("posts_to_ask_about", count=found)


async def add_up(runtime: Runtime) -> None:
    """Add up the days whose numbers have changed."""
    while True:
        async with runtime.unit_of_work() as session:
            if not await daily.refresh(session, runtime.clock.now()):
                return


async def sweep(runtime: Runtime) -> None:
    """Count followers, ask about posts whose jobs were lost, and make the invitations that posts are to have."""
    await collecting.sweep(runtime)
    await inviting.invite_due(runtime)
