"""What does the time picker show? Good times, days, hours, and the chosen moment said back before it counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.draft.callbacks import OpenCard
from bot.screens.queue.callbacks import OpenPublication
from bot.screens.schedule import callbacks as cb
from bot.screens.schedule.callbacks import Subject
from bot.ui import format as fmt
from bot.ui.callbacks import Callback
from bot.ui.form import question
from bot.ui.keyboard import Style, button, grid, keyboard
from bot.ui.screen import Screen
from core.analytics.best_times import NEEDED, BestTime, Reason
from core.publications.warnings import PlanWarning
from core.text.when import Doubt, Refused
from core.text.when.wall import is_twice, moved

EPOCH = date(1970, 1, 1)
_DAYS = 6  # days that are offered at once; the calendar has the others
_SOON = (15, 60, 180)  # minutes from now
_OFTEN = ((0, time(19)), (1, time(10)), (1, time(19)))  # days ahead, and the hour: this evening, tomorrow
_TOO_SOON = timedelta(minutes=5)
_SHIFTS = (-60, -15, -5, 5, 15, 60)  # minutes, on the confirmation


@dataclass(frozen=True, slots=True)
class Picking:
    """What the confirmation knows beside the moment."""

    title: str
    channels: int = 1
    warnings: Sequence[PlanWarning] = field(default_factory=tuple)


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


def at_button(about: cb.About, label: str, moment: datetime) -> InlineKeyboardButton:
    """Return a button that chooses ``moment``."""
    return button(label, cb.PickAt.model_validate(ids_of(about) | {"at": int(moment.timestamp())}))


def days(about: cb.About, best: Sequence[BestTime], t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Ask for the day, with good times and short ways first."""
    ids = ids_of(about)
    today = now.astimezone(zone).date()
    of_content = about.subject is Subject.CONTENT
    soon = [
        at_button(
            about, t.label("schedule-in", distance=fmt.distance(t, now + timedelta(minutes=m), now)), now + timedelta(minutes=m)
        )
        for m in _SOON
    ]  # fmt: skip
    often = [
        at_button(about, f"{_day_label(today + timedelta(days=away), away, t)}, {at:%H:%M}", moment)
        for away, at in _OFTEN
        if (moment := moved(today + timedelta(days=away), at, zone)) > now + _TOO_SOON
    ]
    next_days = [
        button(
            _day_label(today + timedelta(days=away), away, t),
            cb.PickDay.model_validate(ids | {"day": (today + timedelta(days=away) - EPOCH).days}),
        )
        for away in range(_DAYS)
    ]
    month = today.year * 12 + today.month - 1
    return Screen.of(
        t("schedule-title", zone=fmt.zone_name(zone, now), clock=fmt.clock(now, zone))
        + ("\n" + _why(best, t) if best else ""),
        keyboard(
            [
                button(t.label("schedule-optimal"), cb.PlanOptimal.model_validate(ids)) if of_content else None,
                button(t.label("schedule-slot"), cb.PlanSlot.model_validate(ids)) if of_content else None,
            ],
            *[[_best(about, item, t, zone, now)] for item in best],
            soon,
            *grid(next_days, 3),
            often,
            [
                button(t.label("schedule-calendar"), cb.PickMonth.model_validate(ids | {"month": month})),
                button(t.label("schedule-type"), cb.TypeTime.model_validate(ids)),
            ],
            [button(t.label("ui-back"), back_of(about))],
        ),
    )  # fmt: skip


def _best(
    about: cb.About, item: BestTime, t: Translator, zone: tzinfo, now: datetime
) -> InlineKeyboardButton:
    when = fmt.moment(t, item.moment, zone, now)
    if item.lift is None:
        return at_button(about, t.label("schedule-usual", when=when), item.moment)
    percent = str(round(item.lift * 100))
    return at_button(about, t.label("schedule-best", when=when, percent=percent, n=item.n), item.moment)


def _why(best: Sequence[BestTime], t: Translator) -> Markup:
    """Say what the suggestions rest on, and that they rest on nothing when that is so."""
    total = best[0].total
    if any(item.reason is Reason.OWN for item in best):
        return t("schedule-why-own", n=total)
    if best[0].reason is Reason.FEW:
        return t("schedule-why-few", n=total, needed=NEEDED)
    return t("schedule-why-even", n=total)


def echo(about: cb.PickAt, picking: Picking, t: Translator, zone: tzinfo, now: datetime) -> Screen:
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
    confirm = t.label("schedule-confirm-anyway" if picking.warnings else "schedule-confirm")
    plan = cb.Plan.model_validate(ids | {"at": about.at})
    several = about.subject is Subject.CONTENT and picking.channels > 1
    spread = button(t.label("schedule-spread"), plan.model_copy(update={"spread": True})) if several else None
    said = t(
        "schedule-echo",
        title=picking.title,
        when=fmt.moment(t, moment, zone, now),
        zone=_zone_at(moment, zone, now),
        distance=fmt.distance(t, moment, now),
    )
    return Screen.of(
        "\n\n".join([said, *([warnings_text(picking.warnings, t, zone, now)] if picking.warnings else [])]),
        keyboard(
            [button(confirm, plan, style=Style.SUCCESS)],
            [spread],
            *grid(shifts, 3),
            [button(t.label("ui-back"), cb.PickTime.model_validate(ids))],
        ),
    )


def warnings_text(warnings: Sequence[PlanWarning], t: Translator, zone: tzinfo, now: datetime) -> Markup:
    """Return a line for each thing worth a second look."""
    return Markup(
        "\n".join(
            t(
                f"schedule-warning-{warning.kind.value}",
                number=str(warning.number),
                when=fmt.moment(t, warning.moment, zone, now),
            )
            for warning in warnings[:3]
        )
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
        label = Markup(f"{label} · {offset_name(moment, zone)}")
    return at_button(about, label, moment)


def _zone_at(moment: datetime, zone: tzinfo, now: datetime) -> str:
    """Return the zone's name, with its offset where the clock shows the moment's time twice."""
    name = fmt.zone_name(zone, now)
    return f"{name}, {offset_name(moment, zone)}" if is_twice(moment, zone) else name


def offset_name(moment: datetime, zone: tzinfo) -> str:
    """Return the offset that holds at ``moment``: "UTC+2"."""
    return fmt.zone_name(timezone(moment.astimezone(zone).utcoffset() or timedelta()), moment)


def _day_label(day: date, away: int, t: Translator) -> str:
    if away < 2:
        return t.label("time-today" if away == 0 else "time-tomorrow")
    return fmt.weekday(t, day)
