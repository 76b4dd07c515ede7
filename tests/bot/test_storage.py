"""A restart forgets no half-typed answer, and updates of one chat run in order."""

import asyncio

from aiogram import Bot
from aiogram.fsm.storage.base import StorageKey

from bot.app import build_dispatcher
from bot.storage import DatabaseStorage
from core.channels.models import Channel
from core.runtime import Runtime
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.telegram import BOT_ID, MockedTelegram

KEY = StorageKey(bot_id=BOT_ID, chat_id=OWNER, user_id=OWNER)


async def test_state_and_data_are_kept_apart_and_forgotten_together(runtime: Runtime) -> None:
    storage = DatabaseStorage(runtime)
    assert await storage.get_state(KEY) is None
    assert await storage.get_data(KEY) == {}
    await storage.set_state(KEY, "form:name")
    await storage.update_data(KEY, {"a": 1})
    again = DatabaseStorage(runtime)
    assert (await again.get_state(KEY), await again.get_data(KEY)) == ("form:name", {"a": 1})
    await again.set_state(KEY, None)
    await again.set_data(KEY, {})
    assert (await storage.get_state(KEY), await storage.get_data(KEY)) == (None, {})


async def test_a_question_survives_a_restart(
    owner: Person, runtime: Runtime, bot: Bot, telegram: MockedTelegram, channel: Channel
) -> None:
    await owner.says("A finished text.\nTwo.\nThree.")
    await owner.taps("Edit")
    later = Person(build_dispatcher(runtime), bot, telegram, OWNER, "en")
    await later.says("The new text")
    assert "The new text" in later.text
    assert "Text updated" in later.text


async def test_updates_of_one_chat_run_in_order(owner: Person, runtime: Runtime, channel: Channel) -> None:
    texts = [f"Text {number}.\nTwo.\nThree." for number in range(8)]
    await asyncio.gather(*(owner.says(text) for text in texts))
    shown = [message.text or "" for message in owner.messages]
    assert [any(text in message for message in shown[i : i + 1]) for i, text in enumerate(texts)] == [
        True
    ] * 8
