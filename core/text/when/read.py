"""Which moment does the owner mean? The words are split into a day and a time, and both are set against the clock."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from core.text.when import clock, days, spans, wall
from core.text.when.days import Again, Days
from core.text.when.reading import Doubt, DoubtReason, Moment, Reading, Refused, RefusedReason
from core.text.when.words import tidy

HORIZON = timedelta(days=366)
HOURS = (time(10), time(13), time(16), time(19))  # offered where a day was named without a time
_LONGEST = 200  # characters; longer text is a post, not a time
_OPTIONS = 8
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}(?::?[0-9]{2}.*)?")
_NOW = {"сейчас", "прямо сейчас", "now", "right now", "немедленно"}
_ZONE = re.compile(r"\s(?:(?P<msk>мск|msk|по москве|по мск)|(?:utc|gmt)(?P<offset>[+-][0-9]{1,2})?(?::00)?)$")
_EITHER = re.compile(r"([0-9]{1,2}) (часа?|дня)")


@dataclass(frozen=True, slots=True)
class _Asked:
    now: datetime
    zone: tzinfo
    language: str
    horizon: timedelta
    hours: Sequence[time]


def read_time(
    text: str,
    *,
    now: datetime,
    zone: tzinfo,
    language: str,
    horizon: timedelta = HORIZON,
    hours: Sequence[time] = HOURS,
) -> Reading:
    """Return what ``text`` means, said at ``now`` by somebody whose clock shows ``zone``.

    Both languages are read whatever ``language`` ("ru" or "en") is; it settles whether "05.06" may be May. Moments
    lie after ``now`` and within ``horizon``; ``hours`` are offered for a day without a time. Raises nothing.
    """
    asked = _Asked(now.astimezone(UTC), zone, language, horizon, hours)
    if len(text) > _LONGEST:
        return Refused(RefusedReason.NOT_A_TIME)
    exact = _exact(text.strip(), asked)
    if exact is not None:
        return exact
    words = tidy(text)
    if words in _NOW:
        return Refused(RefusedReason.NOW, asked.now + timedelta(minutes=1))
    return _span(words, asked) or _wall(*_in_zone(words, asked))


def _exact(text: str, asked: _Asked) -> Reading | None:
    """Read ISO 8601, with an offset or on the owner's wall."""
    if not _ISO.fullmatch(text):
        return None
    try:
        found = datetime.fromisoformat(text.upper())
    except ValueError:
        return None
    if not 1900 <= found.year <= 9000:
        return Refused(RefusedReason.TOO_FAR if found.year > 9000 else RefusedReason.PAST)
    if found.tzinfo is not None:
        return _chosen([found.astimezone(UTC)], None, asked) or Refused(RefusedReason.PAST)
    return _settle([(found.date(), found.time())], None, Again.DAY, asked)


def _span(words: str, asked: _Asked) -> Reading | None:
    lasting = spans.elapsed(words)
    if lasting is not None:
        if lasting <= timedelta():
            return Refused(RefusedReason.NOW, asked.now + timedelta(minutes=1))
        return _chosen([asked.now + lasting], None, asked)
    if match := _EITHER.fullmatch(words):
        return _span_or_clock(int(match[1]), match[2] == "дня", asked)
    found = spans.by_calendar(words, asked.now, asked.zone, asked.language)
    if found is None:
        return None
    return _chosen(found, DoubtReason.TWICE, asked) or Refused(RefusedReason.PAST)


def _span_or_clock(count: int, is_days: bool, asked: _Asked) -> Reading | None:
    """Offer both meanings of "2 часа" and of "3 дня"."""
    times = clock.times(clock.Clock(count, part=clock.Part.DAY if is_days else None), with_day=False)
    if not count or not times.options:
        return None
    if is_days:
        moments = list(spans.by_calendar(f"через {count} дня", asked.now, asked.zone, "ru") or ())
    else:
        moments = [asked.now + timedelta(hours=count)]
    for at, _ in times.options:
        moments += _next_shown(at, asked)
    return _chosen(moments, DoubtReason.MEANING, asked)


def _in_zone(words: str, asked: _Asked) -> tuple[str, _Asked]:
    """Take a zone said in words off the end."""
    match = _ZONE.search(words)
    if match is None:
        return words, asked
    hours = int(match["offset"] or 0)
    if abs(hours) > 14:
        return words, asked
    zone = ZoneInfo("Europe/Moscow") if match["msk"] else timezone(timedelta(hours=hours))
    return words[: match.start()], _Asked(asked.now, zone, asked.language, asked.horizon, asked.hours)


def _wall(words: str, asked: _Asked) -> Reading:
    """Read a day, a time, or both."""
    wrong: RefusedReason | None = None
    local = asked.now.astimezone(asked.zone)
    for said, rest in clock.splits(words):
        named = days.read_day(rest, local, asked.language) if rest else None
        if (rest and named is None) or (said is None and named is None):
            continue
        if named is not None and not named.options:
            wrong = wrong or RefusedReason.NO_SUCH_DATE
            continue
        if said is None:
            return _day_only(named or Days(()), asked)
        times = clock.times(said, with_day=named is not None)
        if not times.options:
            wrong = wrong or RefusedReason.NO_SUCH_TIME
            continue
        return _clock_only(times, asked) if named is None else _both(named, times, said, asked)
    return Refused(wrong or RefusedReason.NOT_A_TIME)


