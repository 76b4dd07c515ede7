"""How does the bot talk to the Bot API, whatever it sends? One poisonous update must not stop the polling.

aiogram validates an answer of getUpdates as a whole: one update it does not understand fails the batch, and as the
offset never moves, the same batch comes again for ever.
"""

from typing import Any

import structlog
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import ClientDecodeError, TelegramServerError
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Update
from pydantic import ValidationError

from bot.counting import Counted
from bot.flood import FloodControl
from bot.steadiness import TryAgain

log = structlog.get_logger(__name__)


class TolerantSession(AiohttpSession):
    """Replaces an update that cannot be parsed by an empty one, which moves the offset past it, and says so."""

    def check_response(
        self, bot: Bot, method: TelegramMethod[TelegramType], status_code: int, content: str
    ) -> Response[TelegramType]:
        if isinstance(method, GetUpdates) and status_code == 200:
            content = self._without_poison(content)
        try:
            return super().check_response(bot, method, status_code, content)
        except ClientDecodeError:
            if status_code < 500:
                raise
            # A gateway in front of Telegram answers with a page of its own.
            raise TelegramServerError(method=method, message=f"HTTP {status_code}") from None

    def _without_poison(self, content: str) -> str:
        try:
            answer: Any = self.json_loads(content)
        except ValueError:
            return content  # not JSON at all: the base class reports it, polling backs off
        updates = answer.get("result") if isinstance(answer, dict) else None
        if not isinstance(updates, list):
            return content
        answer["result"] = [self._checked(update) for update in updates]
        return self.json_dumps(answer)

    @staticmethod
    def _checked(update: Any) -> Any:
        try:
            Update.model_validate(update)
        except ValidationError as error:
            identifier = update.get("update_id") if isinstance(update, dict) else None
            first = error.errors(include_input=False, include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            log.error("update_not_understood", update_id=identifier, where=where, reason=first["msg"])
            return {"update_id": identifier} if isinstance(identifier, int) else update
        return update


def make_bot(token: str, api_base: str) -> Bot:
    """Return the bot for ``token`` at ``api_base`` (``https://api.telegram.org`` or anything that speaks the same)."""
    session = TolerantSession(api=TelegramAPIServer.from_base(api_base.rstrip("/")))
    session.middleware(FloodControl())
    session.middleware(TryAgain())
    session.middleware(Counted())
    return Bot(token, session=session)
