"""What do the repeats show? Rhythm, hour, the next dates before it counts; the list, and one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from bot.i18n import Markup, Translator
from bot.screens.draft.callbacks import OpenCard, SendCard
from bot.screens.home.callbacks import Home
from bot.screens.queue.callbacks import OpenQueue
from bot.screens.repeat import callbacks as cb
from bot.ui import format as fmt
from bot.ui import rhythm
from bot.ui.form import question
from bot.ui.keyboard import Style, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.content.repeats import Repeated
from core.settings.cron import Rhythm, Schedule
from core.text import markdown

_MONDAY = date(2024, 1, 1)  # any Monday, to name the days of the week
_WEEKDAYS = (0, 1, 2, 3, 4)
_MONTH_DAYS = (1, 5, 10, 15, 20, 25, 28)  # days that every month has
_HOURS = (9, 10, 12, 13, 15, 17, 18, 19, 21)
_EXCERPT = 200  # characters of the text that a line is made from


@dataclass(frozen=True, slots=True)
class Wish:
    """A post, the rhythm that is asked for, and the dates that come of it."""

    number: int
    version: int
    schedule: Schedule
    dates: Sequence[datetime]


def rhythm_of(every: cb.Every, day: int, minutes: int) -> Rhythm:
    """Return the rhythm that the buttons carry."""
    at = time(minutes // 60, minutes % 60)
    if every is cb.Every.WORKDAY:
        return Rhythm(at=at, weekdays=_WEEKDAYS)
    if every is cb.Every.WEEK:
        return Rhythm(at=at, weekdays=(day % 7,))
    if every is cb.Every.MONTH:
        return Rhythm(at=at, month_days=(max(day, 1),))
    return Rhythm(at=at)


def ask(number: int, about: cb.OfPost, t: Translator, *, existing: Repeated | None) -> Screen:
    """Ask how often; a post that is repeated already says so."""
    ids = {"content": about.content, "version": about.version}
    said = t("repeat-ask", number=str(number))
    if existing is not None:
        line = t("repeat-already", rhythm=words(existing.schedule, t))
        said = Markup(f"{said}\n{line}")
    opened = None if existing is None else cb.OpenRepeat(repeat=existing.repeat.id)
    return Screen.of(
        said,
        keyboard(
            [
                button(t.label("repeat-daily"), cb.AskHour.model_validate(ids | {"every": cb.Every.DAY})),
                button(
                    t.label("repeat-workdays"), cb.AskHour.model_validate(ids | {"every": cb.Every.WORKDAY})
                ),
            ],
            [
                button(t.label("repeat-weekly"), cb.AskDay.model_validate(ids | {"every": cb.Every.WEEK})),
                button(t.label("repeat-monthly"), cb.AskDay.model_validate(ids | {"every": cb.Every.MONTH})),
            ],
            [button(t.label("repeat-open"), opened) if opened else None],
            [button(t.label("ui-back"), OpenCard(content=about.content))],
        ),
    )


def ask_day(about: cb.AskDay, t: Translator) -> Screen:
    """Ask for the day of the week or of the month."""
    ids = {"content": about.content, "version": about.version}
    monthly = about.every is cb.Every.MONTH
    if monthly:
        days = [(str(day), day) for day in _MONTH_DAYS]
    else:
        days = [(fmt.weekday_name(t, _MONDAY + timedelta(days=day)), day) for day in range(7)]
    buttons = [
        button(label, cb.AskHour.model_validate(ids | {"every": about.every, "day": day}))
        for label, day in days
    ]
    back = button(t.label("ui-back"), cb.AskRepeat.model_validate(ids))
    return Screen.of(
        t("repeat-ask-month-day" if monthly else "repeat-ask-weekday"),
        keyboard(*grid(buttons, 4), [back]),
    )


def ask_hour(about: cb.AskHour, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Ask at what time of day."""
    ids = {"content": about.content, "version": about.version, "every": about.every, "day": about.day}
    hours = [
        button(f"{hour:02}:00", cb.LookAtRepeat.model_validate(ids | {"minutes": hour * 60}))
        for hour in _HOURS
    ]
    return Screen.of(
        t("repeat-ask-hour", zone=fmt.zone_name(zone, now)),
        keyboard(
            *grid(hours, 3),
            [button(t.label("repeat-type"), cb.TypeHour.model_validate(ids))],
            [button(t.label("ui-back"), cb.AskRepeat(content=about.content, version=about.version))],
        ),
    )


