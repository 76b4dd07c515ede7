"""Every button there is, tapped when what it was about has changed or gone: an answer comes, never silence or a traceback."""

import typing
import uuid
from collections.abc import Awaitable, Callable
from enum import Enum
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import Chat, InaccessibleMessage
from sqlalchemy import select

import bot.app  # noqa: F401 - declares every button
from bot.ui.callbacks import REGISTRY, Callback
from bot.ui.screen import Screen, send
from core.automations.models import Automation
from core.channels.models import Channel
from core.content.models import Content
from core.publications.models import Publication
from core.runtime import Runtime
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.telegram import buttons_of

_OUTDATED = 1  # of what has version 3 or more by then
_WORLDS = 6
_QUIET = {"answerCallbackQuery", "sendChatAction", "deleteMessage", "setMyCommands"}


def made(prefix: str, known: dict[str, uuid.UUID]) -> Callback:
    """Return the button with the smallest values its fields allow, about ``known`` things where it names any."""
    values: dict[str, Any] = {}
    for name, field in REGISTRY[prefix].model_fields.items():
        given = [member for member in typing.get_args(field.annotation) if member is not type(None)]
        kind = given[0] if given else field.annotation  # one that may be missing is tapped when it is there
        if kind is uuid.UUID:
            values[name] = known.get(name) or uuid.UUID(int=7)
        elif kind is str:
            values[name] = "telegram"
        elif isinstance(kind, str):  # a Literal
            values[name] = kind
        elif isinstance(kind, type) and issubclass(kind, Enum):
            values[name] = next(iter(kind))
        elif kind is bool:
            values[name] = False
        else:
            floors = [item.ge for item in field.metadata if hasattr(item, "ge")]
            values[name] = max(
                _OUTDATED if name == "version" else 0, int(typing.cast(int, floors[0])) if floors else 0
            )
    return REGISTRY[prefix](**values)


async def tap(owner: Person, bot: Bot, data: str, *, forgotten: bool = False) -> list[str]:
    """Tap ``data`` under an old message (one that Telegram does not show any more: ``forgotten``); what was said."""
    old = await send(bot, OWNER, Screen.of("an old screen"))
    message: Any = old
    if forgotten:
        message = InaccessibleMessage(chat=Chat(id=OWNER, type="private"), message_id=old.message_id)
    before = len(owner.telegram.calls)
    await owner.taps_data(data, message)
    calls = owner.telegram.calls[before:]
    assert any(call.__api_method__ == "answerCallbackQuery" for call in calls), "the spinner was not stopped"
    said = [call for call in calls if call.__api_method__ not in _QUIET]
    assert said, "nothing was said or drawn"
    return [str(getattr(call, "text", None) or getattr(call, "caption", None) or "") for call in said]


async def every(prefixes: list[str], act: Callable[[str], Awaitable[list[str]]]) -> None:
    """Tap a button of each class, and name every one that was not answered as it should be."""
    wrong: dict[str, str] = {}
    for prefix in prefixes:
        try:
            broken = [text for text in await act(prefix) if "Something broke on my side" in text]
        except AssertionError as error:
            broken = [str(error)]
        if broken:
            wrong[f"{prefix} ({REGISTRY[prefix].__name__})"] = broken[0]
    assert wrong == {}


@pytest.fixture
async def lived(owner: Person, channel: Channel, runtime: Runtime) -> dict[str, uuid.UUID]:
    """A product with a channel, a draft that has been edited since, and a post on the calendar."""
    await owner.says("A finished text.\nTwo.\nThree.")
    for text in ("Another text", "And another one"):
        await owner.taps("Edit")
        await owner.says(text)
    await owner.taps("Schedule")
    await owner.taps("next good hour")
    async with runtime.unit_of_work() as session:
        draft = (await session.scalars(select(Content))).one()
        publication = (await session.scalars(select(Publication))).one()
        rule = Automation(
            product_id=channel.product_id, name="Weekly", trigger_type="schedule", version=_OUTDATED + 2,
            trigger_config={"cron": "0 10 * * 1"}, conditions=[{"field": "a", "operator": "exists"}],
            actions=[{"type": "publish", "text": "Hi"}],
        )  # fmt: skip
        session.add(rule)
        await session.flush()
    assert draft.version > _OUTDATED
    return {
        "product": channel.product_id, "channel": channel.id, "content": draft.id, "id": draft.id,
        "publication": publication.id, "automation": rule.id,
    }  # fmt: skip


async def test_what_it_was_about_is_gone(owner: Person, bot: Bot) -> None:
    await every(sorted(REGISTRY), lambda prefix: tap(owner, bot, made(prefix, {}).pack()))


@pytest.mark.parametrize("world", range(_WORLDS))
async def test_what_it_was_about_has_changed(
    owner: Person, bot: Bot, lived: dict[str, uuid.UUID], world: int
) -> None:
    async def twice(prefix: str) -> list[str]:
        data = made(prefix, lived).pack()
        return await tap(owner, bot, data) + await tap(owner, bot, data, forgotten=True)

    # A tap may end what the next one is about; a few worlds keep most of them about something that is there.
    await every(sorted(REGISTRY)[world::_WORLDS], twice)


async def test_a_button_of_another_version_of_nexus_leads_home(
    owner: Person, bot: Bot, channel: Channel
) -> None:
    async def led_home(prefix: str) -> list[str]:
        said = await tap(owner, bot, f"{prefix}:of:another:time:and:shape:{'x' * 20}")
        assert any("left from an earlier version" in text for text in said), said
        assert buttons_of(owner.screen.reply_markup), "no way on"
        return said

    await every(sorted(REGISTRY), led_home)
