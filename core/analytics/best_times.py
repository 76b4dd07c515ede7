"""When does a post do best? Hours and weekdays of own history that chance does not explain; else the default hours.

Three questions in turn, each about what the one before left over: the hour, the weekday, the hour on that weekday. A
difference counts when fewer than one in sixty random reorderings of the same posts shows one as large anywhere (so all
three together say something about noise in one case of twenty), and then it is shrunk as if ``_STEADY`` posts without
any difference had been seen as well.
"""

import math
import random
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from core.analytics import defaults, history
from core.analytics.history import PastPost
from core.analytics.measuring import detrended, measure
from core.text.when import wall

NEEDED = 20  # posts with numbers; below that an hour has two or three, and nothing is said about hours
_STEADY = 4.0  # posts
_SHUFFLES = 300
_MAY_EXCEED = _SHUFFLES // 60  # reorderings that may show a difference as large
_FEWEST = {"hour": 3, "weekday": 3, "cell": 4}  # posts that a group needs to be looked at
_LEAD = timedelta(minutes=10)
_AHEAD = 8  # days in which moments are looked for: every weekday comes once, today's too
_FAR_AHEAD = 30  # days, when the near ones are taken


class Reason(StrEnum):
    """Why a moment is suggested."""

    OWN = "own"  # own posts did better then
    USUAL = "usual"  # a default hour, beside better ones that are taken or too few
    EVEN = "even"  # a default hour: own history prefers none
    FEW = "few"  # a default hour: there are not enough own posts to tell


@dataclass(frozen=True, slots=True)
class BestTime:
    """A moment to publish at. ``lift`` is how much better own posts did then: 0.25 is a quarter more than usual."""

    moment: datetime
    reason: Reason
    lift: float | None  # None for a default hour
    n: int  # own posts at this hour (on this weekday, when it is the weekday that lifts)
    total: int  # own posts with numbers, altogether


@dataclass(frozen=True, slots=True)
class Observation:
    """One post of the past: when it went out on the owner's wall clock, and how far it is from the usual."""

    weekday: int  # 0 is Monday
    hour: int
    value: float


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What own history says about hours and weekdays, on the logarithmic scale; only what chance does not explain."""

    total: int
    counts: Mapping[int, int]  # posts by hour
    weekday_counts: Mapping[int, int]
    hours: Mapping[int, float]
    weekdays: Mapping[int, float]
    cells: Mapping[tuple[int, int], float]

    @property
    def enough(self) -> bool:
        """True when there were posts enough to look at all."""
        return self.total >= NEEDED

    def score(self, weekday: int, hour: int) -> float:
        """Return how far a post at this time is from the usual one."""
        at = (weekday, hour)
        return self.hours.get(hour, 0.0) + self.weekdays.get(weekday, 0.0) + self.cells.get(at, 0.0)

    def rests_on(self, weekday: int, hour: int) -> int:
        """Return how many own posts went out at this hour; on this weekday, when only the weekday tells anything."""
        only_weekday = (
            weekday in self.weekdays and hour not in self.hours and (weekday, hour) not in self.cells
        )
        return self.weekday_counts.get(weekday, 0) if only_weekday else self.counts.get(hour, 0)


_Group = TypeVar("_Group", bound=Hashable)


def _always(moment: datetime) -> bool:
    return True


async def suggest(
    session: AsyncSession,
    product_id: uuid.UUID,
    platforms: Collection[str],
    now: datetime,
    count: int,
    zone: tzinfo,
    *,
    allowed: Callable[[datetime], bool] = _always,
) -> list[BestTime]:
    """Return up to ``count`` moments (UTC), the best first; ``allowed`` leaves out what the calendar refuses.

    ``platforms`` are those the post goes to; history of all of them is read. Without platforms the defaults remain.
    """
    posts = await history.lessons(session, product_id, platforms, now) if platforms else []
    rhythm = rhythm_of(observations(posts, zone))
    return moments(rhythm, defaults.hours(sorted(platforms)), now, count, zone, allowed)


def observations(posts: Sequence[PastPost], zone: tzinfo) -> list[Observation]:
    """Return the posts as distances from their platform's usual one."""
    by_platform: dict[str, list[PastPost]] = defaultdict(list)
    for post in posts:
        by_platform[post.platform].append(post)
    found: list[Observation] = []
    for own in by_platform.values():
        measured = measure(own)
        for post, value in zip(measured.posts, detrended(measured), strict=True):
            local = post.published_at.astimezone(zone)
            found.append(Observation(local.weekday(), local.hour, value))
    return found


