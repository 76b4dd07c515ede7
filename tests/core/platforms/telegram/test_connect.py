"""Is a channel that will not work told from one that will, before anything is saved?"""

from typing import Any

import pytest
from pydantic import ValidationError

from bot.sandbox import Sandbox
from core.errors import AuthExpired, Transient
from core.platforms.base import Account, Severity, Target
from core.platforms.telegram import PLATFORM
from tests.core.platforms.telegram.conftest import TOKEN, with_chat


async def test_a_channel_with_all_rights(target: Target) -> None:
    assert await PLATFORM.check(target) == Account("Acme news (@acme)", (), "https://t.me/acme")


@pytest.mark.parametrize(
    ("missing", "severity"),
    [
        ("can_post_messages", Severity.BLOCKING),
        ("can_edit_messages", Severity.WARNING),
        ("can_delete_messages", Severity.WARNING),
    ],
)
async def test_each_missing_right_is_named(
    target: Target, sandbox: Sandbox, missing: str, severity: Severity
) -> None:
    channel = sandbox.channel("@acme")
    assert channel is not None
    channel.admins["123456"] = {missing: False}
    (problem,) = (await PLATFORM.check(target)).problems
    assert (problem.code, problem.severity) == (f"telegram-{missing.replace('_', '-')}", severity)


async def test_a_private_channel_has_no_link(target: Target, sandbox: Sandbox) -> None:
    channel = sandbox.add_channel("Secret")
    channel.admins["123456"] = {}
    assert await PLATFORM.check(with_chat(target, str(channel.id))) == Account("Secret")


async def test_what_does_not_work_is_said(target: Target, sandbox: Sandbox) -> None:
    sandbox.add_channel("Foreign", "foreign")
    for chat_id, token, error_code in (
        ("@acme", "999:WRONG", "bad-token"),
        ("@nobody", TOKEN, "chat-not-found"),
        ("@foreign", TOKEN, "bot-removed"),
    ):
        with pytest.raises(AuthExpired) as caught:
            await PLATFORM.check(with_chat(target, chat_id, token))
        assert caught.value.error_code == error_code
    sandbox.faults.add("500_before")
    with pytest.raises(Transient):
        await PLATFORM.check(target)


@pytest.mark.parametrize(
    ("given", "chat_id"),
    [
        ("@acme", "@acme"), (" @acme ", "@acme"), ("https://t.me/acme", "@acme"), ("t.me/acme/", "@acme"),
        (-1001234567890, "-1001234567890"), ("-1001234567890", "-1001234567890"), (42, "42"),
    ],
)  # fmt: skip
def test_the_channel_may_be_named_in_several_ways(given: Any, chat_id: str) -> None:
    opened = PLATFORM.credentials.model_validate({"bot_token": TOKEN, "chat_id": given})
    assert opened.model_dump()["chat_id"] == chat_id
    assert TOKEN not in repr(opened)


@pytest.mark.parametrize(
    "given",
    [
        {"bot_token": TOKEN}, {"bot_token": TOKEN, "chat_id": ""}, {"bot_token": TOKEN, "chat_id": "acme news"},
        {"bot_token": TOKEN, "chat_id": "https://t.me/+invite"}, {"bot_token": "none", "chat_id": "@acme"},
        {"bot_token": "1:a/../x", "chat_id": "@acme"},
    ],
)  # fmt: skip
def test_what_cannot_be_credentials(given: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        PLATFORM.credentials.model_validate(given)
