"""What does the owner do around a consent page? Opens the link of the chat, agrees, comes back, reads the news."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from sqlalchemy import select

from bot import notifier
from core.channels import service as channels
from core.channels.models import Channel, ChannelConsent
from core.notifications.models import Notification, NotificationStatus
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.telegram import buttons_of


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as the browser got it."""

    status: int
    text: str
    headers: dict[str, str]


@dataclass(slots=True)
class Browser:
    """The owner's browser, beside the chat."""

    owner: Person
    runtime: Runtime
    http: aiohttp.ClientSession

    @classmethod
    @asynccontextmanager
    async def open(cls, owner: Person, runtime: Runtime) -> AsyncGenerator["Browser"]:
        """Open it."""
        async with aiohttp.ClientSession() as http:
            yield cls(owner, runtime, http)

    async def asks(self, platform: str, way: str) -> None:
        """Ask for a link in the chat."""
        await self.owner.says("/channels")
        await self.owner.taps("Connect a channel")
        await self.owner.taps(platform)
        await self.owner.taps(way)

    @property
    def link(self) -> str:
        """The link on the newest message that has one."""
        message = self.owner.screen_with("Open ")
        return next(data for label, data in buttons_of(message.reply_markup) if "Open " in label)

    async def agrees(self, link: str | None = None) -> str:
        """Go to the platform's page, and return the address it sends the browser back to."""
        async with self.http.get(link or self.link, allow_redirects=False) as answer:
            assert answer.status == 302, await answer.text()
            return answer.headers["Location"]

    async def sees(self, address: str) -> Seen:
        """Open an address of ours."""
        async with self.http.get(address, allow_redirects=False) as answer:
            return Seen(answer.status, await answer.text(), dict(answer.headers))

    async def goes(self) -> Seen:
        """Agree, come back, and let the news reach the chat."""
        seen = await self.sees(await self.agrees())
        await self.news()
        return seen

    async def news(self) -> None:
        """Let the bot tell what there is to tell; every notification has to be told."""
        await notifier.drain(self.runtime, self.owner.bot)
        async with self.runtime.unit_of_work() as session:
            rows = list(await session.scalars(select(Notification)))
        assert {row.status for row in rows} <= {NotificationStatus.SENT}, [row.error_message for row in rows]

    async def channels(self) -> list[Channel]:
        """Every channel there is."""
        async with self.runtime.unit_of_work() as session:
            return list(await session.scalars(select(Channel)))

    async def credentials(self) -> dict[str, object]:
        """What the only channel keeps."""
        (channel,) = await self.channels()
        return channels.open_credentials(self.runtime.keyring, channel)

    async def consents(self) -> list[ChannelConsent]:
        """Every consent, oldest first."""
        async with self.runtime.unit_of_work() as session:
            return list(await session.scalars(select(ChannelConsent).order_by(ChannelConsent.created_at)))
