"""A channel whose key is refused is let in again: the same channel, the same queue, the same account, or nothing changes."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy import select

from core.channels import service as channels
from core.channels.models import Channel, ChannelStatus
from core.clock import ManualClock
from core.products import service as products
from core.products.models import Product
from core.publications import execution
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from tests.bot.channels.steps import plan
from tests.bot.consent.browser import Browser
from tests.bot.person import Person
from tests.fakes.platforms.facebook import FakeFacebook
from tests.fakes.platforms.server import FakePlatform
from tests.fakes.platforms.twitter import FakeTwitter

Fakes = Mapping[str, FakePlatform]


async def asks_again(owner: Person, name: str = "@acme", button: str = "Reconnect") -> None:
    await owner.says("/channels")
    await owner.taps(name)
    await owner.taps(button)
    await owner.taps("Log in at")


async def the_publication(runtime: Runtime) -> Publication:
    async with runtime.unit_of_work() as session:
        (found,) = await session.scalars(select(Publication))
    return found


async def test_the_same_channel_goes_on_with_its_queue(
    owner: Person, browser: Browser, broken: Channel, fakes: Fakes, product: Product, runtime: Runtime,
    clock: ManualClock,
) -> None:  # fmt: skip
    await plan(runtime, product)
    clock.advance(timedelta(hours=3))
    waiting = await the_publication(runtime)
    await execution.execute(runtime, waiting.id, worker="w")
    assert not fakes["twitter"].wall, "a channel that is locked out holds its queue"
    await asks_again(owner)
    await browser.goes()
    assert "is connected" in owner.text
    (channel,) = await browser.channels()
    assert (channel.id, channel.status, channel.error_message) == (broken.id, ChannelStatus.ACTIVE, None)
    assert channel.settings["max_characters"] == 4000
    clock.advance(timedelta(minutes=1))
    await execution.execute(runtime, waiting.id, worker="w")
    assert (await the_publication(runtime)).status == PublicationStatus.PUBLISHED
    assert fakes["twitter"].texts == ["A text"]


async def test_another_account_is_refused_and_nothing_changes(
    owner: Person, browser: Browser, broken: Channel, fakes: Fakes, runtime: Runtime
) -> None:
    twitter = fakes["twitter"]
    assert isinstance(twitter, FakeTwitter)
    before = (await browser.channels())[0]
    twitter.user = ("43", "other")
    await asks_again(owner)
    assert (await browser.goes()).status == 400
    assert "this was “@acme”, and you have logged in as “@other”" in owner.text
    (channel,) = await browser.channels()
    assert (channel.credentials, channel.settings, channel.status, channel.platform_name) == (
        before.credentials, before.settings, ChannelStatus.ERROR, "@acme",
    )  # fmt: skip
    twitter.user = ("42", "renamed")
    await owner.taps("New link")
    await browser.goes()
    assert "The channel “@renamed” is connected" in owner.text, "a new name is the same account"


async def test_an_imported_account_is_known_by_its_name(
    owner: Person, browser: Browser, broken: Channel, fakes: Fakes, runtime: Runtime
) -> None:
    twitter = fakes["twitter"]
    assert isinstance(twitter, FakeTwitter)
    async with runtime.unit_of_work() as session:
        channel = await channels.get(session, broken.id)
        kept = channels.open_credentials(runtime.keyring, channel)
        kept.pop("user_id")
        channels.seal_credentials(runtime.keyring, runtime.platforms["twitter"], channel, kept)
    twitter.user = ("43", "other")
    await asks_again(owner)
    await browser.goes()
    assert "you have logged in as “@other”" in owner.text
    twitter.user = ("42", "acme")
    await owner.taps("New link")
    await browser.goes()
    assert "is connected" in owner.text


async def test_of_many_pages_the_channel_s_own_is_taken(
    owner: Person, browser: Browser, fakes: Fakes, runtime: Runtime
) -> None:
    facebook = fakes["facebook"]
    assert isinstance(facebook, FakeFacebook)
    await browser.asks("Facebook", "Log in at Facebook")
    await browser.goes()
    (connected,) = await browser.channels()
    facebook.pages = [("500001", "One"), *facebook.pages, ("500002", "Two")]
    await owner.taps("Reconnect")
    await owner.taps("Log in at Facebook")
    await browser.goes()
    assert "The channel “Acme” is connected" in owner.text
    facebook.pages = [("500001", "One"), ("500002", "Two")]
    await owner.taps("Reconnect")
    await owner.taps("Log in at Facebook")
    await browser.goes()
    assert "this was “Acme”, and you have logged in as “One, Two”" in owner.text
    (channel,) = await browser.channels()
    assert (channel.id, channel.status) == (connected.id, ChannelStatus.ACTIVE)


async def test_a_disconnected_channel_may_become_another_account_but_asks_about_its_queue(
    owner: Person, browser: Browser, fakes: Fakes, product: Product, runtime: Runtime
) -> None:
    twitter = fakes["twitter"]
    assert isinstance(twitter, FakeTwitter)
    await browser.asks("X", "Log in at X")
    await browser.goes()
    await plan(runtime, product)
    await owner.taps("Disconnect")
    await owner.taps("Disconnect it")
    twitter.user = ("43", "other")
    await asks_again(owner, button="Connect again")
    await browser.goes()
    assert "Before, this was “@acme”. 1 post of its queue" in owner.text
    assert (await browser.channels())[0].status == ChannelStatus.DISCONNECTED
    await owner.taps("@other")
    assert "The channel “@other” is connected" in owner.text
    assert (await browser.channels())[0].status == ChannelStatus.ACTIVE


async def test_an_account_of_another_product_is_refused(
    owner: Person, browser: Browser, fakes: Fakes, runtime: Runtime
) -> None:
    await browser.asks("X", "Log in at X")
    await browser.goes()
    async with runtime.unit_of_work() as session:
        await products.create(session, name="Coffee")
    await owner.says("/channels")
    await owner.taps("Connect a channel")
    await owner.taps("Coffee")
    await owner.taps("X")
    await owner.taps("Log in at X")
    await browser.goes()
    assert "connected to the product “Tea & Co” already" in owner.text
    assert len(await browser.channels()) == 1