def ask_typed(about: cb.TypeHour, t: Translator) -> Screen:
    """Have the time typed."""
    back = cb.AskHour(content=about.content, version=about.version, every=about.every, day=about.day)
    return question(t, t("repeat-ask-typed"), cancel=back)


def look(about: cb.LookAtRepeat, wish: Wish, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Say the rhythm back with its next dates: what the tap means, before it counts."""
    ids = {"content": about.content, "version": about.version, "every": about.every, "day": about.day}
    dates = [t("repeat-date", when=fmt.moment(t, moment, zone, now)) for moment in wish.dates]
    text = t(
        "repeat-look",
        number=str(wish.number),
        version=str(wish.version),
        rhythm=words(wish.schedule, t),
        zone=fmt.zone_name(zone, now),
    )
    start = cb.StartRepeat.model_validate(ids | {"minutes": about.minutes})
    return Screen.of(
        "\n".join([text, *dates, "", t("repeat-means")]),
        keyboard(
            [button(t.label("repeat-start"), start, style=Style.SUCCESS)],
            [button(t.label("repeat-other-hour"), cb.AskHour.model_validate(ids))],
            [button(t.label("ui-cancel"), OpenCard(content=about.content))],
        ),
    )


def repeats(found: Sequence[Repeated], page: Page, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw a page of the list."""
    if not found:
        return Screen.of(
            t("repeats-empty"),
            keyboard([button(t.label("repeat-queue"), OpenQueue()), button(t.label("ui-home"), Home())]),
        )
    lines: list[str] = [t("repeats-title", n=page.total), ""]
    for item in found:
        lines.append(
            t(
                "repeats-line",
                mark="🔁" if item.repeat.enabled else "⏸",
                number=str(item.content.number),
                excerpt=excerpt_of(item, t),
            )
        )
        lines.append(_when(item, t, zone, now))
    opened = [button(f"#{item.content.number}", cb.OpenRepeat(repeat=item.repeat.id)) for item in found]
    return Screen.of(
        "\n".join(lines),
        keyboard(
            *grid(opened, 4),
            pager(page, lambda offset: cb.OpenRepeats(offset=offset)),
            [button(t.label("repeat-queue"), OpenQueue()), button(t.label("ui-home"), Home())],
        ),
    )


def one(item: Repeated, dates: Sequence[datetime], t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw one repeat with what can be done about it."""
    repeat = item.repeat
    ids = {"repeat": repeat.id, "version": repeat.version}
    lines: list[str] = [
        t("repeat-title", number=str(item.content.number), excerpt=excerpt_of(item, t)),
        _when(item, t, zone, now),
        t("repeat-made", n=repeat.made),
    ]
    if item.content.version != repeat.content_version:
        lines.append(
            t("repeat-other-version", repeated=str(repeat.content_version), current=str(item.content.version))
        )
    if repeat.enabled:
        lines += ["", *(t("repeat-date", when=fmt.moment(t, moment, zone, now)) for moment in dates)]
    switch = cb.SwitchRepeat.model_validate(ids | {"on": not repeat.enabled})
    again = cb.AskRepeat(content=item.content.id, version=item.content.version)
    return Screen.of(
        "\n".join(lines),
        keyboard(
            [button(t.label("repeat-pause" if repeat.enabled else "repeat-resume"), switch)],
            [
                button(t.label("repeat-change"), again),
                button(t.label("repeat-card"), SendCard(content=item.content.id)),
            ],
            [button(t.label("repeat-stop"), cb.StopRepeat.model_validate(ids), style=Style.DANGER)],
            [button(t.label("repeats-back"), cb.OpenRepeats())],
        ),
    )


def words(schedule: Schedule, t: Translator) -> Markup:
    """Say the rhythm without its zone, which is the owner's own."""
    usual = schedule.rhythm
    found = rhythm.in_words(usual, t) if usual is not None else None
    return found or rhythm.said(schedule, t)


def excerpt_of(item: Repeated, t: Translator) -> str:
    """Return the first words of the post."""
    text = markdown.parse(item.content.original_text[:_EXCERPT]).text
    return fmt.short(text) or t.label("drafts-media", n=len(item.content.media))


def _when(item: Repeated, t: Translator, zone: tzinfo, now: datetime) -> Markup:
    if not item.repeat.enabled:
        return t("repeat-off", rhythm=words(item.schedule, t))
    when = fmt.when(t, item.repeat.next_at, zone, now)
    return t("repeat-next", rhythm=words(item.schedule, t), when=when)
