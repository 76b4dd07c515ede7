"""What happens in a story about many platforms? Channels are connected in the chat, drafts looked at, time goes by."""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from bot.sandbox import Sandbox
from core.channels.models import Channel
from core.clock import ManualClock
from core.platforms.registry import PLATFORMS
from core.publications import dispatch, execution
from core.publications.models import Publication, PublicationAttempt, PublicationStatus
from core.runtime import Runtime
from tests.bot.channels.pasted import CASES, Case
from tests.bot.consent.browser import Browser
from tests.bot.person import Person
from tests.bot.telegram import buttons_of
from tests.core.publications.conftest import RecordingQueue
from tests.fakes.platforms.server import FakePlatform

FIRST = "We open a second tea room on Friday at 10:00, Lenina 5. The first cup is free: https://tea.example/second"
SECOND = "On Sunday we read letters aloud, the entrance is free: https://tea.example/letters"
REASON = "Too dry. Begin with the letters"
_OPENING = {
    "text": "We open a second tea room on Friday at 10:00, Lenina 5. https://tea.example/second",
    "telegram": "**A second tea room** 🍵\n\nFriday, 10:00, Lenina 5. *The first cup is free.*\n\n[The way](https://tea.example/second)",
    "twitter": "A second tea room opens on Friday at 10:00, Lenina 5 & the first cup is free 🍵 https://tea.example/second",
    "bluesky": "Friday, 10:00, Lenina 5: our second tea room 🍵 [The way](https://tea.example/second)",
    "mastodon": "Our second tea room opens on Friday at 10:00.\n\nLenina 5, the first cup is free. https://tea.example/second #tea",
    "linkedin": "We open a **second tea room** (Lenina 5) on Friday at 10:00.\n\n- the first cup is free\n- [the way](https://tea.example/second)",
}
_DRY = {name: f"Sunday. Entrance is free. https://tea.example/letters {name}" for name in _OPENING}
_WARM = {name: f"Letters, read **aloud**, on Sunday: https://tea.example/letters {name}" for name in _OPENING}


