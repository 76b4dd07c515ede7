"""At which moments does a clock on the wall show a time? Once, never (spring), or twice (autumn)."""

from datetime import UTC, date, datetime, time, timedelta, tzinfo


def shown(day: date, at: time, zone: tzinfo) -> tuple[datetime, ...]:
    """Return the UTC moments at which a clock in ``zone`` shows ``at`` on ``day``: none, one or two."""
    wall = datetime.combine(day, at)
    found: list[datetime] = []
    for fold in (0, 1):
        moment = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(tzinfo=None) == wall and moment not in found:
            found.append(moment)
    return tuple(found)


def moved(day: date, at: time, zone: tzinfo) -> datetime:
    """Return the UTC moment for ``at`` on ``day``; a time that is skipped moves forward by what is missing."""
    return datetime.combine(day, at.replace(fold=0), tzinfo=zone).astimezone(UTC)


def is_twice(moment: datetime, zone: tzinfo) -> bool:
    """Tell whether a clock in ``zone`` shows the time of ``moment`` twice on that day."""
    local = moment.astimezone(zone)
    return len(shown(local.date(), local.time().replace(fold=0), zone)) == 2


def today(now: datetime, zone: tzinfo) -> date:
    """Return the day on a calendar in ``zone``."""
    return now.astimezone(zone).date()


def days(count: int) -> timedelta:
    """Return ``count`` calendar days; for dates, never for moments."""
    return timedelta(days=count)
