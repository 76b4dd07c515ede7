"""Which day, and at what hour? A month as a grid of days, a day as a grid of hours; what is taken is marked."""

import calendar
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time, timedelta, tzinfo

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.screens.schedule import callbacks as cb
from bot.screens.schedule.view import EPOCH, at_button, ids_of, offset_name
from bot.ui import format as fmt
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen
from core.publications.slots import HORIZON
from core.text.when.wall import moved, shown

_MONDAY = date(2024, 1, 1)  # any Monday, to name the days of the week


def month(
    about: cb.PickMonth, busy: Mapping[date, int], t: Translator, zone: tzinfo, now: datetime
) -> Screen:
    """Ask for a day of a month; ``busy`` tells how many posts a day has. Days that cannot be planned are dots, and weeks of
    such days are left out."""
    ids = ids_of(about)
    first, last = now.astimezone(zone).date(), (now + HORIZON).astimezone(zone).date()
    chosen = min(max(about.month, _number(first)), _number(last))
    year, index = divmod(chosen, 12)
    here = cb.PickMonth.model_validate(ids | {"month": chosen})
    week = [button(fmt.weekday_letters(t, _MONDAY + timedelta(days=n)), here) for n in range(7)]
    weeks = calendar.Calendar().monthdatescalendar(year, index + 1)
    days = [
        _day(ids, day, busy.get(day, 0), here) if first <= day <= last and day.month == index + 1 else button("·", here)
        for whole in weeks if first <= whole[-1] and whole[0] <= last
        for day in whole
    ]  # fmt: skip
    arrows = [
        button("‹", cb.PickMonth.model_validate(ids | {"month": chosen - 1})) if chosen > _number(first) else None,
        button("›", cb.PickMonth.model_validate(ids | {"month": chosen + 1})) if chosen < _number(last) else None,
    ]  # fmt: skip
    return Screen.of(
        t("schedule-month", month=fmt.month(t, date(year, index + 1, 1)))
        + ("\n" + t("schedule-month-busy") if any(day.month == index + 1 for day in busy) else ""),
        keyboard(week, *grid(days, 7), arrows, [button(t.label("ui-back"), cb.PickTime.model_validate(ids))]),
    )


def hours(
    about: cb.PickDay, is_free: Callable[[datetime], bool], t: Translator, zone: tzinfo, now: datetime
) -> Screen:
    """Ask for the hour of the chosen day. Hours that have passed, or are skipped, are left out; taken ones are marked."""
    ids = ids_of(about)
    day = EPOCH + timedelta(days=about.day)
    moments = [moment for hour in range(24) for moment in shown(day, time(hour), zone) if moment > now]
    taken = {moment for moment in moments if not is_free(moment)}
    buttons = [_hour(about, moment, taken, moments, zone) for moment in moments]
    noon = moved(day, time(12), zone)
    text = t(
        "schedule-hours" if buttons else "schedule-day-over", day=fmt.heading(fmt.day(t, noon, zone, now))
    )
    month_of_day = cb.PickMonth.model_validate(ids | {"month": _number(day)})
    return Screen.of(
        text + ("\n" + t("schedule-hours-taken") if taken else ""),
        keyboard(
            *grid(buttons, 4),
            [
                button(t.label("schedule-calendar"), month_of_day),
                button(t.label("ui-back"), cb.PickTime.model_validate(ids)),
            ],
        ),
    )


def _hour(
    about: cb.About,
    moment: datetime,
    taken: Collection[datetime],
    moments: Collection[datetime],
    zone: tzinfo,
) -> InlineKeyboardButton:
    label = fmt.clock(moment, zone)
    if sum(fmt.clock(other, zone) == label for other in moments) > 1:  # the hour that comes twice in autumn
        label = f"{label} {offset_name(moment, zone)}"
    return at_button(about, f"({label})" if moment in taken else label, moment)


def _day(ids: Mapping[str, object], day: date, posts: int, here: cb.PickMonth) -> InlineKeyboardButton:
    label = f"{day.day}•" if posts else str(day.day)
    return button(label, cb.PickDay.model_validate({**ids, "day": (day - EPOCH).days}))


def _number(day: date) -> int:
    return day.year * 12 + day.month - 1
