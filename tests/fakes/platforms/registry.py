"""Which platforms have a strict server to stand in for them? One line each."""

from tests.fakes.platforms.bluesky import FakeBluesky
from tests.fakes.platforms.discord import FakeDiscord
from tests.fakes.platforms.facebook import FakeFacebook
from tests.fakes.platforms.instagram import FakeInstagram
from tests.fakes.platforms.linkedin import FakeLinkedIn
from tests.fakes.platforms.mastodon import FakeMastodon
from tests.fakes.platforms.server import FakePlatform
from tests.fakes.platforms.threads import FakeThreads
from tests.fakes.platforms.twitter import FakeTwitter
from tests.fakes.platforms.vk import FakeVk
from tests.fakes.platforms.webhook import FakeWebhook

_ALL: tuple[type[FakePlatform], ...] = (
    FakeBluesky,
    FakeDiscord,
    FakeFacebook,
    FakeInstagram,
    FakeLinkedIn,
    FakeMastodon,
    FakeThreads,
    FakeTwitter,
    FakeVk,
    FakeWebhook,
)
FAKES: dict[str, type[FakePlatform]] = {fake.slug: fake for fake in _ALL}
