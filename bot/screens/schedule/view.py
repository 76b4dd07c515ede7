"""What does the time picker show? Suggestions, days, hours, and the chosen moment said back before it counts."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from aiogram.types import InlineKeyboardButton
from babel.dates import format_date

from bot.i18n import Markup, Translator
from bot.screens.draft.callbacks import OpenCard
from bot.screens.queue.callbacks import OpenPublication
from bot.screens.schedule import callbacks as cb
from bot.screens.schedule.callbacks import Subject
from bot.ui import format as fmt
from bot.ui.callbacks import Callback
from bot.ui.form import question
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen
from core.publications.slots import DEFAULT_HOURS, wall_clock
from core.text.when import Doubt, Refused
from core.text.when.wall import is_twice

_EPOCH = date(1970, 1, 1)
_DAYS = 14
_SOON = (1, 15, 60, 180)  # minutes from now
_SHIFTS = (-60, -15, -5, 5, 15, 60)  # minutes, on the confirmation


def back_of(about: cb.About) -> Callback:
    """Return the button data that leads back to what gets the time."""
    if about.subject is Subject.CONTENT:
        return OpenCard(content=about.id)
    return OpenPublication(publication=about.id)


def subject_of(about: cb.About) -> cb.PickTime:
    """Return the picker's opening for ``about``."""
    return cb.PickTime(subject=about.subject, id=about.id, version=about.version)


def ids_of(about: cb.About) -> dict[str, object]:
    """Return the fields every button of the picker repeats."""
    return {"subject": about.subject, "id": about.id, "version": about.version}


def days(
    about: cb.About, suggestions: Sequence[datetime], t: Translator, zone: tzinfo, now: datetime
) -> Screen:
    """Ask for the day."""
    ids = ids_of(about)
    today = now.astimezone(zone).date()
    best = [
        button(
            "⭐ " + fmt.moment(t, moment, zone, now), cb.PickAt.model_validate(ids | {"at": _seconds(moment)})
        )
        for moment in suggestions
    ]
    soon = [
        button(
            t.label("schedule-in", distance=fmt.distance(t, now + timedelta(minutes=minutes), now)),
            cb.PickAt.model_validate(ids | {"at": _seconds(now + timedelta(minutes=minutes))}),
        )
        for minutes in _SOON
    ]
    calendar = [
        button(
            _day_label(today + timedelta(days=away), away, t),
            cb.PickDay.model_validate(ids | {"day": (today + timedelta(days=away) - _EPOCH).days}),
        )
        for away in range(_DAYS)
    ]
    optimal = (
        button(t.label("schedule-optimal"), cb.PlanOptimal.model_validate(ids))
        if about.subject is Subject.CONTENT
        else None
    )
    good = ", ".join(f"{hour:%H:%M}" for hour in DEFAULT_HOURS)
    return Screen.of(
        t("schedule-title", zone=fmt.zone_name(zone, now), clock=fmt.clock(now, zone))
        + "\n"
        + t("schedule-defaults", hours=good),
        keyboard(
            [optimal],
            *grid(best, 1),
            *grid(soon, 2),
            calendar[:2],
            *grid(calendar[2:], 4),
            [button(t.label("schedule-type"), cb.TypeTime.model_validate(ids))],
            [button(t.label("ui-back"), back_of(about))],
        ),
    )


def hours(about: cb.PickDay, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Ask for the hour of the chosen day; hours that have passed are left out."""
    ids = ids_of(about)
    day = _EPOCH + timedelta(days=about.day)
    buttons = []
    for hour in range(24):
        moment = wall_clock(day, time(hour), zone)
        if moment > now:
            label = f"{hour:02}:00"
            buttons.append(button(label, cb.PickAt.model_validate(ids | {"at": _seconds(moment)})))
    noon = wall_clock(day, time(12), zone)
    return Screen.of(
        t("schedule-hours" if buttons else "schedule-day-over", day=fmt.day(t, noon, zone, now)),
        keyboard(*grid(buttons, 4), [button(t.label("ui-back"), cb.PickTime.model_validate(ids))]),
    )


def echo(about: cb.PickAt, title: str, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Say the chosen moment back: weekday, zone, how far away; it can be shifted before it is confirmed."""
    ids = ids_of(about)
    moment = datetime.fromtimestamp(about.at, UTC)
    shifts = [
        button(
            t.label("schedule-shift", sign="+" if minutes > 0 else "−", minutes=abs(minutes)),
            cb.PickAt.model_validate(ids | {"at": about.at + minutes * 60}),
        )
        for minutes in _SHIFTS
        if moment + timedelta(minutes=minutes) > now
    ]
    yes = button(t.label("schedule-confirm"), cb.Plan.model_validate(ids | {"at": about.at}))
    return Screen.of(
        t(
            "schedule-echo",
            title=title,
            when=fmt.moment(t, moment, zone, now),
            zone=_zone_at(moment, zone, now),
            distance=fmt.distance(t, moment, now),
        ),
        keyboard([yes], *grid(shifts, 3), [button(t.label("ui-back"), cb.PickTime.model_validate(ids))]),
    )


def doubt(about: cb.About, reading: Doubt, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Offer the moments a typed time may mean."""
    options = [_option(about, moment, t, zone, now) for moment in reading.options]
    return question(t, t(f"schedule-doubt-{reading.reason}"), *grid(options, 1), cancel=subject_of(about))


def refused(about: cb.About, reading: Refused, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Say why a typed time cannot be taken, and offer what may have been meant."""
    text = t(f"schedule-refused-{reading.reason}")
    if reading.suggestion is None:
        return question(t, Markup(f"{text} {t('schedule-again')}"), cancel=subject_of(about))
    option = _option(about, reading.suggestion, t, zone, now)
    return question(t, Markup(f"{text} {t('schedule-maybe')}"), [option], cancel=subject_of(about))


def _option(
    about: cb.About, moment: datetime, t: Translator, zone: tzinfo, now: datetime
) -> InlineKeyboardButton:
    label = fmt.moment(t, moment, zone, now)
    if is_twice(moment, zone):
        label = Markup(f"{label} · {_offset(moment, zone)}")
    return button(label, cb.PickAt.model_validate(ids_of(about) | {"at": _seconds(moment)}))


def _zone_at(moment: datetime, zone: tzinfo, now: datetime) -> str:
    """Return the zone's name, with its offset where the clock shows the moment's time twice."""
    name = fmt.zone_name(zone, now)
    return f"{name}, {_offset(moment, zone)}" if is_twice(moment, zone) else name


def _offset(moment: datetime, zone: tzinfo) -> str:
    return fmt.zone_name(timezone(moment.astimezone(zone).utcoffset() or timedelta()), moment)


def _day_label(day: date, away: int, t: Translator) -> str:
    if away < 2:
        return t.label("time-today" if away == 0 else "time-tomorrow")
    return str(format_date(day, "EEE d", locale=t.language))


def _seconds(moment: datetime) -> int:
    return int(moment.timestamp())
