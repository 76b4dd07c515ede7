"""What does a task cost, from the wish to the deed? docs/taps.md, made here; a daily one takes three taps at most.

After a change that is meant: `WRITE_TAPS=1 .venv/bin/pytest tests/bot/test_taps.py` writes the page anew.
"""

import os
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.types import Chat
from pydantic import SecretStr
from sqlalchemy import select

from bot.dispatcher import Dispatcher
from core.automations.models import Automation
from core.channels.models import Channel
from core.config import Settings
from core.content.models import Content, ContentStatus
from core.products.models import Product
from core.publications.models import Publication, PublicationStatus
from core.runtime import Runtime
from core.settings import service as owner_settings
from tests.bot.channels.conftest import sandbox
from tests.bot.channels.conftest import settings as local_settings
from tests.bot.channels.steps import membership
from tests.bot.conftest import OWNER
from tests.bot.person import Person
from tests.bot.taps import Counting
from tests.bot.telegram import MockedTelegram
from tests.fakes.anthropic import FakeAnthropic

__all__ = ["local_settings", "sandbox"]  # fixtures

PAGE = Path(__file__).resolve().parents[2] / "docs" / "taps.md"
CHANNEL = Chat(id=-1001000000001, type="channel", title="Acme news", username="acme")
MOST = 3  # taps of a daily task, beyond typing
OWN = "A finished text of my own.\n\nTwo.\n\nThree."
_HEAD = """# Taps

What a task costs from the wish to the deed, counted by `tests/bot/test_taps.py`, which fails when this page is not what it
counts, or when a daily task takes more than three taps. `[…]` is a tap; a command or a text in quotes is typed.

| task | taps | typed | the way |
|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class World:
    """What a task may look at to see that it is done."""

    runtime: Runtime

    async def draft(self) -> Content:
        """The newest draft."""
        async with self.runtime.unit_of_work() as session:
            return (await session.scalars(select(Content).order_by(Content.number.desc()))).first()  # type: ignore[return-value]

    async def publications(self) -> list[Publication]:
        """Everything planned, oldest first."""
        async with self.runtime.unit_of_work() as session:
            return list(await session.scalars(select(Publication).order_by(Publication.created_at)))


Step = Callable[[Counting, World], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Task:
    """``before`` is not counted; ``after`` asserts that it is done. ``daily``: at most three taps."""

    name: str
    do: Step
    after: Step
    before: Step | None = None
    daily: bool = True


async def a_draft(person: Counting, world: World) -> None:
    await person.says(OWN)


async def post_now(person: Counting, world: World) -> None:
    await person.says(OWN)
    await person.taps("Publish now")


async def leaves_now(person: Counting, world: World) -> None:
    (publication,) = await world.publications()
    assert publication.status == PublicationStatus.SCHEDULED
    assert "goes out in 10 seconds" in person.text.lower()


async def plan_tomorrow(person: Counting, world: World) -> None:
    await person.says(OWN)
    await person.taps("Schedule")
    await person.taps("Type a time")
    await person.says("tomorrow 18:30")
    await person.taps("Schedule it")


async def leaves_tomorrow(person: Counting, world: World) -> None:
    (publication,) = await world.publications()
    assert publication.scheduled_at is not None
    assert publication.scheduled_at.isoformat() == "2026-03-03T15:30:00+00:00"  # 18:30 in UTC+3


async def a_long_caption(person: Counting, world: World) -> None:
    await person.sends_photo("a", caption="слово " * 200)


async def mend_the_caption(person: Counting, world: World) -> None:
    await person.taps("Text below the file")


async def can_be_approved(person: Counting, world: World) -> None:
    assert any("Approve" in label for label in person.labels)


async def add_product(person: Counting, world: World) -> None:
    await person.says("/products")
    await person.taps("Add a product")
    await person.says("Quiet Garden")


async def is_there(person: Counting, world: World) -> None:
    async with world.runtime.unit_of_work() as session:
        names = set(await session.scalars(select(Product.name)))
    assert names == {"Tea & Co", "Quiet Garden"}


async def a_planned_post(person: Counting, world: World) -> None:
    await plan_tomorrow(person, world)


async def see_the_queue(person: Counting, world: World) -> None:
    await person.says("/queue")


async def shows_the_post(person: Counting, world: World) -> None:
    assert "18:30" in person.text
    assert "A finished text" in person.text


async def pause_everything(person: Counting, world: World) -> None:
    await person.says("/start")
    await person.taps("Pause")
    await person.taps("Pause everything")


async def nothing_leaves(person: Counting, world: World) -> None:
    async with world.runtime.unit_of_work() as session:
        assert (await owner_settings.get(session, owner_settings.Publishing)).paused


async def start_from_zero(person: Counting, world: World) -> None:
    await person.says("/start")
    await person.taps("English")
    await person.says("Kazan")
    await person.taps("Yes, it is")
    await person.says("Quiet Garden")
    await person.says("Workshops for those who have a window sill only.")
    await person.taps("Connect a channel")
    person.path.append("the bot is made an administrator of the channel")
    await person.feed(my_chat_member=membership(person, CHANNEL, inside=True))
    await person.taps("Connect “Acme news”")
    await person.taps("Test post and connect")
    await person.says(OWN)
    await person.taps("Publish now")


async def three_drafts(person: Counting, world: World) -> None:
    for number in range(3):
        await person.says(f"Text {number}.\n\nTwo.\n\nThree.")


async def approve_them(person: Counting, world: World) -> None:
    await person.says("/drafts")
    await person.taps("Approve several")
    await person.taps("Tick all")
    await person.taps("Approve · 3")


async def are_approved(person: Counting, world: World) -> None:
    async with world.runtime.unit_of_work() as session:
        states = list(await session.scalars(select(Content.status)))
    assert states == [ContentStatus.READY] * 3


async def change_tone(person: Counting, world: World) -> None:
    await person.taps("Rewrite")
    await person.taps("Tone")
    await person.taps("Friendlier")


async def is_rewritten(person: Counting, world: World) -> None:
    assert (await world.draft()).made_by == "ai"
    assert any("Approve" in label for label in person.labels)


async def find_it(person: Counting, world: World) -> None:
    await person.says("/find finished text")
    await person.taps("#1")


async def is_open(person: Counting, world: World) -> None:
    assert OWN in person.text
    assert any("Schedule" in label for label in person.labels)


async def switch_on(person: Counting, world: World) -> None:
    await person.says("/automations")
    await person.taps("Ready-made")
    await person.taps("Rare mint")
    await person.taps("Add")
    await person.taps("Switch on")


async def is_on(person: Counting, world: World) -> None:
    async with world.runtime.unit_of_work() as session:
        assert await session.scalar(select(Automation.enabled))


FROM_ZERO = Task("first post from zero", start_from_zero, leaves_now, daily=False)
TASKS = (
    Task("post to one channel now", post_now, leaves_now),
    Task("schedule for tomorrow evening", plan_tomorrow, leaves_tomorrow),
    Task("approve three drafts", approve_them, are_approved, three_drafts),
    Task("change tone", change_tone, is_rewritten, a_draft),
    Task("fix a caption that is too long", mend_the_caption, can_be_approved, a_long_caption),
    Task("add a product", add_product, is_there),
    Task("see what is queued", see_the_queue, shows_the_post, a_planned_post),
    Task("pause everything", pause_everything, nothing_leaves),
    Task("switch on a ready-made rule", switch_on, is_on, daily=False),
    Task("find an old post", find_it, is_open, a_draft),
)


@pytest.fixture
async def claude() -> AsyncGenerator[FakeAnthropic]:
    """A model, so that AI has something to say."""
    async with FakeAnthropic() as server:
        yield server


@pytest.fixture
def settings(local_settings: Settings, claude: FakeAnthropic) -> Settings:
    """Settings with the local Telegram's and the model's address."""
    key = {"anthropic_api_key": SecretStr(claude.key), "anthropic_base_url": claude.url}
    return local_settings.model_copy(update=key)


@pytest.fixture
def world(runtime: Runtime) -> World:
    """The database behind the chat."""
    return World(runtime)


async def counted(task: Task, owner: Person, world: World) -> Counting:
    """Do the task, see that it is done, and return who has counted."""
    if task.before is not None:
        await task.before(Counting(owner), world)
    person = Counting(owner)
    await task.do(person, world)
    await task.after(person, world)
    return person


def line(task: Task, person: Counting) -> str:
    """The task's row of the page."""
    way = " → ".join(person.path).replace("[", "\\[").replace("|", "\\|")
    return f"| {task.name} | {person.tapped} | {person.typed} | {way} |"


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
async def test_a_daily_task_costs_what_the_page_says(
    owner: Person, channel: Channel, world: World, task: Task
) -> None:
    person = await counted(task, owner, world)
    assert person.tapped <= MOST or not task.daily, person.path
    hold(task, person)


