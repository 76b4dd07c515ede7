"""An update aiogram cannot parse does not stop the bot; what is not JSON is left to the base class."""

import json

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramConflictError, TelegramServerError
from aiogram.methods import GetUpdates, SendMessage
from structlog.testing import capture_logs

from bot.session import TolerantSession
from tests.bot.telegram import BOT_ID

GOOD = {
    "update_id": 3,
    "message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "text": "hello"},
}
# A message whose chat has no id: nothing aiogram could make of it.
POISON = {
    "update_id": 2,
    "message": {"message_id": 1, "date": 1, "chat": {"type": "private"}, "text": "secret"},
}


def parse(updates: object, status: int = 200) -> list[object]:
    session = TolerantSession()
    bot = Bot(f"{BOT_ID}:TEST", session=session)
    content = json.dumps({"ok": True, "result": updates})
    return list(session.check_response(bot, GetUpdates(), status, content).result or [])


def test_only_the_poisoned_update_is_dropped_and_the_offset_moves_past_it() -> None:
    with capture_logs() as logs:
        updates = parse([{"update_id": 1}, POISON, GOOD])
    assert [update.update_id for update in updates] == [1, 2, 3]  # type: ignore[attr-defined]
    assert [getattr(update, "message", None) is not None for update in updates] == [False, False, True]
    (line,) = logs
    assert (line["event"], line["update_id"]) == ("update_not_understood", 2)
    assert "secret" not in str(line)


def test_other_answers_are_left_alone() -> None:
    session = TolerantSession()
    bot = Bot(f"{BOT_ID}:TEST", session=session)
    with pytest.raises(ClientDecodeError):
        session.check_response(bot, GetUpdates(), 200, "<html>502</html>")
    with pytest.raises(ClientDecodeError):
        session.check_response(
            bot, SendMessage(chat_id=1, text="x"), 200, json.dumps({"ok": True, "result": 5})
        )
    conflict = json.dumps({"ok": False, "error_code": 409, "description": "Conflict: terminated"})
    with pytest.raises(TelegramConflictError):
        session.check_response(bot, GetUpdates(), 409, conflict)


def test_a_page_of_a_gateway_is_a_failure_of_the_server() -> None:
    session = TolerantSession()
    bot = Bot(f"{BOT_ID}:TEST", session=session)
    page = "<html>502 Bad Gateway</html>"
    with pytest.raises(TelegramServerError, match="HTTP 502"):
        session.check_response(bot, GetUpdates(), 502, page)
    with pytest.raises(TelegramServerError, match="HTTP 502"):
        session.check_response(bot, SendMessage(chat_id=1, text="x"), 502, page)