def forms(body: dict[str, Any]) -> str:
    """The model: each platform's own form of the idea it is asked about, and another one when it is told why."""
    said = json.dumps(body["messages"], ensure_ascii=False)
    written = (_WARM if REASON in said else _DRY) if "letters" in said else _OPENING
    asked = body["output_config"]["format"]["schema"]["properties"]
    return json.dumps({name: written[name.removeprefix("for_")] for name in asked}, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Story:
    """An owner, the platforms, the clock, and a scheduler with two workers that take the same jobs."""

    owner: Person
    runtime: Runtime
    clock: ManualClock
    browser: Browser
    fakes: Mapping[str, FakePlatform]
    box: Sandbox
    queue: RecordingQueue

    # --- what the owner does --------------------------------------------------------------------------------------

    async def choose(self, label: str) -> None:
        """Tap the newest button that is called exactly so, or so behind its emoji."""
        for message in reversed(self.owner.messages):
            for text, data in buttons_of(message.reply_markup):
                if label in {text, text.partition(" ")[2]}:
                    await self.owner.taps_data(data, message)
                    return
        raise AssertionError(f"no button {label!r} among {self.owner.labels}")

    async def begin(self, slug: str) -> None:
        """Go from anywhere to the ways of connecting a platform."""
        await self.owner.says("/channels")
        await self.owner.taps("Connect a channel")
        await self.choose(PLATFORMS[slug].title)

    async def connect_telegram(self) -> None:
        """Name the channel in which our bot is an administrator."""
        await self.begin("telegram")
        await self.owner.taps("This bot")
        await self.owner.says("@acme")
        await self.owner.taps("Connect without a test")

    async def pastes(self, slug: str, way: str) -> None:
        """Choose the way and give every answer, from the list of ways on."""
        case = next(one for one in CASES if (one.slug, one.way) == (slug, way))
        await self.choose(way)
        await self.answers(case)

    async def answers(self, case: Case) -> None:
        """Type what the way asks for, and connect without a test."""
        for number in range(len(case.answers)):
            await self.owner.says(case.typed(number, self.fakes[case.slug]))
        await self.owner.taps("Connect without a test" if case.text_only else "Connect")

    async def connects(self, slug: str, way: str) -> None:
        """Connect a platform by pasting."""
        await self.begin(slug)
        await self.pastes(slug, way)

    async def consents_to_x(self) -> None:
        """Log in at X."""
        await self.browser.asks("X", "Log in at X")
        await self.browser.goes()

    # --- what the card shows --------------------------------------------------------------------------------------

    async def previews(self) -> dict[str, str]:
        """Look at every tab of the newest card; return the preview by platform."""
        tabs = [
            (slug, platform.title)
            for slug, platform in PLATFORMS.items()
            if any(label.removeprefix("• ").split(" ")[0] == platform.title for label in self.owner.labels)
        ]
        seen = {}
        for slug, title in tabs:
            label = next(one for one in self.owner.labels if one.removeprefix("• ").split(" ")[0] == title)
            await self.choose(label)
            seen[slug] = preview_in(self.owner.text)
        return seen

    # --- what time brings ------------------------------------------------------------------------------------------

    async def publications(self, *, content: int | None = None) -> dict[str, Publication]:
        """The publications of a post by platform."""
        async with self.runtime.unit_of_work() as session:
            rows = await session.execute(select(Publication, Channel).join(Channel).order_by(Publication.id))
            found = [(channel.platform, publication) for publication, channel in rows]
        numbers = list(dict.fromkeys(one.content_id for _, one in found))
        return {slug: one for slug, one in found if content is None or one.content_id == numbers[content - 1]}

    async def goes_by(self, until: datetime) -> None:
        """Let the clock stop at whatever falls due, have it published by two workers at once, and read the news."""
        while (moment := await self._next(until)) is not None:
            if moment > self.clock.now():
                self.clock.advance(moment - self.clock.now())
            await self.work()
        self.clock.advance(max(until - self.clock.now(), until - until))
        await self.work()

    async def work(self) -> None:
        """One round of the scheduler, then of the workers, then of the news."""
        async with self.runtime.unit_of_work() as session:
            await dispatch.nudge_due(session, self.clock.now())
        jobs, self.queue.jobs = self.queue.jobs, []
        for job in jobs:
            number = getattr(job, "publication_id", None)
            if number is not None:
                await asyncio.gather(
                    *(execution.execute(self.runtime, number, worker=name) for name in ("one", "two"))
                )
        await self.browser.news()

    async def _next(self, until: datetime) -> datetime | None:
        """When the next thing falls due that can go out."""
        async with self.runtime.unit_of_work() as session:
            moments = await session.scalars(
                select(Publication.scheduled_at)
                .where(Publication.status == PublicationStatus.SCHEDULED)
                .where(Publication.scheduled_at > self.clock.now(), Publication.scheduled_at <= until)
                .order_by(Publication.scheduled_at)
                .limit(1)
            )
            return moments.first()

    # --- what is left behind ---------------------------------------------------------------------------------------

    async def ledger(self, publication: Publication) -> list[str]:
        """The states of the attempts of a publication, in order."""
        async with self.runtime.unit_of_work() as session:
            rows = await session.scalars(
                select(PublicationAttempt)
                .where(PublicationAttempt.publication_id == publication.id)
                .order_by(PublicationAttempt.started_at, PublicationAttempt.attempt)
            )
            return [row.state for row in rows]

    def walls(self) -> dict[str, list[str]]:
        """What really stands on each platform, once each: a text that stands twice fails."""
        found = {slug: fake.texts for slug, fake in self.fakes.items()}
        found["telegram"] = [str(post.content.get("text", "")) for post in self.box.messages("@acme")]
        for slug, texts in found.items():
            assert max(Counter(texts).values(), default=1) == 1, f"{slug}: {texts}"
        return found


def preview_in(card: str) -> str:
    """The post between the card's head and the line of its first channel."""
    before = card[: card.index("\n\n📣 ")]
    return before[before.index("\n\n", before.index("#")) + 2 :]