def _day_only(named: Days, asked: _Asked) -> Reading:
    """Offer hours of the day, or the first hour of each of many."""
    hours = asked.hours[:1] if len(named.options) > 2 else asked.hours
    last = max(named.options)
    if last == wall.today(asked.now, asked.zone):
        local = asked.now.astimezone(asked.zone)
        hours = (*hours, *(time(hour) for hour in range(local.hour + 1, min(local.hour + 3, 24))))
    pairs = [(day, at) for day in named.options for at in hours]
    reason = named.reason if len(hours) == 1 else DoubtReason.HOUR
    return _settle(pairs, reason, named.again, asked)


def _clock_only(times: clock.Times, asked: _Asked) -> Reading:
    if times.of_night:
        today = wall.today(asked.now, asked.zone)
        pairs = [(today + timedelta(days=later), at) for at, later in times.options]
        return _settle(pairs, DoubtReason.NIGHT, Again.DAY, asked)
    if not times.in_doubt:
        ((at, _),) = times.options
        today = wall.today(asked.now, asked.zone)
        first = _settle([(today, at)], None, Again.DAY, asked)
        if isinstance(first, Refused) and first.reason is RefusedReason.PAST:
            return _settle([(today + timedelta(days=1), at)], None, Again.DAY, asked)
        return first
    moments = [moment for at, _ in times.options for moment in _next_shown(at, asked)]
    return _chosen(moments, DoubtReason.HALF, asked) or Refused(RefusedReason.NOT_A_TIME)


def _both(named: Days, times: clock.Times, said: clock.Clock, asked: _Asked) -> Reading:
    if named.options == (wall.today(asked.now, asked.zone),) and said.part is None:
        times = clock.times(said, with_day=False)  # "today at 9" said at noon is nine in the evening
    pairs = [(day + timedelta(days=later), at) for day in named.options for at, later in times.options]
    reason = named.reason
    if times.in_doubt:
        reason = reason or DoubtReason.HALF
    if times.of_night:
        reason = reason or DoubtReason.NIGHT
    return _settle(pairs, reason, named.again, asked)


def _settle(
    pairs: Sequence[tuple[date, time]], reason: DoubtReason | None, again: Again, asked: _Asked
) -> Reading:
    """Set days and times against the clock and the calendar."""
    moments: list[datetime] = []
    skipped = False
    for day, at in pairs:
        found = wall.shown(day, at, asked.zone)
        skipped = skipped or not found
        moments += found or (wall.moved(day, at, asked.zone),)
    if skipped and len(pairs) == 1 and moments[0] > asked.now:
        if moments[0] > asked.now + asked.horizon:
            return Refused(RefusedReason.TOO_FAR)
        return Refused(RefusedReason.SKIPPED, moments[0])
    chosen = _chosen(moments, reason or DoubtReason.TWICE, asked)
    if chosen is not None:
        return chosen
    day, at = pairs[0]
    return Refused(RefusedReason.PAST, _again(day, at, again, asked))


def _chosen(moments: Iterable[datetime], reason: DoubtReason | None, asked: _Asked) -> Reading | None:
    """Return what is ahead of ``moments``: one, a choice, or that it is too far; None when all have passed."""
    ahead = sorted({moment for moment in moments if moment > asked.now})
    near = [moment for moment in ahead if moment <= asked.now + asked.horizon]
    if len(near) == 1:
        return Moment(near[0])
    if near:
        return Doubt(reason or DoubtReason.MEANING, tuple(near[:_OPTIONS]))
    return Refused(RefusedReason.TOO_FAR) if ahead else None


def _next_shown(at: time, asked: _Asked) -> list[datetime]:
    """Return the next moments at which the owner's clock shows ``at``, today or tomorrow."""
    today = wall.today(asked.now, asked.zone)
    for later in (0, 1):
        day = today + timedelta(days=later)
        found = wall.shown(day, at, asked.zone) or (wall.moved(day, at, asked.zone),)
        ahead = [moment for moment in found if moment > asked.now]
        if ahead:
            return ahead
    return []


def _again(day: date, at: time, again: Again, asked: _Asked) -> datetime | None:
    """Return the next time such a moment comes, as a suggestion."""
    today = wall.today(asked.now, asked.zone)
    if again is Again.YEAR:
        leap = (day.month, day.day) == (2, 29)
        candidates = [] if leap else [day.replace(year=day.year + 1)]
    elif again is Again.WEEK:
        candidates = [day + timedelta(days=7)]
    else:
        candidates = [today, today + timedelta(days=1)]
    moments = (wall.moved(candidate, at, asked.zone) for candidate in candidates)
    return next((m for m in moments if asked.now < m <= asked.now + asked.horizon), None)