async def test_the_first_post_costs_what_the_page_says(
    dispatcher: Dispatcher, bot: Bot, telegram: MockedTelegram, world: World
) -> None:
    newcomer = Person(dispatcher, bot, telegram, OWNER, "de")
    hold(FROM_ZERO, await counted(FROM_ZERO, newcomer, world))


def hold(task: Task, person: Counting) -> None:
    """The page says what was counted; or, when asked to, it is made to."""
    if os.environ.get("WRITE_TAPS"):
        _write(task, line(task, person))
    assert line(task, person) in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_page_lists_every_task_once_and_nothing_else() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.startswith(_HEAD)
    assert [row.split(" | ")[0].strip("| ") for row in page[len(_HEAD) :].splitlines()] == [
        task.name for task in (FROM_ZERO, *TASKS)
    ]


def _write(task: Task, row: str) -> None:
    """Put one task's row into the page; the order is that of TASKS."""
    old = PAGE.read_text(encoding="utf-8").splitlines() if PAGE.exists() else []
    rows = {text.split(" | ")[0].strip("| "): text for text in old if text.startswith("| ")}
    rows[task.name] = row
    PAGE.write_text(
        _HEAD + "".join(f"{rows[one.name]}\n" for one in (FROM_ZERO, *TASKS) if one.name in rows),
        encoding="utf-8",
    )
