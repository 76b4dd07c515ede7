"""What does the calendar of the queue show? A week as a table, a month as a grid, a day as a list."""

import calendar
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from uuid import UUID

from bot.i18n import Translator
from bot.screens.home.callbacks import Home
from bot.screens.queue import callbacks as cb
from bot.screens.queue.view import by_day, day_number, items_grid, out_at
from bot.ui import format as fmt
from bot.ui.keyboard import Row, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from bot.ui.table import Column, Table, marks, words
from core.publications.queries import PublicationView, QueuePage

EPOCH = date(1970, 1, 1)
LAST = 99_999  # what a button may carry
WEEK_ROWS = 40  # posts a week's table names; more are counted
_COUNTS = "·¹²³⁴⁵⁶⁷⁸⁹"


def day_of(number: int) -> date:
    """Return the day that a button counts from 1970-01-01."""
    return EPOCH + timedelta(days=number)


def week(
    monday: date, page: QueuePage, product: UUID | None, t: Translator, zone: tzinfo, now: datetime
) -> Screen:
    """Draw a week: each day with its posts, their times and channels."""
    rows: list[list[str]] = []
    for offset in range(7):
        day = monday + timedelta(days=offset)
        items = [item for item in page.items if out_at(item).astimezone(zone).date() == day]
        name = fmt.weekday(t, day)
        rows += _week_rows(name, items, zone) or [[name, "–", "", ""]]
    columns: list[Column] = [words(), words(), words(), words()]
    more = page.total - len(page.items)
    title = t(
        "queue-week-title",
        start=fmt.day_month(t, monday),
        end=fmt.day_month(t, monday + timedelta(days=6)),
        n=page.total,
    )
    days = Counter(out_at(item).astimezone(zone).date() for item in page.items)
    return Screen.of(
        title,
        keyboard(*_days(days, product, t), *_week_arrows(monday, product, now, zone, t), _ways(product, monday, t)),
        more=[Table(columns, rows), *([t("queue-week-more", n=more)] if more > 0 else [])],
    )  # fmt: skip


def month(
    first: date, moments: Sequence[datetime], product: UUID | None, t: Translator, zone: tzinfo, now: datetime
) -> Screen:
    """Draw a month: each day with how many posts it has."""
    days = Counter(moment.astimezone(zone).date() for moment in moments)
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    rows = [[_cell(day, days[day]) if day.month == first.month else "" for day in days_] for days_ in weeks]
    columns = [marks(fmt.weekday_letters(t, day)) for day in weeks[0]]
    number = first.year * 12 + first.month - 1
    arrows = [
        button("‹", cb.OpenMonth(month=max(number - 1, cb.FIRST_MONTH), product=product)),
        button(t.label("queue-this-month"), cb.OpenMonth(month=_month_of(now, zone), product=product)),
        button("›", cb.OpenMonth(month=min(number + 1, LAST), product=product)),
    ]
    week_of = first if first.month != now.astimezone(zone).month else now.astimezone(zone).date()
    return Screen.of(
        t("queue-month-title", month=fmt.month(t, first), n=len(moments)),
        keyboard(
            *_days(days, product, t, width=6),
            arrows,
            [
                button(t.label("queue-week"), cb.OpenWeek(day=day_number(week_of), product=product)),
                button(t.label("queue-back"), _queue_of(product)),
                button(t.label("ui-home"), Home()),
            ],
        ),
        more=[Table(columns, rows)],
    )


def day(about: cb.OpenDay, page: QueuePage, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw a page of one day."""
    chosen = day_of(about.day)
    title = t(
        "queue-day-title", day=f"{fmt.weekday_name(t, chosen)}, {fmt.day_month(t, chosen)}", n=page.total
    )
    arrows = pager(
        Page(page.offset, page.limit, page.total), lambda offset: about.model_copy(update={"offset": offset})
    )
    return Screen.of(
        "\n\n".join([title, *by_day(page.items, t, zone, now)]),
        keyboard(
            *items_grid(page.items, zone),
            arrows,
            [
                button("‹", cb.OpenDay(day=max(about.day - 1, 0), product=about.product)),
                button("›", cb.OpenDay(day=min(about.day + 1, LAST), product=about.product)),
            ],
            _ways(about.product, chosen, t, of_day=True),
        ),
    )


def _week_rows(name: str, items: Sequence[PublicationView], zone: tzinfo) -> list[list[str]]:
    return [
        [
            name if number == 0 else "",
            fmt.clock(out_at(item), zone),
            f"#{item.content_number}",
            item.outlet,
        ]
        for number, item in enumerate(items)
    ]


def _days(days: Counter[date], product: UUID | None, t: Translator, *, width: int = 4) -> list[Row]:
    buttons = [
        button(
            str(day.day) if width > 4 else fmt.weekday(t, day),
            cb.OpenDay(day=day_number(day), product=product),
        )
        for day in sorted(days)
        if days[day]
    ]
    return list(grid(buttons, width))


def _week_arrows(monday: date, product: UUID | None, now: datetime, zone: tzinfo, t: Translator) -> list[Row]:
    today = day_number(now.astimezone(zone).date())
    number = day_number(monday)
    return [
        [
            button("‹", cb.OpenWeek(day=max(number - 7, 0), product=product)),
            button(t.label("queue-this-week"), cb.OpenWeek(day=today, product=product)),
            button("›", cb.OpenWeek(day=min(number + 7, LAST), product=product)),
        ]
    ]


def _ways(product: UUID | None, day: date, t: Translator, *, of_day: bool = False) -> Row:
    number = max(day.year * 12 + day.month - 1, cb.FIRST_MONTH)  # the first week begins in 1969
    return [
        button(t.label("queue-week"), cb.OpenWeek(day=day_number(day), product=product)) if of_day else None,
        button(t.label("queue-month"), cb.OpenMonth(month=number, product=product)),
        button(t.label("queue-back"), _queue_of(product)),
        None if of_day else button(t.label("ui-home"), Home()),
    ]


def _queue_of(product: UUID | None) -> cb.TurnQueue | cb.OpenQueue:
    return cb.OpenQueue() if product is None else cb.TurnQueue(product=product)


def _month_of(now: datetime, zone: tzinfo) -> int:
    today = now.astimezone(zone).date()
    return today.year * 12 + today.month - 1


def _cell(day: date, posts: int) -> str:
    if not posts:
        return str(day.day)
    return f"{day.day}{_COUNTS[posts]}" if posts < len(_COUNTS) else f"{day.day}⁺"
