"""What does one section of the analytics show? A table, or the best posts, or how it is all reckoned."""

from bot.i18n import Markup, Translator
from bot.screens.analytics.callbacks import Section
from bot.screens.voice.words import kind_name
from bot.ui import format as fmt
from bot.ui.bars import bars
from bot.ui.table import Column, Table, numbers, words
from core.analytics import best_times, defaults, forecasting, model
from core.analytics.history import PastPost
from core.analytics.overview import COMPARABLE, Group, Overview
from core.text import markdown

_MOST_KINDS = 14
_EXCERPT = 200  # characters of the text that a line is made from


def draw(section: Section, found: Overview, t: Translator) -> tuple[str, Table | None]:
    """Return the section's text and table."""
    match section:
        case Section.PLATFORMS:
            return _invites(found, t), _platforms(found, t)
        case Section.KINDS:
            return t("analytics-kinds-hint", n=COMPARABLE), _kinds(found, t)
        case Section.HOURS:
            return _hours_text(found, t), _hours(found, t)
        case Section.TOP:
            return _top(found, t), None
        case _:
            return _how(found, t), None


def post_line(post: PastPost, t: Translator) -> Markup:
    """Return one post on one line."""
    text = fmt.short(markdown.parse(post.text[:_EXCERPT]).text, 48) or t.label("analytics-no-text")
    return t(
        "analytics-post",
        number=str(post.number),
        value=fmt.number(t, post.metrics.engagements or 0),
        text=text,
    )


def _platforms(found: Overview, t: Translator) -> Table:
    columns = [
        words(t.label("analytics-column-channel")),
        numbers(t.label("analytics-column-posts")),
        numbers(t.label("analytics-column-engagements")),
        numbers(t.label("analytics-column-views")),
    ]
    rows = [
        [
            fmt.short(line.name, 40),
            str(line.publications),
            _known(line.engagements, t),
            _known(line.impressions, t),
        ]
        for line in found.platforms
    ]
    return Table(columns, rows)


def _invites(found: Overview, t: Translator) -> str:
    """Say who came by which invitation; nothing where there is none."""
    if not found.invites:
        return ""
    lines = [
        t(
            "analytics-invite",
            name=fmt.short(
                f"#{item.number}" if item.number else item.name or t.label("analytics-invite-unnamed"), 40
            ),
            link=item.link,
            n=item.joins,
        )
        for item in found.invites
    ]
    return "\n".join([t("analytics-invites"), *lines])


def _kinds(found: Overview, t: Translator) -> Table:
    rows = [
        [kind_name(t, name) if name else t.label("analytics-no-kind"), str(group.n), _index(group, t)]
        for name, group in found.kinds[:_MOST_KINDS]
    ]
    return Table(_grouped_columns("analytics-column-kind", t), rows)


def _hours(found: Overview, t: Translator) -> Table:
    rows = [[f"{hour:02}:00", str(group.n), _index(group, t)] for hour, group in found.hours]
    return Table(_grouped_columns("analytics-column-hour", t), rows)


def _grouped_columns(first: str, t: Translator) -> list[Column]:
    return [
        words(t.label(first)),
        numbers(t.label("analytics-column-posts")),
        numbers(t.label("analytics-column-usual")),
    ]


def _hours_text(found: Overview, t: Translator) -> str:
    by_hour = dict(found.hours)
    drawn = bars([by_hour[hour].n if hour in by_hour else 0 for hour in range(24)])
    return "\n\n".join([t("analytics-hours-bars", bars=drawn), t("analytics-kinds-hint", n=COMPARABLE)])


def _top(found: Overview, t: Translator) -> str:
    if not found.top:
        return t("analytics-top-empty")
    return "\n".join([t("analytics-top-hint"), *(post_line(post, t) for post in found.top)])


def _how(found: Overview, t: Translator) -> str:
    lines = [
        t("analytics-how-forecast", needed=forecasting.NEEDED, level=round(model.LEVEL * 100)),
        t("analytics-how-prior", weight=round(defaults.PRIOR_WEIGHT)),
        t("analytics-how-times", needed=best_times.NEEDED),
    ]
    if found.forecasts.n:
        lines.append(t("analytics-how-held", n=found.forecasts.n, inside=found.forecasts.inside))
    else:
        lines.append(t("analytics-how-not-held"))
    return "\n\n".join(lines)


def _known(value: int | None, t: Translator) -> str:
    return "–" if value is None else fmt.number(t, value)


def _index(group: Group, t: Translator) -> str:
    return "–" if group.index is None else f"×{fmt.number(t, round(group.index, 1))}"
