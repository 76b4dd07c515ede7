"""What does an owner paste to connect each platform? The way, the answers as people really send them, what is then shown."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.platforms import discord, facebook, instagram, linkedin, mastodon, threads, vk
from tests.fakes.platforms.graph import FakeGraph
from tests.fakes.platforms.server import FakePlatform

WRONG = "zzzz-0123456789-not-the-right-token-0123456789"


@dataclass(frozen=True, slots=True)
class Case:
    """One way. ``answers`` by step: what is typed, where ``secret`` names the steps whose messages must be gone.

    ``wrong`` stands in for the last secret when that is to be refused; ``refusal`` is then said. ``kept`` is what the
    channel's credentials hold afterwards, ``other`` credentials of another account of the same platform.
    """

    slug: str
    way: str
    answers: tuple[str | Callable[[FakePlatform], str], ...]
    secrets: tuple[int, ...]
    name: str
    refusal: str
    kept: Mapping[str, Any]
    other: Mapping[str, Any]
    wrong: str = WRONG
    wrong_at: int = -1  # which answer it stands in for
    text_only: bool = True  # a post of nothing but text is taken, so a test post can be sent
    rights: tuple[str, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.slug}-{self.way}"

    def typed(self, number: int, fake: FakePlatform) -> str:
        answer = self.answers[number]
        return answer if isinstance(answer, str) else answer(fake)


def _access(fake: FakePlatform) -> str:
    return str(fake.credentials()["access_token"])


OTHER = "another-token-0123456789"
CASES = (
    Case(
        "discord", "The channel's webhook",
        (f"Here you are: https://canary.discord.com/api/v10/webhooks/{discord.HOOK}/{discord.HOOK_TOKEN}?x=1",),
        (0,), "Acme", "does not take this key",
        {"channel_id": discord.CHANNEL},
        {"webhook_url": "https://discord.com/api/webhooks/123456/another", "channel_id": "999000111"},
        wrong=f"https://discord.com/api/webhooks/{discord.HOOK}/wrong",
    ),
    Case(
        "discord", "A bot of your own",
        (f"`{discord.TOKEN}`", f"https://discord.com/channels/{discord.GUILD}/{discord.CHANNEL}"),
        (0,), "#news", "does not take this key",
        {"bot_token": discord.TOKEN, "channel_id": discord.CHANNEL},
        {"bot_token": OTHER, "channel_id": "999000111"}, wrong_at=0,
        rights=("see the channel", "send messages", "attach files", "read the history"),
    ),
    Case(
        "bluesky", "By the account's name",
        ("https://bsky.app/profile/acme.example", "ABCD-efgh-ijkl-mnop"),
        (1,), "@acme.example", "does not take this name",
        {"identifier": "acme.example", "app_password": "abcd-efgh-ijkl-mnop"},
        {"identifier": "other.example", "app_password": "abcd-efgh-ijkl-mnoq", "did": "did:plc:other"},
        wrong="aaaa-bbbb-cccc-dddd",
    ),
    Case(
        "bluesky", "A server of my own",
        (lambda fake: f"{fake.url}/xrpc", "@acme.example", "my app password is abcd-efgh-ijkl-mnop"),
        (2,), "@acme.example", "does not take this name",
        {"identifier": "acme.example"},
        {"identifier": "other.example", "app_password": "abcd-efgh-ijkl-mnoq", "did": "did:plc:other"},
        wrong="aaaa-bbbb-cccc-dddd",
    ),
    Case(
        "mastodon", "A token from the settings",
        (lambda fake: f"{fake.url}/@acme", f"Your access token: {mastodon.TOKEN}"),
        (1,), "@acme", "does not know this token",
        {"access_token": mastodon.TOKEN},
        {"access_token": OTHER, "account_id": "9@elsewhere"},
        rights=("publish posts", "attach files"),
        settings={"instance": {"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23}},
    ),
    Case(
        "vk", "A community's key", (vk.KEY,), (0,), "Acme", "VK does not take this key",
        {"access_token": vk.KEY, "owner_id": vk.OWNER},
        {"access_token": OTHER, "owner_id": -777},
        rights=("publish on the wall",), settings={"community_key": True},
    ),
    Case(
        "vk", "A person's token",
        (f"https://oauth.vk.com/blank.html#access_token={vk.TOKEN}&expires_in=0&user_id=1", "https://vk.com/acme"),
        (0,), "Acme", "VK does not take this key",
        {"access_token": vk.TOKEN, "owner_id": vk.OWNER},
        {"access_token": OTHER, "owner_id": -777}, wrong_at=0,
    ),
    Case(
        "linkedin", "A token, in my own name", (f"Bearer {linkedin.TOKEN}",), (0,), "Anna Acme",
        "LinkedIn does not take this token",
        {"author": linkedin.PERSON}, {"access_token": OTHER, "author": "urn:li:person:other"},
    ),
    Case(
        "linkedin", "A token, in a page's name",
        ("https://www.linkedin.com/company/2414183/admin/dashboard/", linkedin.TOKEN), (1,), "Acme",
        "LinkedIn does not take this token",
        {"author": linkedin.AUTHOR}, {"access_token": OTHER, "author": "urn:li:organization:77"},
    ),
    Case(
        "facebook", "A page's token", (FakeGraph.token,), (0,), "Acme", "Facebook does not take this token",
        {"page_id": facebook.PAGE}, {"access_token": OTHER, "page_id": "999"},
    ),
    Case(
        "instagram", "The account's token", (_access,), (0,), "@acme", "Instagram does not take this token",
        {"user_id": instagram.USER}, {"access_token": OTHER, "user_id": "999"}, text_only=False,
    ),
    Case(
        "threads", "The account's token", (_access,), (0,), "@acme", "Threads does not take this token",
        {"user_id": threads.USER}, {"access_token": OTHER, "user_id": "999"},
    ),
    Case(
        "twitter", "Tokens from the portal",
        (
            lambda fake: str(fake.credentials()["client_id"]),
            lambda fake: str(fake.credentials()["client_secret"]),
            _access,
            lambda fake: str(fake.credentials()["refresh_token"]),
        ),
        (1, 2, 3), "@acme", "X does not take the access token",
        {"user_id": "42"}, {"access_token": OTHER, "user_id": "7"}, wrong_at=2,
    ),
    Case(
        "webhook", "Name the address", (lambda fake: f"{fake.url}/hook", lambda fake: str(fake.credentials()["secret"])),
        (1,), "127.0.0.1", "The receiver did not take our message",
        {}, {"url": "https://example.org/hook", "secret": OTHER},
    ),
)  # fmt: skip
