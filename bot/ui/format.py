"""How are times and numbers said? In the owner's zone and language, with the weekday and how far away it is."""

from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal

from babel.dates import format_date, format_datetime, get_timezone_location
from babel.numbers import format_decimal

from bot.i18n import Markup, Translator
from core.text.plain import one_line

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
# Marks that turn the direction of all text after them: in an excerpt they would turn the line it stands in.
_NO_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_SAME_YEAR, _OTHER_YEAR = "EEE, d MMMM, HH:mm", "EEE, d MMMM y, HH:mm"


def moment(t: Translator, at: datetime, zone: tzinfo, now: datetime) -> Markup:
    """Return ``at`` as the owner's wall clock shows it: "пн, 2 марта, 18:30"; the year when it is another."""
    local = at.astimezone(zone)
    pattern = _SAME_YEAR if local.year == now.astimezone(zone).year else _OTHER_YEAR
    return Markup(format_datetime(local, pattern, locale=t.language))


def day(t: Translator, at: datetime, zone: tzinfo, now: datetime) -> str:
    """Return the day of ``at``: "сегодня", "завтра", or "пт, 6 марта"."""
    local, today = at.astimezone(zone), now.astimezone(zone)
    away = (local.date() - today.date()).days
    if away in {-1, 0, 1}:
        return t.label({-1: "time-yesterday", 0: "time-today", 1: "time-tomorrow"}[away])
    pattern = "EEE, d MMMM" if local.year == today.year else "EEE, d MMMM y"
    return str(format_datetime(local, pattern, locale=t.language))


def weekday(t: Translator, at: date) -> str:
    """Return a short day: "пт, 6"."""
    return f"{weekday_name(t, at)}, {at.day}"


def weekday_name(t: Translator, at: date) -> str:
    """Return the short name of a day of the week: "пт"."""
    return str(format_date(at, "ccc", locale=t.language))


def weekday_letters(t: Translator, at: date) -> str:
    """Return a day of the week in the two letters a narrow column has room for: "пт", "Fr"."""
    return str(format_date(at, "cccccc", locale=t.language))


def day_month(t: Translator, at: date) -> str:
    """Return a day of the year: "2 марта"."""
    return str(format_date(at, "d MMMM", locale=t.language))


def month(t: Translator, at: date) -> str:
    """Return a month, as a heading: "Март 2026"."""
    return heading(str(format_date(at, "LLLL y", locale=t.language)))


def heading(text: str) -> str:
    """Return ``text`` as a line begins: "Завтра", "Пт, 6 марта"."""
    return text[:1].upper() + text[1:]


def since(t: Translator, at: datetime, zone: tzinfo) -> str:
    """Return a moment that something has lasted from: "2 марта, 18:30"."""
    local = at.astimezone(zone)
    return f"{day_month(t, local.date())}, {local:%H:%M}"


def weekday_and_date(t: Translator, at: date) -> str:
    """Return a day of the owner's calendar: "ср, 4 марта"."""
    return str(format_date(at, "EEE, d MMMM", locale=t.language))


def place(t: Translator, zone: str) -> str:
    """Return how people call a zone: "Екатеринбург", "New York"; its own name when it is no place."""
    if "/" not in zone:
        return zone
    if zone.startswith("Etc/"):
        # Etc/GMT-5 is five hours ahead: the sign counts westward.
        return zone.removeprefix("Etc/").replace("GMT", "UTC").translate(str.maketrans("+-", "-+"))
    return str(get_timezone_location(zone, locale=t.language, return_city=True))


def clock(at: datetime, zone: tzinfo) -> str:
    """Return the time of day: "18:30"."""
    return at.astimezone(zone).strftime("%H:%M")


def distance(t: Translator, at: datetime, now: datetime) -> Markup:
    """Return how far away ``at`` is: "через 3 дня", "5 минут назад", "сейчас"."""
    seconds = (at - now).total_seconds()
    size = abs(seconds)
    if size < 5:
        return t("time-now")
    # Rounded before it is compared: a minute less a moment is a minute, not sixty seconds.
    unit, amount = "days", round(size / _DAY)
    for finer, length, most in (("seconds", 1, _MINUTE), ("minutes", _MINUTE, 60), ("hours", _HOUR, 48)):
        if round(size / length) < most:
            unit, amount = finer, round(size / length)
            break
    direction = "in" if seconds > 0 else "ago"
    return t(f"time-{direction}-{unit}", n=amount)


def when(t: Translator, at: datetime, zone: tzinfo, now: datetime) -> Markup:
    """Return the wall-clock time and how far away it is: "пн, 2 марта, 18:30 · через 3 часа"."""
    return Markup(f"{moment(t, at, zone, now)} · {distance(t, at, now)}")


def zone_name(zone: tzinfo, now: datetime) -> str:
    """Return how the zone is called: its IANA name, or "UTC+3"."""
    name = getattr(zone, "key", None)
    if isinstance(name, str):
        return name
    offset = zone.utcoffset(now) or timedelta()
    hours, minutes = divmod(int(abs(offset).total_seconds()) // 60, 60)
    sign = "-" if offset < timedelta() else "+"
    return f"UTC{sign}{hours}" + (f":{minutes:02}" if minutes else "")


def number(t: Translator, value: float) -> str:
    """Return ``value`` grouped as the language does: "4 096", "4,096"."""
    return str(format_decimal(value, locale=t.language))


def money(t: Translator, usd: Decimal) -> str:
    """Return dollars as the language writes them, small amounts to a hundredth of a cent: "1,25 $", "$0.0054"."""
    size = abs(usd)
    pattern = "#,##0.00" if size >= 1 or not size else "0.00#" if size >= Decimal("0.1") else "0.00##"
    amount = format_decimal(usd, pattern, locale=t.language)
    return f"{amount}\u00a0$" if t.language == "ru" else f"${amount}"


def short(text: str, limit: int = 60) -> str:
    """Return the beginning of ``text`` on one line: names, reasons and excerpts in lists; ``limit`` is in characters."""
    line = one_line(text.translate(_NO_DIRECTION))
    return line if len(line) <= limit else line[: limit - 1] + "…"
