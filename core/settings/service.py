"""What has the owner chosen? Typed groups of settings over the `settings` table's JSON objects."""

from datetime import datetime, tzinfo
from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, field_validator
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.settings.models import Setting
from core.settings.zones import parse_zone

Language = Literal["ru", "en"]
# "23:00", as a clock in the owner's zone shows it.
WallClock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class SettingsGroup(BaseModel):
    """A row of the `settings` table. Keys it does not know are kept as they are."""

    model_config = ConfigDict(extra="allow", frozen=True, validate_default=True)
    key: ClassVar[str]


class General(SettingsGroup):
    """Who the owner is: language and time zone."""

    key: ClassVar[str] = "general"
    timezone: str = "UTC+3"
    language: Language = "ru"
    notifications: dict[str, Any] = Field(default_factory=dict)
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
    default_scheduling: Literal["now", "at", "optimal"] = "optimal"
    min_gap_hours: float = Field(default=2, ge=0, le=168)
    max_posts_per_day: int = Field(default=30, ge=1, le=1000)
    max_per_platform_per_day: dict[str, int] = Field(default_factory=dict)  # by platform slug
    quiet_from: WallClock | None = None  # no post goes out between these two, in the owner's zone
    quiet_to: WallClock | None = None
    undo_seconds: int = Field(default=10, ge=0, le=300)
    late_policy: Literal["publish", "ask", "skip"] = "ask"
    late_after_minutes: int = Field(default=60, ge=1, le=10080)
    paused: bool = False
    paused_at: datetime | None = None  # when the owner paused everything; kept with ``paused``


class Ai(SettingsGroup):
    """Which models write, and how much they may cost. Each provider has model names of its own."""

    key: ClassVar[str] = "ai"
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


GROUPS: tuple[type[SettingsGroup], ...] = (General, Publishing, Ai)
_Group = TypeVar("_Group", bound=SettingsGroup)


async def get(session: AsyncSession, group: type[_Group]) -> _Group:
    """Return ``group`` as stored; what is missing takes its default."""
    value = await session.scalar(select(Setting.value).where(Setting.key == group.key))
    return group.model_validate(value or {})


async def change(session: AsyncSession, group: type[_Group], **fields: object) -> _Group:
    """Set ``fields`` of ``group``, keep the rest, and return the result. Raises pydantic's ``ValidationError``."""
    # Locked, so that two changes at once do not undo each other.
    stored = await session.scalar(select(Setting).where(Setting.key == group.key).with_for_update())
    merged = (stored.value if stored else {}) | fields
    checked = group.model_validate(merged)
    row = insert(Setting).values(key=group.key, value=merged)
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[Setting.key], set_={"value": row.excluded.value, "updated_at": func.now()}
        )
    )
    if stored is not None:
        await session.refresh(stored)
    return checked
