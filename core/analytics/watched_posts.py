"""Which posts, or days of posts, stand out as a trigger asks? Each beside the earlier posts of its own channel. Pure."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, tzinfo
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
from core.analytics.history import MATURE, PastPost
from core.analytics.streaks import began
from core.text import markdown
from core.text.when import wall

_EXCERPT = 200  # characters
_SAME = {
    "engagement": "engagements",
    "reach": "impressions",
    "views": "impressions",
    "engagement_rate": "rate",
}


def look(posts: Sequence[PastPost], condition: MetricCondition, now: datetime, zone: tzinfo) -> Look:
    """Look at the posts of each channel; ``posts`` go back two windows, newest first."""
    by_channel: dict[uuid.UUID, list[tuple[PastPost, float]]] = defaultdict(list)
    for post in reversed(posts):
        value = value_of(post, condition.metric)
        if value is not None:
            by_channel[post.channel_id].append((post, value))
    found = Look()
    for own in by_channel.values():
        found.standings.append(_standing(own, condition, now))
        if condition.comparison.days > 1:
            found.firings.extend(_days(own, condition, now, zone))
        else:
            found.firings.extend(_each(own, condition, now))
    return found


def value_of(post: PastPost, metric: str) -> float | None:
    """Return the number that a trigger calls ``metric``; None where the platform does not tell it."""
    value = getattr(post.metrics, _SAME.get(metric, metric))
    return None if value is None else float(value)


def _each(own: Sequence[tuple[PastPost, float]], condition: MetricCondition, now: datetime) -> list[Firing]:
    found = []
    for place, (post, value) in enumerate(own):
        if post.published_at < now - condition.window:
            continue
        if str(condition.comparison.kind) == "crossing":
            milestone = passed(value, condition.comparison)
            if milestone is not None:
                key, about = f"post:{post.publication_id}:{condition.digest}", _about(post, value, condition)
                found.append(Firing(key, about | {"milestone": plain(milestone)}, level=milestone))
            continue
        if is_fall(condition.comparison) and post.published_at > now - MATURE:
            continue
        sample = _before(own[:place], post.published_at, condition, now)
        average = fmean(sample) if len(sample) >= condition.min_sample else None
        if holds(value, condition.comparison, average):
            key = f"post:{post.publication_id}:{condition.digest}"
            found.append(Firing(key, _about(post, value, condition) | _beside(value, average, len(sample))))
    return found


def _before(
    earlier: Sequence[tuple[PastPost, float]], moment: datetime, condition: MetricCondition, now: datetime
) -> list[float]:
    """Return the numbers of the window before ``moment``, of posts that have had their time."""
    since = moment - condition.window
    return [
        value
        for post, value in earlier
        if since <= post.published_at < moment and post.published_at <= now - MATURE
    ]


def _days(
    own: Sequence[tuple[PastPost, float]], condition: MetricCondition, now: datetime, zone: tzinfo
) -> list[Firing]:
    """Look at the days that have posts; one on which nothing went out says nothing."""
    by_day: dict[date, list[tuple[PastPost, float]]] = defaultdict(list)
    for post, value in own:
        by_day[wall.today(post.published_at, zone)].append((post, value))
    today, asked = wall.today(now, zone), condition.comparison
    days = [
        day
        for day, posts in sorted(by_day.items())
        if day < today and all(post.published_at <= now - MATURE for post, _ in posts)
    ]
    values = {day: fmean(value for _, value in by_day[day]) for day in days}

    def held(last: int) -> tuple[float | None, int] | None:
        """Return the average and its sample when the days up to ``last`` are as asked."""
        run = days[last - asked.days + 1 : last + 1]
        sample = _before(own, by_day[run[0]][0][0].published_at, condition, now)
        average = fmean(sample) if len(sample) >= condition.min_sample else None
        fits = all(holds(values[day], asked, average) for day in run)
        return (average, len(sample)) if fits else None

    place = began(len(days), asked.days, lambda last: held(last) is not None)
    if place is None or days[-1] < wall.today(now - condition.window, zone):
        return []
    average, sample = held(len(days) - 1) or (None, 0)
    newest, value = by_day[days[-1]][-1][0], fmean(values[day] for day in days[-asked.days :])
    data = _about(newest, value, condition) | _beside(value, average, sample)
    more = {"days": asked.days, "since": days[place - asked.days + 1].isoformat()}
    return [Firing(f"days:{newest.channel_id}:{condition.digest}:{days[place].isoformat()}", data | more)]


def _standing(own: Sequence[tuple[PastPost, float]], condition: MetricCondition, now: datetime) -> Standing:
    sample = _before(own, now, condition, now)
    average = fmean(sample) if len(sample) >= condition.min_sample else None
    return Standing(own[-1][0].channel_name, len(sample), condition.min_sample, average)


def _about(post: PastPost, value: float, condition: MetricCondition) -> dict[str, Any]:
    return {
        "metric": condition.metric,
        "value": plain(value),
        "platform": post.platform,
        "channel": post.channel_name,
        "channel_id": str(post.channel_id),
        "publication_id": str(post.publication_id),
        "content_id": str(post.content_id),
        "number": post.number,
        "kind": post.kind,
        "text": " ".join(markdown.parse(post.text[: 2 * _EXCERPT]).text.split())[:_EXCERPT],
        "url": post.url,
        "published_at": post.published_at.isoformat(),
    }


def _beside(value: float, average: float | None, sample: int) -> dict[str, Any]:
    """Say what it was held against, and on how many posts that rests."""
    if average is None:
        return {"sample": sample}
    times = {"times": plain(value / average)} if average else {}
    return {"average": plain(average), "sample": sample, **times}
