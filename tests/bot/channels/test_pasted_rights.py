"""A right that is missing is named, nothing is kept without it, and putting it right is one tap."""

from collections.abc import AsyncGenerator

import pytest

from core.clock import ManualClock
from core.config import Settings
from core.products.models import Product
from core.runtime import Runtime
from tests.bot.channels.pasted import CASES, Case
from tests.bot.channels.steps import no_channel, only_channel
from tests.bot.channels.test_pasting import answer, begin
from tests.bot.person import Person
from tests.fakes.platforms.discord import RIGHTS, ROLE, FakeDiscord
from tests.fakes.platforms.facebook import PERSON
from tests.fakes.platforms.mastodon import FakeMastodon
from tests.fakes.platforms.registry import FAKES
from tests.fakes.platforms.server import FakePlatform
from tests.fakes.platforms.vk import FakeVk

_CASES = {case.id: case for case in CASES}
LACKING = {
    "discord-A bot of your own": "send messages",
    "mastodon-A token from the settings": "publish posts",
    "vk-A community's key": "publish on the wall",
}


@pytest.fixture
def case(request: pytest.FixtureRequest) -> Case:
    """The way that the test names."""
    return _CASES[getattr(request, "param", "facebook-A page's token")]


@pytest.fixture
async def fake(case: Case, clock: ManualClock) -> AsyncGenerator[FakePlatform]:
    """The platform's server."""
    server = FAKES[case.slug](clock)
    async with server.serving():
        yield server


@pytest.fixture
def settings(settings: Settings, fake: FakePlatform) -> Settings:
    """Settings that say where the platform is."""
    return settings.model_copy(update={"platform_bases": {fake.slug: fake.url}})


def take_away(fake: FakePlatform, *, back: bool = False) -> None:
    match fake:
        case FakeDiscord():
            fake.rights = RIGHTS
            fake.overwrites = [] if back else [{"id": ROLE, "allow": "0", "deny": str(1 << 11)}]
        case FakeMastodon():
            fake.scopes = ["read", "write"] if back else ["read", "write:media"]
        case FakeVk():
            fake.key_rights = ["wall"] if back else ["photos"]


@pytest.mark.parametrize("case", LACKING, indirect=True)
async def test_the_missing_right_is_named_and_looked_at_again(
    owner: Person, product: Product, runtime: Runtime, case: Case, fake: FakePlatform
) -> None:
    take_away(fake)
    await begin(owner, case)
    await answer(owner, case, fake)
    assert f"❌ {LACKING[case.id]}: without it nothing can be published" in owner.text
    assert not any("onnect without" in label or "Test post" in label for label in owner.labels)
    take_away(fake, back=True)
    await owner.taps("Check again")
    assert f"✅ {LACKING[case.id]}" in owner.text
    assert await no_channel(runtime)
    await owner.taps("Connect without a test")
    assert (await only_channel(runtime)).platform == case.slug


async def test_a_person_s_token_is_not_taken_for_a_page_s(
    owner: Person, product: Product, runtime: Runtime, case: Case, fake: FakePlatform
) -> None:
    await begin(owner, case)
    await owner.says(PERSON)
    assert "This is a person's token, and a page's is needed" in owner.text
    assert await no_channel(runtime)
