"""Every screen of the time picker, for drafts and publications, with difficult values."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from bot.i18n import Translator
from bot.screens.schedule import callbacks as cb
from bot.screens.schedule import grid, view
from bot.screens.schedule.callbacks import Subject
from bot.ui.screen import Screen
from core.analytics.best_times import BestTime, Reason
from core.publications.warnings import PlanWarning, WarningKind
from core.settings.zones import parse_zone
from tests.bot.samples import ID, NAME, NOW

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
ZONE = parse_zone("Europe/Berlin")
_LATER = NOW + timedelta(days=300)
_SPRING, _AUTUMN = ((date(2026, month, day) - date(1970, 1, 1)).days for month, day in ((3, 29), (10, 25)))
_TWICE = int(datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp())


def _best(reason: Reason) -> list[BestTime]:
    lift = 12.345 if reason is Reason.OWN else None
    return [BestTime(_LATER + timedelta(hours=n), reason, lift, 9_999, 99_999) for n in range(3)]


def _warnings() -> list[PlanWarning]:
    return [PlanWarning(kind, 99_999, "telegram", _LATER) for kind in WarningKind] * 5


def _days(about: cb.About, best: list[BestTime], now: datetime = NOW) -> Callable[[Translator], Screen]:
    return lambda t: view.days(about, best, t, ZONE, now)


def _echo(about: cb.PickAt, picking: view.Picking) -> Callable[[Translator], Screen]:
    return lambda t: view.echo(about, picking, t, ZONE, NOW)


def _hours(about: cb.PickDay) -> Callable[[Translator], Screen]:
    return lambda t: grid.hours(about, lambda moment: moment.hour % 2 == 0, t, ZONE, NOW)


def _month(about: cb.PickMonth) -> Callable[[Translator], Screen]:
    return lambda t: grid.month(about, {date(2026, 4, 5): 3}, t, ZONE, NOW)


for _subject in Subject:
    _pick = cb.PickTime(subject=_subject, id=ID, version=99_999)
    _soon = cb.PickAt(subject=_subject, id=ID, version=99_999, at=int(NOW.timestamp()) + 7200)
    SCREENS |= {
        f"days {_subject}": _days(_pick, []),
        f"days at night {_subject}": _days(_pick, [], NOW + timedelta(hours=14)),
        f"echo {_subject}": _echo(_soon, view.Picking(NAME, 3)),
        f"echo with warnings {_subject}": _echo(_soon, view.Picking(NAME, 1, _warnings())),
        f"echo twice {_subject}": _echo(_soon.model_copy(update={"at": _TWICE}), view.Picking(NAME)),
    }
    for _reason in Reason:
        SCREENS[f"days {_reason} {_subject}"] = _days(_pick, _best(_reason))
    for _name, _day in {"spring": _SPRING, "autumn": _AUTUMN, "over": 1}.items():
        _chosen = cb.PickDay(subject=_subject, id=ID, version=99_999, day=_day)
        SCREENS[f"hours {_name} {_subject}"] = _hours(_chosen)
    for _name, _number in {"first": 0, "second": 2026 * 12 + 3, "last": 99_999}.items():
        _opened = cb.PickMonth(subject=_subject, id=ID, version=99_999, month=_number)
        SCREENS[f"month {_name} {_subject}"] = _month(_opened)
