"""What is NEXUS given to do during a soak? Events, posts that are due soon, and an owner who has ideas and approves drafts."""

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import asyncpg

from tests.chaos.test_events_kill import Crowd
from tests.e2e.owner import button, has, make_rule
from tests.soak.world import World

RARE = 1_000_000  # events from this number on set off the rule that drafts a post; all others end at its condition
RULE: dict[str, Any] = {
    "name": "Rare sale",
    "trigger_type": "event",
    "trigger_config": {"event": "sale", "source": "webhook"},
    "conditions": [{"field": "n", "operator": ">=", "value": RARE}],
    "actions": [{"type": "generate", "template": "spotlight", "platforms": ["mastodon"], "scheduling": "now"}],
}  # fmt: skip
_BURST = 100  # posts and events by which the capacity is measured
_PART = 3  # of the capacity one in so many is asked for
_MOST_PER_SECOND = (
    10.0  # an hour of more says nothing new, and fills the machine's memory with what fakes keep
)
_RARE_SECONDS, _IDEA_SECONDS, _TELEGRAM_SECONDS = 15.0, 20.0, 6.0
_SETTLED = """
SELECT (SELECT count(*) FROM events WHERE NOT processed)
     + (SELECT count(*) FROM automation_logs WHERE status = 'running')
     + (SELECT count(*) FROM publications WHERE status IN ('scheduled', 'publishing')
        AND scheduled_at < now() + interval '1 hour')
     + (SELECT count(*) FROM notifications WHERE status IN ('pending', 'sending'))
     + (SELECT count(*) FROM troubles WHERE ended_at IS NULL)
"""
_POST = """
WITH made AS (
    INSERT INTO content (id, product_id, original_text, status)
    SELECT $1, id, $2, 'ready' FROM products ON CONFLICT (id) DO NOTHING RETURNING id
)
INSERT INTO publications (content_id, channel_id, scheduled_at)
SELECT made.id, channels.id, now() + $3 * interval '1 second' FROM made, channels WHERE platform = ANY($4)
"""


@dataclass
class Load:
    """What was asked for so far; ``rate`` is posts, and events, a second."""

    world: World
    rate: float = 0.0
    crowd: Crowd = field(init=False)
    posts: dict[str, tuple[str, ...]] = field(default_factory=dict)  # text, platforms
    ideas: list[str] = field(default_factory=list)
    taps: int = 0
    _pressed: set[tuple[int, str]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.crowd = Crowd(self.world.events_url, waiting=[])

    async def begin(self) -> None:
        """Make the rule, then measure what the machine can do and ask for a third of it from now on."""
        await self.world.owner.send("/start")
        await self.world.owner.wait(lambda message: not message["out"], what="answer to /start")
        await make_rule(self.world.owner, RULE)
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for _ in range(_BURST):
                group.create_task(self.event(len(self.crowd.answered) + len(self.crowd.waiting)))
                group.create_task(self.post(("mastodon", "webhook"), 0.0))
        await self.settle(120.0)
        self.rate = min(_MOST_PER_SECOND, _BURST / (time.monotonic() - began) / _PART)

    async def event(self, number: int) -> None:
        """Send one event until it is answered."""
        self.crowd.waiting.append(number)
        await self.crowd.lane(self.world.http)

    async def post(self, platforms: tuple[str, ...], in_seconds: float) -> None:
        """Write a post due soon, trying again while the database is away."""
        text, identifier = f"Post {len(self.posts):06} of the soak", uuid.uuid4()
        self.posts[text] = platforms
        await self._through(
            lambda connection: connection.execute(_POST, identifier, text, in_seconds, list(platforms))
        )

    async def idea(self) -> None:
        """Have an idea, and press what waits for a press."""
        text = f"Идея номер {len(self.ideas):05} о лунных птицах"
        self.ideas.append(text)
        await self.world.owner.send(text)

    async def approve(self) -> None:
        """Approve what waits for it, each draft once; "now" for those that ask when."""
        for message in await self.world.owner.messages():
            for label in ("Одобрить", "Сейчас"):
                if (
                    has(label)(message)
                    and (key := (message["message_id"], button(message, label))) not in self._pressed
                ):
                    self._pressed.add(key)
                    self.taps += 1
                    await self.world.owner.press(message, label)

    async def run(self, seconds: float) -> None:
        """Ask for everything at its pace for so long, and wait until each event was answered and each post written."""
        ends = asyncio.get_running_loop().time() + seconds
        numbers, rare = iter(range(_BURST, RARE)), iter(range(RARE, 2 * RARE))
        both = ("mastodon", "webhook")
        async with asyncio.TaskGroup() as group:

            async def pace(every: float, action: Callable[[], Awaitable[None]]) -> None:
                while asyncio.get_running_loop().time() < ends:
                    group.create_task(_coroutine(action))
                    await asyncio.sleep(every)

            group.create_task(pace(1 / self.rate, lambda: self.event(next(numbers))))
            group.create_task(pace(1 / self.rate, lambda: self.post(both, 5.0)))
            group.create_task(pace(_TELEGRAM_SECONDS, lambda: self.post(("telegram",), 5.0)))
            group.create_task(pace(_RARE_SECONDS, lambda: self.event(next(rare))))
            group.create_task(pace(_IDEA_SECONDS, self.idea))
            group.create_task(pace(5.0, self.approve))

    async def settle(self, seconds: float) -> int:
        """Wait until nothing waits; return how much still does when the time is over."""
        deadline = time.monotonic() + seconds
        while (left := await self._through(lambda connection: connection.fetchval(_SETTLED))) > 0:
            if time.monotonic() > deadline:
                return int(left)
            await self.approve()
            await asyncio.sleep(1.0)
        return 0

    async def _through(self, action: Callable[[asyncpg.Connection], Awaitable[Any]]) -> Any:
        while True:
            try:
                connection = await asyncpg.connect(self.world.database_url, timeout=10)
                try:
                    return await action(connection)
                finally:
                    await connection.close(timeout=5)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                await asyncio.sleep(0.5)


async def _coroutine(action: Callable[[], Awaitable[None]]) -> None:
    await action()
