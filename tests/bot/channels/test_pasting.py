"""Every platform is connected by what an owner pastes: proved at its strict server, kept only then, no secret left behind."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot
from sqlalchemy import select

from core.channels import service as channels
from core.channels.models import ChannelStatus
from core.clock import ManualClock
from core.config import Settings
from core.content.models import Content
from core.platforms.bluesky import identity
from core.platforms.registry import PLATFORMS
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.channels.pasted import CASES, Case
from tests.bot.channels.steps import no_channel, only_channel, plan, states
from tests.bot.person import Person
from tests.bot.survivor import Survivor
from tests.bot.telegram import MockedTelegram, buttons_of
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform


@pytest.fixture(params=CASES, ids=lambda case: case.id)
def case(request: pytest.FixtureRequest) -> Case:
    """One way of one platform after the other."""
    found: Case = request.param
    return found


@pytest.fixture
async def fake(
    case: Case, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> AsyncGenerator[FakePlatform]:
    """The platform's server."""
    server = FAKES[case.slug](clock)
    async with server.serving():
        monkeypatch.setattr(identity, "DIRECTORY", f"{server.url}/directory")
        yield server


@pytest.fixture
def settings(settings: Settings, fake: FakePlatform) -> Settings:
    """Settings that say where the platform is."""
    return settings.model_copy(update={"platform_bases": {fake.slug: fake.url}})


async def choose(owner: Person, label: str) -> None:
    """Tap the button that is called exactly so, or so behind its emoji."""
    labels = buttons_of(owner.screen.reply_markup)
    data = next(data for text, data in labels if label in {text, text.partition(" ")[2]})
    await owner.taps_data(data, owner.screen)


async def begin(owner: Person, case: Case) -> None:
    await owner.says("/channels")
    await owner.taps("Connect a channel")
    await choose(owner, PLATFORMS[case.slug].title)
    await choose(owner, case.way)


async def answer(
    owner: Person, case: Case, fake: FakePlatform, *, wrong: bool = False, first: int = 0
) -> None:
    """Give every answer; each secret is deleted from the chat before anything else happens."""
    wrong_at = range(len(case.answers))[case.wrong_at]
    for number in range(first, len(case.answers)):
        before = len(owner.telegram.calls)
        await owner.says(case.wrong if wrong and number == wrong_at else case.typed(number, fake))
        deleted = owner.telegram.calls[before].__api_method__ == "deleteMessage"
        assert deleted == (number in case.secrets), number
        if wrong and case.refusal in owner.text:
            return


async def connect(owner: Person, case: Case, fake: FakePlatform) -> None:
    await begin(owner, case)
    await answer(owner, case, fake)
    await owner.taps("Connect without a test" if case.text_only else "Connect")


async def test_the_right_answers_connect_it(
    owner: Person, product: Product, runtime: Runtime, case: Case, fake: FakePlatform
) -> None:
    await begin(owner, case)
    await answer(owner, case, fake)
    assert f"Found: {case.name}" in owner.text
    for right in case.rights:
        assert f"✅ {right}" in owner.text
    assert await no_channel(runtime)
    await owner.taps("Test post and connect" if case.text_only else "Connect")
    channel = await only_channel(runtime)
    assert (channel.product_id, channel.platform, channel.status) == (
        product.id,
        case.slug,
        ChannelStatus.ACTIVE,
    )
    assert len(fake.wall) == (1 if case.text_only else 0)
    opened = channels.open_credentials(runtime.keyring, channel)
    assert opened.items() >= dict(case.kept).items()
    assert channel.settings.items() >= dict(case.settings).items()
    secrets = [opened[name] for name in channels.secret_fields(PLATFORMS[case.slug]) if opened.get(name)]
    kept = str([message.text for message in owner.messages]) + str(await states(runtime))
    assert secrets
    assert not [secret for secret in secrets if secret in kept or secret in str(channel.credentials)]


