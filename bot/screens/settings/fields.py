"""Which settings can be changed in the chat, where are they kept, and which values are offered for them?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, get_args

from annotated_types import Ge, Le
from pydantic.fields import FieldInfo

from core.settings.service import Ai, General, Notifications, Publishing, SettingsGroup


class Section(StrEnum):
    """A screen of settings."""

    PUBLISHING = "pub"
    AI = "ai"
    NEWS = "news"
    LOOK = "look"


class Code(StrEnum):
    """One setting; the short name its buttons and texts carry."""

    ZONE = "zone"
    LANGUAGE = "language"
    USUAL = "usual"
    GAP = "gap"
    DAY = "day"
    QUIET = "quiet"
    UNDO = "undo"
    LATE = "late"
    LATE_AFTER = "late-after"
    APPROVAL = "approval"
    PROVIDER = "provider"
    MODEL = "model"
    FALLBACK = "fallback"
    EFFORT = "effort"
    CAP_DAY = "cap-day"
    CAP_MONTH = "cap-month"
    WARN_DAY = "warn-day"
    WARN_MONTH = "warn-month"
    NEWS_QUIET = "news-quiet"
    SILENT = "silent"
    DRAFTS = "drafts"
    TABLES = "tables"


class Shape(StrEnum):
    """What kind of value a setting has: how it is shown, offered and read."""

    CHOICE = "choice"
    SWITCH = "switch"
    NUMBER = "number"
    MONEY = "money"  # USD, or no limit
    HOURS = "hours"  # from and to on the wall clock, or none
    ZONE = "zone"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class Spec:
    """One setting. ``names`` are its fields in the group's JSON object; hours have two."""

    group: type[SettingsGroup]
    names: tuple[str, ...]
    shape: Shape
    section: Section | None = None
    offered: tuple[Any, ...] = ()
    unit: str = ""  # of a number: hours, posts, seconds, minutes
    part: type[Notifications] | None = field(default=None)  # kept in an object inside the group

    @property
    def typed(self) -> bool:
        """Whether a value of one's own may be typed."""
        return self.shape not in {Shape.CHOICE, Shape.SWITCH}

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most a number may be."""
        marks = self._field.metadata
        low = next((float(str(mark.ge)) for mark in marks if isinstance(mark, Ge)), 0.0)
        high = next((float(str(mark.le)) for mark in marks if isinstance(mark, Le)), 1_000_000.0)
        return low, high

    @property
    def whole(self) -> bool:
        """Whether a number has no fraction."""
        return self._field.annotation is int

    @property
    def optional(self) -> bool:
        """Whether it may be nothing at all."""
        return type(None) in get_args(self._field.annotation)

    @property
    def _field(self) -> FieldInfo:
        return (self.part or self.group).model_fields[self.names[0]]

    def value(self, kept: SettingsGroup) -> Any:
        """Return the setting's value in its group; hours as a pair, None when they are not both set."""
        holder = kept.notifications if self.part is not None and isinstance(kept, General) else kept
        values = tuple(getattr(holder, name) for name in self.names)
        if self.shape is Shape.HOURS:
            return None if None in values else values
        return values[0]

    def stored(self, value: Any) -> dict[str, Any]:
        """Return the fields to store for ``value``."""
        if self.shape is Shape.HOURS:
            return dict(zip(self.names, value or (None, None), strict=True))
        return {self.names[0]: value}


_HOURS = (("22:00", "08:00"), ("23:00", "08:00"), ("00:00", "09:00"), None)
_MODELS = MappingProxyType(
    {
        "anthropic": MappingProxyType({Code.MODEL: "default_model", Code.FALLBACK: "fallback_model"}),
        "openai": MappingProxyType({Code.MODEL: "openai_model", Code.FALLBACK: "openai_fallback_model"}),
    }
)


