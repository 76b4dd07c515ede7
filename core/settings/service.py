"""What has the owner chosen? Typed groups of settings over the `settings` table's JSON objects."""

from datetime import datetime, tzinfo
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.settings import reading
from core.settings.models import Setting
from core.settings.reading import Fault, Read
from core.settings.zones import parse_zone

Language = Literal["ru", "en"]
Usual = Literal["now", "at", "optimal"]  # the ways a post goes out that the data model names
# "23:00", as a clock in the owner's zone shows it.
WallClock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class SettingsGroup(BaseModel):
    """A row of the `settings` table. Keys it does not know are kept as they are."""

    model_config = ConfigDict(extra="allow", frozen=True, validate_default=True)
    key: ClassVar[str]
    # What a field that cannot be read counts as, where its default would be the careless side.
    careful: ClassVar[dict[str, Any]] = {}


class Notifications(BaseModel):
    """What the owner is told of, and when not. `telegram_chat_id` and `email` are the data model's."""

    model_config = ConfigDict(extra="allow", frozen=True, validate_default=True)
    telegram_chat_id: int | str | None = None
    email: str | None = None
    quiet_from: WallClock | None = None  # what can wait does so between these two, in the owner's zone
    quiet_to: WallClock | None = None
    silent_days: int = Field(default=3, ge=1, le=90)  # without a post, until the owner is told
    off: list[Annotated[str, Field(max_length=40)]] = Field(default_factory=list)  # kinds not to be told of


class AllowedGroup(BaseModel):
    """A group chat in which the bot answers its owners; the title is for people, the id for the bot."""

    model_config = ConfigDict(frozen=True)
    id: int
    title: str = ""


class General(SettingsGroup):
    """Who the owner is: language and time zone."""

    key: ClassVar[str] = "general"
    timezone: str = "UTC+3"
    language: Language = "ru"
    notifications: Notifications = Field(default_factory=Notifications)
    groups: list[AllowedGroup] = Field(default_factory=list)
    stream_drafts: bool = True  # show a text while AI writes it, where the Bot API can
    rich_tables: bool = False  # tables as Telegram's rich messages; old clients show a placeholder for them

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        parse_zone(value)
        return value

    @property
    def zone(self) -> tzinfo:
        """The owner's zone, for showing and reading wall-clock times."""
        return parse_zone(self.timezone)


class Publishing(SettingsGroup):
    """How posts go out."""

    key: ClassVar[str] = "publishing"
    careful: ClassVar[dict[str, Any]] = {"paused": True}
    default_scheduling: Usual = "optimal"
    min_gap_hours: float = Field(default=2, ge=0, le=168)
    max_posts_per_day: int = Field(default=30, ge=1, le=1000)
    max_per_platform_per_day: dict[str, int] = Field(default_factory=dict)  # by platform slug
    quiet_from: WallClock | None = None  # no post goes out between these two, in the owner's zone
    quiet_to: WallClock | None = None
    undo_seconds: int = Field(default=10, ge=0, le=300)
    late_policy: Literal["publish", "ask", "skip"] = "ask"
    late_after_minutes: int = Field(default=60, ge=1, le=10080)
    approval_hours: float | None = Field(
        default=None, ge=1, le=8760
    )  # then it no longer holds; None: it does
    paused: bool = False
    paused_at: datetime | None = None  # when the owner paused everything; kept with ``paused``


class Ai(SettingsGroup):
    """Which models write, and how much they may cost. Each provider has model names of its own."""

    key: ClassVar[str] = "ai"
    careful: ClassVar[dict[str, Any]] = {"daily_cap_usd": 0.0, "monthly_cap_usd": 0.0}
    provider: Literal["anthropic", "openai"] = "anthropic"
    default_model: str = "claude-3-5-sonnet"
    fallback_model: str = "claude-3-haiku"
    openai_model: str = Field(
        default="", max_length=200
    )  # there is no name that every compatible server knows
    openai_fallback_model: str = Field(default="", max_length=200)
    temperature: float = Field(default=0.7, ge=0, le=1)
    effort: Literal["low", "medium", "high"] = "medium"
    daily_cap_usd: float | None = Field(default=None, ge=0)  # no call is made that could pass it
    monthly_cap_usd: float | None = Field(default=None, ge=0)
    daily_warn_usd: float | None = Field(default=None, ge=0)  # the owner is told once when it is passed
    monthly_warn_usd: float | None = Field(default=None, ge=0)


class Receiving(SettingsGroup):
    """How many events are taken, and for how long they are kept."""

    key: ClassVar[str] = "events"
    per_minute: int = Field(default=600, ge=1, le=1_000_000)  # of a product, in each receiver process
    keep_days: int | None = Field(default=180, ge=1, le=3650)  # then they are deleted; None: never
    careful: ClassVar[dict[str, Any]] = {"keep_days": None}


