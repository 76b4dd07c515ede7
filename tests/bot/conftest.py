"""What do the bot's tests share? A dispatcher on a real database, a Telegram without a network, and an owner."""

from collections.abc import Generator

import pytest
from aiogram import Bot

from bot.app import build_dispatcher
from bot.dispatcher import Dispatcher
from bot.i18n import Translator
from core.channels import service as channels
from core.channels.models import Channel
from core.chats import service as chats
from core.config import Settings
from core.products import service as products
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.telegram import BOT_ID, MockedTelegram

OWNER, SECOND_OWNER, STRANGER = 1001, 1002, 6666


@pytest.fixture(autouse=True)
def strict_texts() -> Generator[None]:
    """A text that is missing or lacks a variable fails the test instead of being logged."""
    Translator.strict = True
    yield
    Translator.strict = False


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Settings with two owners; most tests have one of them at work."""
    return settings.model_copy(update={"telegram_owner_ids": (OWNER, SECOND_OWNER)})


@pytest.fixture
def telegram() -> MockedTelegram:
    """A Telegram without a network."""
    return MockedTelegram()


@pytest.fixture
def bot(telegram: MockedTelegram) -> Bot:
    """A bot whose calls go to ``telegram``."""
    return Bot(f"{BOT_ID}:TEST", session=telegram)


@pytest.fixture
def dispatcher(runtime: Runtime) -> Dispatcher:
    """The whole control panel."""
    return build_dispatcher(runtime)


@pytest.fixture
async def owner(dispatcher: Dispatcher, bot: Bot, telegram: MockedTelegram, runtime: Runtime) -> Person:
    """The owner, who has chosen English (but has not pressed Start)."""
    async with runtime.unit_of_work() as session:
        await chats.remember(session, OWNER, language="en")
    return Person(dispatcher, bot, telegram, OWNER, "en")


@pytest.fixture
def second_owner(dispatcher: Dispatcher, bot: Bot, telegram: MockedTelegram) -> Person:
    """Another owner, with a Russian Telegram."""
    return Person(dispatcher, bot, telegram, SECOND_OWNER, "ru")


@pytest.fixture
def stranger(dispatcher: Dispatcher, bot: Bot, telegram: MockedTelegram) -> Person:
    """Somebody else, with a Russian Telegram."""
    return Person(dispatcher, bot, telegram, STRANGER, "ru")


@pytest.fixture
async def product(runtime: Runtime) -> Product:
    """A product without a channel."""
    async with runtime.unit_of_work() as session:
        return await products.create(session, name="Tea & Co")


@pytest.fixture
async def channel(runtime: Runtime, product: Product) -> Channel:
    """The product's Telegram channel."""
    async with runtime.unit_of_work() as session:
        return await channels.connect(
            session,
            runtime.keyring,
            product_id=product.id,
            platform="telegram",
            platform_name="@tea",
            credentials={"bot_token": "123456:TEST", "chat_id": "@tea"},
        )
