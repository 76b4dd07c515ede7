"""What do the tests of channels do again and again? Begin, connect, plan a post, look at what is kept."""

from datetime import UTC, datetime, timedelta
from typing import Any

from aiogram.types import Chat, ChatMemberAdministrator, ChatMemberLeft, ChatMemberUpdated, User
from sqlalchemy import select

from bot.sandbox import Sandbox
from core.channels.models import Channel
from core.chats.models import ChatState
from core.content import service as content
from core.products.models import Product
from core.publications import scheduling
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.telegram import BOT_ID

OURS = f"{BOT_ID}:{'A' * 35}"
THEIRS = f"700001:{'B' * 35}"


async def only_channel(runtime: Runtime) -> Channel:
    async with runtime.unit_of_work() as session:
        (channel,) = await session.scalars(select(Channel))
    return channel


async def no_channel(runtime: Runtime) -> bool:
    async with runtime.unit_of_work() as session:
        return not list(await session.scalars(select(Channel)))


def texts(box: Sandbox, name: str) -> list[str]:
    return [post.content.get("text", "") for post in box.messages(name)]


async def begin(owner: Person, way: str = "This bot") -> None:
    await owner.says("/channels")
    await owner.taps("Connect a channel")
    await owner.taps("Telegram")
    await owner.taps(way)


async def connect(owner: Person, name: str = "@acme") -> None:
    await begin(owner)
    await owner.says(name)
    await owner.taps("Connect without a test")


async def states(runtime: Runtime) -> list[Any]:
    async with runtime.unit_of_work() as session:
        return [(row.state, row.data) for row in await session.scalars(select(ChatState))]


async def plan(runtime: Runtime, product: Product) -> None:
    async with runtime.unit_of_work() as session:
        draft = await content.create_draft(session, product_id=product.id, text="A text")
        now = runtime.clock.now()
        await content.approve(session, draft.id, version=draft.version, now=now)
        await scheduling.schedule(
            session,
            content_id=draft.id,
            version=draft.version,
            when=scheduling.At(now + timedelta(hours=3)),
            now=now,
        )


def membership(person: Person, chat: Chat, *, inside: bool) -> ChatMemberUpdated:
    """What Telegram says when somebody makes our bot an administrator of ``chat``, or takes it out."""
    bot = User(id=BOT_ID, is_bot=True, first_name="N")
    rights = dict.fromkeys(
        [name for name, field in ChatMemberAdministrator.model_fields.items() if field.annotation is bool],
        True,
    )
    admin = ChatMemberAdministrator(user=bot, **rights)  # type: ignore[arg-type]
    left = ChatMemberLeft(user=bot)
    return ChatMemberUpdated(
        chat=chat, from_user=person.user, date=datetime.now(UTC),
        old_chat_member=left if inside else admin, new_chat_member=admin if inside else left,
    )  # fmt: skip
