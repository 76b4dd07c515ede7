"""Does a restart show? A walk through the chat in which every tap meets a NEXUS that has just been started."""

from collections import Counter, deque

import pytest
from aiogram import Bot
from aiogram.types import Message

from bot.app import build_dispatcher
from bot.commands import COMMANDS
from bot.ui.callbacks import REGISTRY
from core.channels.models import Channel
from core.runtime import Runtime
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.telegram import MockedTelegram, buttons_of

_OF_A_KIND = 2  # taps of buttons that differ in what they are about only
_MOST = 220  # taps of one walk
_BROKEN = ("Something broke on my side", "left from an earlier version")
_LEFT_OUT = {"lang"}  # the walk reads English


def starts(telegram: MockedTelegram) -> list[tuple[Message, str]]:
    """The buttons on the screens that stand in the chat."""
    return [
        (message, data)
        for message in telegram.chats[OWNER].values()
        for _, data in buttons_of(message.reply_markup)
        if data.partition(":")[0] in REGISTRY
    ]


def kind_of(waiting: tuple[Message, str]) -> str:
    """The prefix of a button."""
    return waiting[1].partition(":")[0]


@pytest.mark.timeout(240)
async def test_every_button_works_in_a_new_process(
    runtime: Runtime, bot: Bot, telegram: MockedTelegram, owner: Person, channel: Channel
) -> None:
    def restarted() -> Person:
        return Person(build_dispatcher(runtime), bot, telegram, OWNER, "en")

    await owner.says("A finished text.\nTwo.\nThree.")
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    await owner.says("We open a second shop on Friday")
    for command in COMMANDS:
        await restarted().says(f"/{command}")
    seen: Counter[str] = Counter()
    waiting = deque(starts(telegram))
    taps = 0
    while waiting and taps < _MOST:
        # What was never tapped first: the walk is to meet as many kinds as it can.
        new = next((item for item in waiting if not seen[kind_of(item)]), waiting[0])
        waiting.remove(new)
        (message, data), prefix = new, kind_of(new)
        if (
            seen[prefix] >= _OF_A_KIND
            or prefix in _LEFT_OUT
            or message.message_id not in telegram.chats[OWNER]
        ):
            continue
        seen[prefix] += 1
        for _ in range(2):  # an impatient thumb: the second tap meets the message as the first one left it
            before = len(telegram.calls)
            await restarted().taps_data(data, telegram.chats[OWNER].get(message.message_id, message))
            taps += 1
            said = [str(getattr(call, "text", None) or "") for call in telegram.calls[before:]]
            assert len(said) > 1, f"{data} was not answered"
            assert not [text for text in said if any(part in text for part in _BROKEN)], (data, said)
        waiting.extend(starts(telegram))
    assert len(seen) > len(REGISTRY) // 5, (
        f"the walk came to {len(seen)} kinds of buttons only: {sorted(seen)}"
    )


async def test_a_question_outlives_a_restart(
    runtime: Runtime, bot: Bot, telegram: MockedTelegram, owner: Person, channel: Channel
) -> None:
    await owner.says("A finished text.\nTwo.\nThree.")
    await owner.taps("Edit")
    await Person(build_dispatcher(runtime), bot, telegram, OWNER, "en").says("Typed after the restart")
    assert "Typed after the restart" in owner.text
