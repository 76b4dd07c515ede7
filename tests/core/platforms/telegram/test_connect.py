"""Is a channel that will not work told from one that will, before anything is saved?"""

import dataclasses
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from bot.sandbox import Sandbox
from core.errors import AuthExpired, InvalidInput, Transient
from core.platforms.base import Account, Severity, Target
from core.platforms.telegram import PLATFORM
from core.platforms.telegram.connect import read_chat, read_token, who_is
from tests.core.platforms.telegram.conftest import TOKEN, with_chat


async def test_a_channel_with_all_rights(target: Target) -> None:
    account = await PLATFORM.check(target)
    assert account.usable
    assert account == Account(
        "Acme news (@acme)",
        (),
        "https://t.me/acme",
        credentials={"chat_id": "-1001000000001"},
        checked=("telegram-can-post-messages", "telegram-can-edit-messages", "telegram-can-delete-messages"),
        known_as=("-1001000000001", "@acme"),
    )


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
    account = await PLATFORM.check(with_chat(target, str(channel.id)))
    assert (account.name, account.url, account.known_as) == ("Secret", None, (str(channel.id),))


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


@pytest.mark.parametrize(
    ("sent", "chat_id"),
    [
        ("acme", "@acme"), ("@acme", "@acme"), ("t.me/s/acme", "@acme"), ("https://t.me/acme/12?single", "@acme"),
        ("https://t.me/c/1234567890/55", "-1001234567890"), (" -1001234567890 ", "-1001234567890"),
        ("HTTPS://T.ME/Acme/", "@Acme"),
    ],
)  # fmt: skip
def test_a_channel_is_found_in_what_was_sent(sent: str, chat_id: str) -> None:
    assert read_chat(sent) == chat_id


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        ("https://t.me/+AbC", "telegram-invite"), ("t.me/joinchat/AbC", "telegram-invite"), ("", "telegram-chat"),
        ("two words", "telegram-chat"), ("https://example.org/acme", "telegram-chat"), ("@" + "a" * 40, "telegram-chat"),
    ],
)  # fmt: skip
def test_what_names_no_channel_is_refused_with_a_reason(sent: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        read_chat(sent)
    assert caught.value.params["reason"] == reason


def test_a_token_is_found_in_what_was_sent() -> None:
    token = f"123456789:{'A' * 35}"
    assert read_token(f" {token}\n") == token
    assert read_token(f"Use this token:\n{token}\nKeep it secret") == token
    assert read_token(TOKEN) == TOKEN
    for wrong in ("", "token", "1:a/../x", f"{token}x y"):
        with pytest.raises(InvalidInput):
            read_token(wrong.replace(token, "short"))


class _Nothing(BaseModel):
    """What a target has before anything was given."""


async def test_a_token_says_whose_it_is_before_a_channel_is_known(target: Target) -> None:
    bare = dataclasses.replace(target, credentials=_Nothing())
    assert (await who_is(bare, {"bot_token": TOKEN})).startswith("@")
    with pytest.raises(AuthExpired):
        await who_is(bare, {"bot_token": "999:WRONG"})
