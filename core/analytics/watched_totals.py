"""Has a total (followers, posts) passed what a trigger asks, or stood there for days? Every day of the calendar counts. Pure."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo
from statistics import fmean
from typing import Any

from core.analytics.conditions import (
    Firing,
    Look,
    MetricCondition,
    Standing,
    holds,
    is_fall,
    passed,
    plain,
)
from core.analytics.history import PastPost
from core.analytics.streaks import began
from core.text.when import wall

_DAY = timedelta(days=1)


def followers(
    counts: Mapping[uuid.UUID, Sequence[tuple[datetime, int]]],
    condition: MetricCondition,
    now: datetime,
    zone: tzinfo,
) -> Look:
    """Look at the followers of all channels together; of each its newest count stands for the days after it."""
    known = [own for own in counts.values() if own]
    if not known:
        return Look()
    if str(condition.comparison.kind) == "crossing":
        totals = _totals(known)
        found = crossed(totals[-1], condition, {"channels": len(known)})
        # Who was there when counting began has not come: only what was once lower has been passed.
        return found if any(min(totals) < (firing.level or 0) for firing in found.firings) else Look()
    today = wall.today(now, zone)
    first = min(wall.today(own[0][0], zone) for own in known)
    # A channel that was counted later has none before: a total that lacks one is not compared.
    complete = max(wall.today(own[0][0], zone) for own in known)
    days = _days(max(first, complete, today - condition.window), today)
    ends = [wall.moved(day + _DAY, time(0), zone) for day in days]
    values = [float(sum(next(n for at, n in reversed(own) if at < end) for own in known)) for end in ends]
    return _in_a_row(days, values, condition, today)


def _totals(known: Sequence[Sequence[tuple[datetime, int]]]) -> list[int]:
    """Return the total after each count, from when every channel was counted."""
    latest: dict[int, int] = {}
    totals = []
    for _, number, count in sorted((at, number, n) for number, own in enumerate(known) for at, n in own):
        latest[number] = count
        if len(latest) == len(known):
            totals.append(sum(latest.values()))
    return totals


def posts(found: Sequence[PastPost], condition: MetricCondition, now: datetime, zone: tzinfo) -> Look:
    """Look at how many posts go out a day; one that goes to three channels is one."""
    today = wall.today(now, zone)
    seen = {(wall.today(post.published_at, zone), post.content_id) for post in found}
    by_day = Counter(day for day, _ in seen)
    if not by_day:
        return Look()
    days = _days(max(min(by_day), today - 2 * condition.window), today)
    return _in_a_row(days, [float(by_day[day]) for day in days], condition, today)


def crossed(total: int, condition: MetricCondition, more: Mapping[str, Any]) -> Look:
    """Look whether a total has passed a milestone; of several at once the highest is told."""
    milestone = passed(total, condition.comparison)
    if milestone is None:
        return Look()
    data = {"metric": condition.metric, "value": total, "milestone": plain(milestone), **more}
    return Look([Firing(f"total:{condition.digest}", data, level=milestone)])


def _in_a_row(days: list[date], values: list[float], condition: MetricCondition, today: date) -> Look:
    asked = condition.comparison
    if is_fall(asked) and days and days[-1] == today:
        days, values = days[:-1], values[:-1]  # today is not over: what is little now may still grow
    span = condition.window.days

    def average(before: int) -> tuple[float | None, int]:
        sample = values[max(0, before - span) : before]
        return (fmean(sample) if len(sample) >= condition.min_sample else None), len(sample)

    def held(last: int) -> bool:
        start = last - asked.days + 1
        usual, _ = average(start)
        return all(holds(value, asked, usual) for value in values[start : last + 1])

    found = Look()
    if str(asked.kind) == "average":
        usual, n = average(len(values))
        found.standings.append(Standing("", n, condition.min_sample, usual))
    place = began(len(days), asked.days, held)
    if place is not None:
        usual, n = average(len(days) - asked.days)
        data: dict[str, Any] = {
            "metric": condition.metric, "value": plain(values[-1]), "days": asked.days,
            "since": days[place - asked.days + 1].isoformat(),
        }  # fmt: skip
        if usual is not None and str(asked.kind) == "average":
            data |= {"average": plain(usual), "sample": n}
        found.firings.append(Firing(f"days:{condition.digest}:{days[place].isoformat()}", data))
    return found


def _days(first: date, last: date) -> list[date]:
    return [first + number * _DAY for number in range((last - first).days + 1)]
