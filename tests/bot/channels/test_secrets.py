"""A secret is gone from the chat before anything is done with it, and becomes nothing where it was not asked for."""

import pytest
from sqlalchemy import select

from core.channels import service as channels
from core.content.models import Content
from core.products import service as products
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.channels.steps import THEIRS, begin, no_channel, only_channel, states
from tests.bot.conftest import OWNER
from tests.bot.person import Person


async def test_an_own_token_is_deleted_from_the_chat_before_it_is_looked_at(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await begin(owner, "A bot of your own")
    assert "@BotFather" in owner.text
    before = len(owner.telegram.calls)
    await owner.says(f"Done! Use this token to access the HTTP API:\n{THEIRS}\nKeep it secure")
    assert owner.telegram.calls[before].__api_method__ == "deleteMessage"
    assert "The token works: @acme_bot" in owner.text
    state = await states(runtime)
    assert THEIRS not in str(state)
    await owner.says("@club")
    await owner.taps("Connect without a test")
    channel = await only_channel(runtime)
    assert channels.open_credentials(runtime.keyring, channel)["bot_token"] == THEIRS
    assert THEIRS not in str([message.text for message in owner.messages])


async def test_a_wrong_token_is_deleted_too_and_asked_for_again(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await begin(owner, "A bot of your own")
    for wrong, answer in (
        ("not a token", "does not look like a token"),
        (f"700009:{'C' * 35}", "does not know this token"),
    ):
        deleted = len(owner.telegram.named("deleteMessage"))
        await owner.says(wrong)
        assert len(owner.telegram.named("deleteMessage")) > deleted
        assert answer in owner.text
    await owner.says(THEIRS)
    assert "The token works" in owner.text
    assert await no_channel(runtime)


async def test_the_owner_is_told_whether_the_secret_is_gone(owner: Person, product: Product) -> None:
    await begin(owner, "A bot of your own")
    await owner.says(THEIRS)  # the mocked Telegram has no such message: it refuses to delete it
    assert "Delete it yourself" in owner.text
    await begin(owner, "A bot of your own")
    message = owner.message(text=THEIRS)
    owner.telegram.chats[OWNER][message.message_id] = message
    await owner.feed(message=message)
    assert "The message with the secret is deleted" in owner.text
    assert THEIRS not in str([one.text for one in owner.messages])


@pytest.mark.parametrize("form", [None, "products", "wizard"])
@pytest.mark.parametrize(
    ("text", "belongs"),
    [
        (f"my token {THEIRS}", "Connect a channel"),
        ("sk-ant-api03-" + "x" * 40, ".env"),
        (f"see https://discord.com/api/webhooks/123456/{'h' * 40}", "Connect a channel"),
        (f"vk1.a.{'k' * 40}", "Connect a channel"),
        ("abcd-efgh-ijkl-mnop", "Connect a channel"),
    ],
)
async def test_a_secret_anywhere_else_is_deleted_and_becomes_nothing(
    owner: Person, product: Product, runtime: Runtime, text: str, belongs: str, form: str | None
) -> None:
    if form == "products":
        await owner.says("/products")
        await owner.taps("Add a product")
    if form == "wizard":
        await begin(owner)
    before = len(owner.telegram.calls)
    await owner.says(text)
    assert owner.telegram.calls[before].__api_method__ == "deleteMessage"
    assert belongs in owner.text
    async with runtime.unit_of_work() as session:
        assert not list(await session.scalars(select(Content)))
        assert len(await products.list_active(session)) == 1
    await owner.feed(edited_message=owner.message(text=text))
    assert belongs in owner.text


async def test_ordinary_texts_are_no_secrets(owner: Person, product: Product, runtime: Runtime) -> None:
    for text in (
        "At 12:30 we open\nTwo\nThree",
        "ask-me-anything\nsk-8 road\nThree",
        "123456789:short\n1\n2\nhttps://discord.com/channels/1/2 abcd-efgh-ijkl-mnop",
    ):
        await owner.says(text)
    async with runtime.unit_of_work() as session:
        assert len(list(await session.scalars(select(Content)))) == 3
