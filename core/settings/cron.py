"""When does a schedule run next, and which of the usual rhythms is it? Five-field cron in a time zone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from itertools import islice
from typing import Any

from cronsim import CronSim, CronSimError

from core.errors import InvalidInput
from core.settings.zones import parse_zone

_NAMES = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
_FIELDS = 5


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A schedule that can be said in words; without days of the week or month it is for every day."""

    at: time | None = None  # once a day at this time
    every_minutes: int | None = None
    every_hours: int | None = None
    minute: int = 0  # of every n-th hour
    weekdays: tuple[int, ...] = ()  # 0 is Monday
    month_days: tuple[int, ...] = ()

    def cron(self) -> str:
        """Return the cron line of a rhythm that has a time of day. Raises ``ValueError`` for another."""
        if self.at is None:
            raise ValueError("only a rhythm with a time of day is written as cron")
        days = ",".join(str(day) for day in self.month_days) or "*"
        weekdays = ",".join(str((day + 1) % 7) for day in self.weekdays) or "*"
        return f"{self.at.minute} {self.at.hour} {days} * {weekdays}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """A trigger's `{"cron": …, "timezone": …}`, checked."""

    cron: str
    zone: tzinfo
    zone_name: str

    def next_run(self, now: datetime) -> datetime | None:
        """Return the first run after ``now`` (UTC); None when there never is one (31 February)."""
        try:
            return next(CronSim(self.cron, now.astimezone(self.zone))).astimezone(UTC)
        except StopIteration:
            return None

    def next_runs(self, now: datetime, count: int) -> list[datetime]:
        """Return the next ``count`` runs after ``now`` (UTC), or as many as there are."""
        runs = islice(CronSim(self.cron, now.astimezone(self.zone)), count)
        return [run.astimezone(UTC) for run in runs]

    def last_run(self, now: datetime) -> datetime | None:
        """Return the newest run up to and including ``now`` (UTC); None when there never was one."""
        just_after = (now + timedelta(seconds=1)).astimezone(self.zone)
        try:
            return next(CronSim(self.cron, just_after, reverse=True)).astimezone(UTC)
        except StopIteration:
            return None

    @property
    def rhythm(self) -> Rhythm | None:
        """The rhythm, when it is one of the usual ones."""
        return _rhythm(self.cron.split())


def read(config: Mapping[str, Any], default_zone: tzinfo) -> Schedule:
    """Read a schedule trigger; a rule without a zone runs by ``default_zone``. Raises ``InvalidInput``."""
    cron = config.get("cron")
    if not isinstance(cron, str) or len(cron.split()) != _FIELDS:
        raise InvalidInput("a schedule needs five cron fields, e.g. 0 10 * * 1")
    name = config.get("timezone")
    zone = parse_zone(name) if isinstance(name, str) and name.strip() else default_zone
    try:
        CronSim(cron, datetime(2026, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise InvalidInput(f"the cron line cannot be read: {error}") from None
    return Schedule(cron, zone, name.strip() if isinstance(name, str) else "")


def _rhythm(fields: list[str]) -> Rhythm | None:
    minute, hour, day, month, weekday = fields
    if month != "*":
        return None
    step = _step(minute)
    if step is not None and (hour, day, weekday) == ("*", "*", "*"):
        return Rhythm(every_minutes=step)
    if not minute.isdecimal():
        return None
    hours = _step(hour) or (1 if hour == "*" else None)
    if hours is not None and (day, weekday) == ("*", "*"):
        return Rhythm(every_hours=hours, minute=int(minute))
    weekdays, days = _weekdays(weekday), _numbers(day)
    # With both given, cron means "either", which no short sentence says well.
    if not hour.isdecimal() or weekdays is None or days is None or (weekdays and days):
        return None
    return Rhythm(at=time(int(hour), int(minute)), weekdays=weekdays, month_days=days)


def _step(field: str) -> int | None:
    start, slash, step = field.partition("/")
    return int(step) if start == "*" and slash and step.isdecimal() else None


def _numbers(field: str) -> tuple[int, ...] | None:
    if field == "*":
        return ()
    parts = field.split(",")
    return tuple(sorted(int(part) for part in parts)) if all(part.isdecimal() for part in parts) else None


def _weekdays(field: str) -> tuple[int, ...] | None:
    if field == "*":
        return ()
    found: set[int] = set()
    for part in field.lower().split(","):
        first, dash, last = part.partition("-")
        start, end = _weekday(first), _weekday(last or first)
        if start is None or end is None or (dash and start > end):
            return None
        found.update(range(start, end + 1))
    return () if len(found) == len(_NAMES) else tuple(sorted(found))


def _weekday(text: str) -> int | None:
    if text.isdecimal():
        return (int(text) - 1) % 7  # cron's 0 and 7 are Sunday
    return _NAMES.get(text)
