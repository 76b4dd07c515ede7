"""Which platforms have a strict server to stand in for them? One line each."""

from tests.fakes.platforms.bluesky import FakeBluesky
from tests.fakes.platforms.discord import FakeDiscord
from tests.fakes.platforms.mastodon import FakeMastodon
from tests.fakes.platforms.server import FakePlatform
from tests.fakes.platforms.twitter import FakeTwitter
from tests.fakes.platforms.vk import FakeVk
from tests.fakes.platforms.webhook import FakeWebhook

FAKES: dict[str, type[FakePlatform]] = {
    fake.slug: fake for fake in (FakeBluesky, FakeDiscord, FakeMastodon, FakeTwitter, FakeVk, FakeWebhook)
}