class Keeping(SettingsGroup):
    """For how many days what grows with use is kept; None: for ever. Posts, their days and their costs never go."""

    key: ClassVar[str] = "keeping"
    careful: ClassVar[dict[str, Any]] = dict.fromkeys(
        ("numbers_days", "attempts_days", "news_days", "versions_days", "runs_days")
    )
    numbers_days: int | None = Field(default=400, ge=60, le=3650)  # what platforms said at each look
    attempts_days: int | None = Field(default=365, ge=30, le=3650)  # calls that came to nothing
    news_days: int | None = Field(default=180, ge=7, le=3650)  # news that were told
    versions_days: int | None = Field(default=730, ge=30, le=3650)  # texts that nothing was published of
    runs_days: int | None = Field(default=400, ge=60, le=3650)  # runs of automations that did something


GROUPS: tuple[type[SettingsGroup], ...] = (General, Publishing, Ai, Receiving, Keeping)
_Group = TypeVar("_Group", bound=SettingsGroup)
_Other = TypeVar("_Other", bound=SettingsGroup)


async def get(session: AsyncSession, group: type[_Group]) -> _Group:
    """Return ``group`` as stored; what is missing or cannot be read takes its default (see ``reading``)."""
    return (await read(session, group)).value


async def get_both(session: AsyncSession, one: type[_Group], other: type[_Other]) -> tuple[_Group, _Other]:
    """Return two groups with one question; each as ``get``."""
    query = select(Setting.key, Setting.value).where(Setting.key.in_([one.key, other.key]))
    stored = {row.key: row.value for row in await session.execute(query)}
    return (
        reading.read(one, stored.get(one.key) or {}).value,
        reading.read(other, stored.get(other.key) or {}).value,
    )


async def read(session: AsyncSession, group: type[_Group]) -> Read[_Group]:
    """Return ``group`` and what in its row cannot be read."""
    value = await session.scalar(select(Setting.value).where(Setting.key == group.key))
    return reading.read(group, value or {})


async def faults(session: AsyncSession) -> dict[str, tuple[Fault, ...]]:
    """Return what cannot be read, by the group's key; only groups with faults."""
    rows = await session.execute(select(Setting.key, Setting.value))
    stored = {row.key: row.value for row in rows}
    found = {group.key: reading.read(group, stored.get(group.key) or {}).faults for group in GROUPS}
    return {key: each for key, each in found.items() if each}


async def change(session: AsyncSession, group: type[_Group], **fields: object) -> _Group:
    """Set ``fields`` of ``group``, keep the rest, and return the result.

    What the row holds beside them may be unreadable: that stands in nobody's way. Raises pydantic's
    ``ValidationError``, or ``InvalidInput`` for a zone.
    """
    group.model_validate(fields)
    stored = await _locked(session, group)
    return await _store(session, group, stored | fields)


async def change_notifications(session: AsyncSession, **fields: object) -> General:
    """Set ``fields`` of `general.notifications` and keep the rest. Raises pydantic's ``ValidationError``."""
    Notifications.model_validate(fields)
    stored = await _locked(session, General)
    kept = stored.get("notifications")
    changed = (kept if isinstance(kept, dict) else {}) | fields
    return await _store(session, General, stored | {"notifications": changed})


async def switch(session: AsyncSession, kind: str, *, on: bool) -> General:
    """Tell the owner of a ``kind`` of notification, or not any more."""
    off = reading.read(General, await _locked(session, General)).value.notifications.off
    kept = [name for name in off if name != kind]
    return await change_notifications(session, off=kept if on else [*kept, kind])


async def limit_platform(session: AsyncSession, platform: str, most: int | None) -> Publishing:
    """Let at most ``most`` posts a day go out on ``platform``; None takes the limit away."""
    stored = await _locked(session, Publishing)
    limits = dict(reading.read(Publishing, stored).value.max_per_platform_per_day)
    limits.pop(platform, None)
    if most is not None:
        limits[platform] = most
    return await change(session, Publishing, max_per_platform_per_day=limits)


async def repair(session: AsyncSession) -> int:
    """Take what cannot be read out of the rows, so that defaults stand there; return how much it was."""
    taken = 0
    for group in GROUPS:
        stored = await _row(session, group)
        found = reading.read(group, stored or {}).faults
        if found:
            await _store(session, group, reading.without(stored, found))
            taken += len(found)
    return taken


async def _locked(session: AsyncSession, group: type[SettingsGroup]) -> dict[str, Any]:
    stored = await _row(session, group)
    return stored if isinstance(stored, dict) else {}


async def _row(session: AsyncSession, group: type[SettingsGroup]) -> object:
    """Return what is stored, locked: two changes at once must not undo each other."""
    query = select(Setting.value).where(Setting.key == group.key).with_for_update()
    return await session.scalar(query)


async def _store(session: AsyncSession, group: type[_Group], value: dict[str, Any]) -> _Group:
    row = insert(Setting).values(key=group.key, value=value)
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[Setting.key], set_={"value": row.excluded.value, "updated_at": func.now()}
        )
    )
    stored = await session.get(Setting, group.key)
    if stored is not None:
        await session.refresh(stored)
    return reading.read(group, value).value