def rhythm_of(seen: Sequence[Observation]) -> Rhythm:
    """Return what the posts say about hours and weekdays."""
    counts = Counter(item.hour for item in seen)
    weekday_counts = Counter(item.weekday for item in seen)
    if len(seen) < NEEDED:
        return Rhythm(len(seen), counts, weekday_counts, {}, {}, {})
    left = [item.value for item in seen]
    hours = _effects([item.hour for item in seen], left, _FEWEST["hour"])
    left = [value - hours.get(item.hour, 0.0) for item, value in zip(seen, left, strict=True)]
    weekdays = _effects([item.weekday for item in seen], left, _FEWEST["weekday"])
    left = [value - weekdays.get(item.weekday, 0.0) for item, value in zip(seen, left, strict=True)]
    cells = _effects([(item.weekday, item.hour) for item in seen], left, _FEWEST["cell"])
    return Rhythm(len(seen), counts, weekday_counts, hours, weekdays, cells)


def moments(
    rhythm: Rhythm,
    default_hours: Sequence[int],
    now: datetime,
    count: int,
    zone: tzinfo,
    allowed: Callable[[datetime], bool] = _always,
) -> list[BestTime]:
    """Return the moments ahead: those of own history by how much they lift, then the default hours as they come."""
    fallback = Reason.FEW if not rhythm.enough else Reason.EVEN
    known = [*rhythm.hours, *(hour for _, hour in rhythm.cells)]
    if known or rhythm.weekdays:
        fallback = Reason.USUAL
    hours = sorted({*default_hours, *known})
    better: list[BestTime] = []
    usual: list[BestTime] = []
    for offset in range(_FAR_AHEAD):
        if len(better) + len(usual) >= count and offset >= _AHEAD:
            break
        day = wall.today(now, zone) + timedelta(days=offset)
        for hour in hours:
            moment = wall.moved(day, time(hour), zone)
            score = rhythm.score(day.weekday(), hour)
            if moment < now + _LEAD or score < 0 or not allowed(moment):
                continue
            n = rhythm.rests_on(day.weekday(), hour)
            if score > 0:
                better.append(BestTime(moment, Reason.OWN, math.expm1(score), n, rhythm.total))
            elif hour in default_hours:
                usual.append(BestTime(moment, fallback, None, n, rhythm.total))
    # To the nearest twentieth: of two that are as good as equal, the nearer one.
    better.sort(key=lambda time_: (-round((time_.lift or 0.0) * 20), time_.moment))
    return [*better, *usual][:count]


def _effects(groups: Sequence[_Group], values: Sequence[float], fewest: int) -> dict[_Group, float]:
    """Return the shrunk means of the groups that stand out from the rest more than chance explains."""
    members: dict[_Group, list[int]] = defaultdict(list)
    for position, group in enumerate(groups):
        members[group].append(position)
    looked_at = {group: places for group, places in members.items() if len(places) >= fewest}
    if len(members) < 2 or not looked_at:
        return {}
    mean = sum(values) / len(values)
    centred = [value - mean for value in values]
    limit = _largest_by_chance(list(looked_at.values()), centred)
    found: dict[_Group, float] = {}
    for group, places in looked_at.items():
        total = sum(centred[place] for place in places)
        if abs(total) / math.sqrt(len(places)) > limit:
            found[group] = total / (len(places) + _STEADY)
    return found


def _largest_by_chance(groups: Sequence[Sequence[int]], values: Sequence[float]) -> float:
    """Return the distance that only a few random reorderings of ``values`` exceed in any group.

    The same shuffles each time: the same history always gives the same answer.
    """
    shuffled = list(values)
    dice = random.Random(20_260_302)  # noqa: S311 - statistics, not secrets
    largest: list[float] = []
    for _ in range(_SHUFFLES):
        dice.shuffle(shuffled)
        largest.append(
            max(abs(sum(shuffled[place] for place in group)) / math.sqrt(len(group)) for group in groups)
        )
    return sorted(largest)[-_MAY_EXCEED]
