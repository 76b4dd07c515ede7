"""How is a schedule said in words? "On weekdays at 18:30"; what has no words is shown as its cron line."""

from datetime import date, timedelta

from bot.i18n import Markup, Translator
from bot.ui import format as fmt
from core.settings.cron import Rhythm, Schedule

_MONDAY = date(2024, 1, 1)  # any Monday, to name the days of the week
_WORKDAYS = (0, 1, 2, 3, 4)
_LINE = 60  # characters of a cron line


def said(schedule: Schedule, t: Translator) -> Markup:
    """Say when a schedule runs; with its zone where the rule names one."""
    rhythm = in_words(schedule.rhythm, t) if schedule.rhythm is not None else None
    zone = fmt.short(schedule.zone_name, 40)
    if rhythm is None:
        rhythm = t("automation-cron", cron=fmt.short(schedule.cron, _LINE))
    return t("automation-trigger-schedule-in", rhythm=rhythm, zone=zone) if zone else rhythm


def in_words(rhythm: Rhythm, t: Translator) -> Markup | None:
    """Say one of the usual rhythms; None for one that no short sentence says."""
    if rhythm.every_minutes is not None:
        return t("automation-every-minutes", n=rhythm.every_minutes)
    if rhythm.every_hours is not None:
        return t("automation-every-hours", n=rhythm.every_hours, minute=f"{rhythm.minute:02}")
    if rhythm.at is None:
        return None
    at = f"{rhythm.at:%H:%M}"
    if rhythm.weekdays == _WORKDAYS:
        return t("automation-on-workdays", time=at)
    if rhythm.weekdays:
        names = ", ".join(fmt.weekday_name(t, _MONDAY + timedelta(days=day)) for day in rhythm.weekdays)
        return t("automation-on-weekdays", days=names, time=at)
    if rhythm.month_days:
        days = ", ".join(str(day) for day in rhythm.month_days)
        return t("automation-on-month-days", days=days, time=at)
    return t("automation-daily", time=at)