def _publishing(shape: Shape, *names: str, offered: tuple[Any, ...] = (), unit: str = "") -> Spec:
    return Spec(Publishing, names, shape, Section.PUBLISHING, offered, unit)


def _ai(shape: Shape, name: str, *offered: Any) -> Spec:
    return Spec(Ai, (name,), shape, Section.AI, offered)


SPECS: Mapping[Code, Spec] = MappingProxyType(
    {
        Code.ZONE: Spec(General, ("timezone",), Shape.ZONE, None, ("Europe/Kaliningrad", "Europe/Moscow",
            "Europe/Samara", "Asia/Yekaterinburg", "Asia/Novosibirsk", "Asia/Vladivostok", "Europe/London",
            "UTC")),
        Code.LANGUAGE: Spec(General, ("language",), Shape.CHOICE, None, ("ru", "en")),
        Code.USUAL: _publishing(Shape.CHOICE, "default_scheduling", offered=("optimal", "at", "now")),
        Code.GAP: _publishing(Shape.NUMBER, "min_gap_hours", offered=(0, 1, 2, 4, 6, 12), unit="hours"),
        Code.DAY: _publishing(Shape.NUMBER, "max_posts_per_day", offered=(1, 3, 5, 10, 30), unit="posts"),
        Code.QUIET: _publishing(Shape.HOURS, "quiet_from", "quiet_to", offered=_HOURS),
        Code.UNDO: _publishing(Shape.NUMBER, "undo_seconds", offered=(0, 10, 30, 60), unit="seconds"),
        Code.LATE: _publishing(Shape.CHOICE, "late_policy", offered=("publish", "ask", "skip")),
        Code.LATE_AFTER: _publishing(
            Shape.NUMBER, "late_after_minutes", offered=(15, 30, 60, 180, 720), unit="minutes"
        ),
        Code.APPROVAL: _publishing(
            Shape.NUMBER, "approval_hours", offered=(24, 72, 168, None), unit="hours"
        ),
        Code.PROVIDER: _ai(Shape.CHOICE, "provider", "anthropic", "openai"),
        Code.MODEL: _ai(Shape.MODEL, "default_model"),
        Code.FALLBACK: _ai(Shape.MODEL, "fallback_model"),
        Code.EFFORT: _ai(Shape.CHOICE, "effort", "low", "medium", "high"),
        Code.CAP_DAY: _ai(Shape.MONEY, "daily_cap_usd", 1.0, 3.0, 10.0, None),
        Code.WARN_DAY: _ai(Shape.MONEY, "daily_warn_usd", 0.5, 2.0, 5.0, None),
        Code.CAP_MONTH: _ai(Shape.MONEY, "monthly_cap_usd", 10.0, 30.0, 100.0, None),
        Code.WARN_MONTH: _ai(Shape.MONEY, "monthly_warn_usd", 5.0, 20.0, 50.0, None),
        Code.NEWS_QUIET: Spec(
            General, ("quiet_from", "quiet_to"), Shape.HOURS, Section.NEWS, _HOURS, "", Notifications
        ),
        Code.SILENT: Spec(
            General, ("silent_days",), Shape.NUMBER, Section.NEWS, (2, 3, 7, 14), "days", Notifications
        ),
        Code.DRAFTS: Spec(General, ("stream_drafts",), Shape.SWITCH, Section.LOOK, (True, False)),
        Code.TABLES: Spec(General, ("rich_tables",), Shape.SWITCH, Section.LOOK, (True, False)),
    }
)  # fmt: skip


def spec_of(code: Code, ai: Ai) -> Spec:
    """Return the setting ``code``; each provider keeps the names of its models in fields of its own."""
    spec = SPECS[code]
    if spec.shape is not Shape.MODEL:
        return spec
    return Spec(spec.group, (_MODELS[ai.provider][code],), spec.shape, spec.section)


def codes_of(section: Section) -> list[Code]:
    """Return the settings of one screen, in order."""
    return [code for code, spec in SPECS.items() if spec.section is section]
