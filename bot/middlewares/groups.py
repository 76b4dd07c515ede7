"""What does the gate know of group chats? Whether one is allowed, that it has moved, and that the bot was taken out."""

import structlog

from bot.storage import PATIENCE
from core import outage
from core.runtime import Runtime
from core.settings import groups

log = structlog.get_logger(__name__)


class Groups:
    """The allowed groups, read when an owner speaks in one: that is seldom, and a change counts at once."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def answers(self, chat_id: int) -> bool:
        """Tell whether the bot answers there."""

        async def ask() -> bool:
            async with self._runtime.unit_of_work() as session:
                return await groups.answers(session, chat_id)

        return await outage.through("groups", ask, PATIENCE)

    async def follow(self, old: int, new: int) -> None:
        """A group became a supergroup: what was allowed goes with it."""
        async with self._runtime.unit_of_work() as session:
            if await groups.follow(session, old, new):
                log.info("group_moved", old=old, new=new)

    async def forget(self, chat_id: int) -> None:
        """The bot was taken out of a group: whoever adds it again is to be asked anew."""
        async with self._runtime.unit_of_work() as session:
            if await groups.forget(session, chat_id):
                log.info("group_left", chat_id=chat_id)
