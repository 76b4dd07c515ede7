"""How do tests play the process? They run the bot as its part would, and do the worker's part by hand."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import select

from bot.polling import run_bot
from bot.sandbox import Sandbox, ensure_channel
from core.channels import service as channels
from core.clock import ManualClock
from core.products import service as products
from core.publications import execution
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.bot.sandbox.conftest import TOKEN

OWN = "Готовый текст поста.\n\nС абзацами.\n\nИ без ИИ."


async def connect_a_product(runtime: Runtime, sandbox: Sandbox) -> None:
    """Make a product with the channel "Tea" of the local Telegram."""
    chat = ensure_channel(sandbox, "Tea", "tea_shop")
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Чай")
        await channels.connect(
            session,
            runtime.keyring,
            product_id=product.id,
            platform="telegram",
            platform_name="@tea_shop",
            credentials={"bot_token": TOKEN, "chat_id": str(chat.id)},
        )


@asynccontextmanager
async def running_bot(runtime: Runtime) -> AsyncGenerator[asyncio.Event]:
    """The bot beside the test; it must stop by itself when told to."""
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(run_bot(runtime, stop))
        try:
            yield stop
        finally:
            stop.set()


async def publish_due(runtime: Runtime, clock: ManualClock) -> None:
    """Let the undo window pass and do the worker's part."""
    clock.advance(timedelta(seconds=11))
    async with runtime.unit_of_work() as session:
        due = list(
            await session.scalars(
                select(Publication.id).where(Publication.status == PublicationStatus.SCHEDULED)
            )
        )
    for publication_id in due:
        await execution.execute(runtime, publication_id, worker="test")