async def test_what_was_pasted_is_taken_once_when_the_process_dies_over_it(
    owner: Person,
    product: Product,
    runtime: Runtime,
    case: Case,
    fake: FakePlatform,
    bot: Bot,
    telegram: MockedTelegram,
) -> None:
    await begin(owner, case)
    survivor = Survivor(runtime, bot, telegram)
    for number in range(len(case.answers)):
        await survivor.says(case.typed(number, fake))
    assert f"Found: {case.name}" in survivor.text
    await survivor.taps("Connect without a test" if case.text_only else "Connect")
    assert (await only_channel(runtime)).status == ChannelStatus.ACTIVE
    async with runtime.unit_of_work() as session:
        assert not list(await session.scalars(select(Content)))  # nothing of it was taken for an idea


async def test_a_wrong_key_is_refused_and_asked_for_again(
    owner: Person, product: Product, runtime: Runtime, case: Case, fake: FakePlatform
) -> None:
    await begin(owner, case)
    await answer(owner, case, fake, wrong=True)
    assert case.refusal in owner.text
    assert case.wrong not in owner.text
    assert await no_channel(runtime)
    await begin(owner, case)
    await answer(owner, case, fake)
    assert f"Found: {case.name}" in owner.text


async def test_another_account_is_named_before_it_takes_the_channel_s_place(
    owner: Person, product: Product, runtime: Runtime, case: Case, fake: FakePlatform
) -> None:
    async with runtime.unit_of_work() as session:
        before = await channels.connect(
            session, runtime.keyring, product_id=product.id, platform=case.slug, platform_name="The old one",
            credentials=case.other, settings={"api_base": fake.url, "oauth_base": fake.url, "split": True},
        )  # fmt: skip
    if case.text_only:
        await plan(runtime, product)
    async with runtime.unit_of_work() as session:
        await channels.mark_error(session, before.id, "refused")
    await owner.says("/channels")
    await owner.taps("The old one")
    await owner.taps("Reconnect")
    await choose(owner, case.way)
    await answer(owner, case, fake)
    assert "Before, this was “The old one”." in owner.text
    assert ("1 post of its queue" in owner.text) == case.text_only
    await owner.taps("Connect without a test" if case.text_only else "Connect")
    channel = await only_channel(runtime)
    assert (channel.id, channel.status, channel.platform_name) == (before.id, ChannelStatus.ACTIVE, case.name)
    assert channel.settings["split"] is True
    opened = channels.open_credentials(runtime.keyring, channel)
    assert opened.items() >= dict(case.kept).items()


async def test_the_same_account_is_connected_again_without_a_word_about_another(
    owner: Person, product: Product, runtime: Runtime, case: Case, fake: FakePlatform
) -> None:
    await connect(owner, case, fake)
    first = await only_channel(runtime)
    async with runtime.unit_of_work() as session:
        await channels.rename(session, first.id, "My own name for it")
        await channels.mark_error(session, first.id, "refused")
    await owner.says("/channels")
    await owner.taps("My own name")
    await owner.taps("Reconnect")
    await choose(owner, case.way)
    await answer(owner, case, fake)
    assert f"Found: {case.name}" in owner.text
    assert "Before, this was" not in owner.text
    await owner.taps("Connect without a test" if case.text_only else "Connect")
    again = await only_channel(runtime)
    assert (again.id, again.status) == (first.id, ChannelStatus.ACTIVE)


async def test_a_platform_that_is_down_changes_nothing_and_is_asked_again(
    owner: Person, product: Product, runtime: Runtime, case: Case, fake: FakePlatform
) -> None:
    await begin(owner, case)
    fake.away = True
    for number in range(len(case.answers)):
        await owner.says(case.typed(number, fake))
        if "does not answer" in owner.text:
            break
    assert "does not answer at the moment" in owner.text
    assert await no_channel(runtime)
    fake.away = False
    if any("Check again" in label for label in owner.labels):
        await owner.taps("Check again")
    else:
        await answer(owner, case, fake, first=number)
    assert f"Found: {case.name}" in owner.text


async def test_a_disconnected_channel_keeps_no_secret(
    owner: Person, product: Product, runtime: Runtime, case: Case, fake: FakePlatform
) -> None:
    await connect(owner, case, fake)
    await owner.taps("Disconnect")
    await owner.taps("Disconnect it")
    channel = await only_channel(runtime)
    assert channel.status == ChannelStatus.DISCONNECTED
    left: dict[str, Any] = channels.open_credentials(runtime.keyring, channel)
    assert not left.keys() & channels.secret_fields(PLATFORMS[case.slug])
