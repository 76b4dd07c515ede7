"""How many read a channel, and what when Telegram does not tell?"""

import pytest

from bot.sandbox import Sandbox
from core.errors import AuthExpired, Rejected
from core.platforms.base import Target
from core.platforms.telegram import PLATFORM
from tests.core.platforms.telegram.conftest import with_chat


async def test_the_members_of_a_channel_are_counted(sandbox: Sandbox, target: Target) -> None:
    assert PLATFORM.followers is not None
    channel = next(chat for chat in sandbox.chats.values() if chat.username == "acme")
    channel.members = 1234
    assert await PLATFORM.followers(target) == 1234


async def test_a_channel_that_is_not_there_is_the_owners_to_mend(target: Target) -> None:
    assert PLATFORM.followers is not None
    with pytest.raises(AuthExpired):
        await PLATFORM.followers(with_chat(target, "@nobody_here"))


def test_of_a_post_nothing_is_told_when_asked() -> None:
    assert PLATFORM.metrics is None


async def test_an_invitation_bears_its_posts_number(sandbox: Sandbox, target: Target) -> None:
    assert PLATFORM.invite is not None
    link = await PLATFORM.invite(target, "#12")
    channel = next(chat for chat in sandbox.chats.values() if chat.username == "acme")
    assert [(one["invite_link"], one["name"]) for one in channel.invite_links] == [(link, "#12")]


async def test_without_the_right_to_invite_there_is_none(sandbox: Sandbox, target: Target) -> None:
    assert PLATFORM.invite is not None
    channel = next(chat for chat in sandbox.chats.values() if chat.username == "acme")
    channel.admins["123456"] = {"can_invite_users": False}
    with pytest.raises(Rejected):
        await PLATFORM.invite(target, "#12")
