"""In which group chats does the bot answer its owners? In those an owner has allowed by name, and in no other."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from core.db import locks
from core.db.locks import Lock
from core.settings import service
from core.settings.service import AllowedGroup, General

MOST = 20
_TITLE = 128  # characters; Telegram's own limit


async def allowed(session: AsyncSession) -> Sequence[AllowedGroup]:
    """Return the groups, in the order they were allowed."""
    return (await service.get(session, General)).groups


async def answers(session: AsyncSession, chat_id: int) -> bool:
    """Tell whether the bot answers in this chat."""
    return any(group.id == chat_id for group in await allowed(session))


async def allow(session: AsyncSession, chat_id: int, title: str) -> bool:
    """Answer in this chat from now on; False when there are too many. Twice is once, under the newer title."""
    await locks.hold(session, Lock.GROUPS)
    others = [group for group in await allowed(session) if group.id != chat_id]
    if len(others) >= MOST:
        return False
    await _store(session, [*others, AllowedGroup(id=chat_id, title=title[:_TITLE])])
    return True


async def forget(session: AsyncSession, chat_id: int) -> bool:
    """Do not answer there any more; False when the bot did not anyway."""
    await locks.hold(session, Lock.GROUPS)
    known = await allowed(session)
    kept = [group for group in known if group.id != chat_id]
    if len(kept) == len(known):
        return False
    await _store(session, kept)
    return True


async def follow(session: AsyncSession, old: int, new: int) -> bool:
    """Go along with a group that became a supergroup, which has another id; False when it was not allowed."""
    await locks.hold(session, Lock.GROUPS)
    known = await allowed(session)
    if all(group.id != old for group in known):
        return False
    moved = [group.model_copy(update={"id": new}) if group.id == old else group for group in known]
    await _store(session, list({group.id: group for group in moved}.values()))
    return True


async def _store(session: AsyncSession, groups: Sequence[AllowedGroup]) -> None:
    await service.change(session, General, groups=[group.model_dump() for group in groups])
