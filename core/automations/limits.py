"""May a rule act now? Its cool-down, its limits per hour and day, its quiet hours: pure functions."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

from core.automations.shapes.options import Options
from core.automations.shapes.values import span_of
from core.publications.quiet import Quiet

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Fired:
    """How often a rule has acted: in the last hour, in the last day, and when last."""

    hour: int = 0
    day: int = 0
    last: datetime | None = None


def refusal(options: Options, fired: Fired, now: datetime) -> str | None:
    """Return why the rule may not act, as a code for the log; None when it may."""
    # Workers may write their runs in another order than they began: the last may lie a moment ahead of now.
    rest = span_of(options.cooldown).least if options.cooldown is not None else None
    if rest is not None and fired.last is not None and now - fired.last < rest:
        return "cooldown"
    if options.per_hour is not None and fired.hour >= options.per_hour:
        return "limit-hour"
    if options.per_day is not None and fired.day >= options.per_day:
        return "limit-day"
    return None


def starts_at(options: Options, now: datetime, zone: tzinfo) -> datetime:
    """Return when a run may begin: now, or once the rule's quiet hours are over."""
    if options.quiet_from is None or options.quiet_to is None or options.quiet_from == options.quiet_to:
        return now
    start, end = time.fromisoformat(options.quiet_from), time.fromisoformat(options.quiet_to)
    return Quiet(start, end, zone).until(now)
