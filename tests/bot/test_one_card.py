"""However many draw a draft's card at the same moment, one card is left in the chat, and it is the remembered one."""

import asyncio
import uuid
from datetime import UTC
from typing import Any

import pytest
from aiogram import Bot

from bot.i18n import translator
from bot.screens.draft.card import Place, redraw_card, send_card
from bot.ui.screen import edit
from core.channels.models import Channel
from core.content import service as content
from core.content.models import Content
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.test_draft_flow import OWN, contents

EDIT = "bot.screens.draft.card.edit"


@pytest.fixture
async def draft(owner: Person, runtime: Runtime, channel: Channel) -> Content:
    await owner.says(OWN)
    return (await contents(runtime))[0]


@pytest.fixture
def place(owner: Person, runtime: Runtime, bot: Bot) -> Place:
    return Place(runtime, bot, translator("en"), UTC, owner.user.id)


async def standing(runtime: Runtime, content_id: uuid.UUID) -> list[int]:
    async with runtime.unit_of_work() as session:
        return [card.message_id for card in await content.cards_of(session, content_id)]


@pytest.mark.parametrize("late", ["before the edit", "after the edit"])
async def test_a_redraw_that_meets_a_new_card_leaves_that_one(
    owner: Person, runtime: Runtime, draft: Content, place: Place, monkeypatch: pytest.MonkeyPatch, late: str
) -> None:
    tapped = owner.screen.message_id

    async def edit_beside_a_new_card(*args: Any) -> int:
        monkeypatch.setattr(EDIT, edit)
        if late == "before the edit":
            await send_card(place, draft.id, notice="The new one.")
            return await edit(*args)
        at = await edit(*args)
        await send_card(place, draft.id, notice="The new one.")
        return at

    monkeypatch.setattr(EDIT, edit_beside_a_new_card)
    await redraw_card(place, draft.id, notice="The stale one.", message_id=tapped)
    assert len(owner.messages) == 1
    assert "The new one." in owner.text
    assert await standing(runtime, draft.id) == [owner.screen.message_id]


async def test_many_new_cards_at_once_leave_one(
    owner: Person, runtime: Runtime, draft: Content, place: Place
) -> None:
    await asyncio.gather(*(send_card(place, draft.id) for _ in range(4)))
    assert len(owner.messages) == 1
    assert await standing(runtime, draft.id) == [owner.screen.message_id]


async def test_a_tap_on_a_message_that_is_gone_moves_the_card(
    owner: Person, runtime: Runtime, draft: Content, place: Place
) -> None:
    gone = owner.screen.message_id
    await send_card(place, draft.id)
    await redraw_card(place, draft.id, notice="As it is now.", message_id=gone)
    assert len(owner.messages) == 1
    assert "As it is now." in owner.text
    assert await standing(runtime, draft.id) == [owner.screen.message_id]
