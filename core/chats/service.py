"""What does the control panel remember about a conversation?"""

import uuid
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.chats.models import Chat, ChatState

_TOUCHED: dict[str, Any] = {"updated_at": func.now()}  # an upsert does not set it by itself


async def get(session: AsyncSession, chat_id: int) -> Chat | None:
    """Return what is known about the chat."""
    return await session.get(Chat, chat_id)


async def remember(session: AsyncSession, chat_id: int, **fields: object) -> Chat:
    """Set ``fields`` of the chat (language, product_id, started_at, blocked_at), making it when it is new."""
    row = insert(Chat).values(id=chat_id, **fields)
    statement = (
        row.on_conflict_do_update(index_elements=[Chat.id], set_=fields | _TOUCHED)
        if fields
        else row.on_conflict_do_nothing(index_elements=[Chat.id])
    )
    await session.execute(statement)
    chat = await session.get(Chat, chat_id, populate_existing=True)
    if chat is None:
        raise RuntimeError("a chat row vanished inside its own transaction")
    return chat


async def reachable(session: AsyncSession) -> dict[int, uuid.UUID | None]:
    """Return the chats that have been started and have not blocked the bot, with their current product."""
    query = select(Chat.id, Chat.product_id).where(Chat.started_at.is_not(None), Chat.blocked_at.is_(None))
    return {row.id: row.product_id for row in await session.execute(query)}


async def load_state(session: AsyncSession, key: str) -> tuple[str | None, dict[str, Any]]:
    """Return state and data kept under ``key``."""
    found = (
        await session.execute(select(ChatState.state, ChatState.data).where(ChatState.key == key))
    ).one_or_none()
    return (None, {}) if found is None else (found.state, found.data)


async def save_state(session: AsyncSession, key: str, state: str | None) -> None:
    """Keep ``state`` under ``key``, leaving its data."""
    row = insert(ChatState).values(key=key, state=state)
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[ChatState.key], set_={"state": row.excluded.state} | _TOUCHED
        )
    )
    await _forget_empty(session, key)


async def save_data(session: AsyncSession, key: str, data: dict[str, Any]) -> None:
    """Keep ``data`` under ``key``, leaving its state."""
    row = insert(ChatState).values(key=key, data=data)
    await session.execute(
        row.on_conflict_do_update(index_elements=[ChatState.key], set_={"data": row.excluded.data} | _TOUCHED)
    )
    await _forget_empty(session, key)


async def _forget_empty(session: AsyncSession, key: str) -> None:
    await session.execute(
        delete(ChatState).where(ChatState.key == key, ChatState.state.is_(None), ChatState.data == {})
    )
