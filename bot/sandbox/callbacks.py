"""Which pressed buttons still wait for their bot's answer?"""

import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class Query:
    """A pressed button: who may answer it, and until when (Unix seconds)."""

    bot_id: int
    chat: str
    user_id: int
    expires: float


class Callbacks:
    """Open callback queries; one that was answered is gone, as in Telegram."""

    def __init__(self) -> None:
        self._open: dict[str, Query] = {}

    def open(self, bot_id: int, chat: str, user_id: int, expires: float) -> str:
        """A new query's id."""
        query_id = str(secrets.randbelow(9 * 10**18) + 10**18)
        self._open[query_id] = Query(bot_id, chat, user_id, expires)
        return query_id

    def close(self, query_id: str, bot_id: int, now: float) -> Query | None:
        """The query, when this bot may still answer it; it cannot be answered again."""
        query = self._open.get(query_id)
        if query is None or query.bot_id != bot_id or query.expires < now:
            return None
        return self._open.pop(query_id)
