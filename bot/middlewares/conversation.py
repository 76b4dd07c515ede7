"""Who is spoken with? Loads language, zone and current product once per update and hands them to the screens."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import TelegramObject, User

from bot.context import Context
from bot.i18n import translator
from bot.storage import PATIENCE
from bot.ui import rich
from bot.writings import Writings
from core import outage
from core.chats import service as chats
from core.products import service as products
from core.runtime import Runtime
from core.settings import service as settings


class Conversation(BaseMiddleware):
    """Adds ``ctx`` (a ``Context``). A first message makes the chat known: only then may the bot write to it."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        # An update about a growing draft names no person; the gate let it through because the chat is an owner's.
        user: User | None = data.get("event_from_user")
        chat_id = user.id if user is not None else data["event_chat"].id
        # What an owner does elsewhere does not open the private chat: only there the bot may write after that.
        elsewhere = data["event_chat"].id != chat_id

        async def load() -> Context:
            return await load_context(
                self._runtime, data["bot"], chat_id, data["afterwards"], data["writings"], elsewhere=elsewhere
            )

        data["ctx"] = await outage.through("conversation", load, PATIENCE)
        return await handler(event, data)


async def load_context(
    runtime: Runtime,
    bot: Bot,
    chat_id: int,
    afterwards: list[Callable[[], Awaitable[None]]],
    writings: Writings,
    *,
    elsewhere: bool = False,
) -> Context:
    """Load what is known about the chat, marking it as started unless the update came from ``elsewhere``."""
    async with runtime.unit_of_work() as session:
        chat = await chats.get(session, chat_id)
        if not elsewhere and (chat is None or chat.started_at is None or chat.blocked_at is not None):
            chat = await chats.remember(session, chat_id, started_at=runtime.clock.now(), blocked_at=None)
        general = await settings.get(session, settings.General)
        rich.want(general.rich_tables)
        active = [product.id for product in await products.list_active(session)]
    return Context(
        runtime=runtime,
        bot=bot,
        t=translator((chat.language if chat else None) or general.language),
        zone=general.zone,
        chat_id=chat_id,
        # The chosen product while it is active, else the oldest one.
        product_id=chat.product_id if chat and chat.product_id in active else next(iter(active), None),
        language_chosen=chat is not None and chat.language is not None,
        afterwards=afterwards,
        writings=writings,
    )
