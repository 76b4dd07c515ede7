"""What does the plan for a week show? Days and kinds, one post of it, the writing under way, and what came of it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.batch.callbacks import OpenBatch
from bot.screens.draft.callbacks import SendCard
from bot.screens.home.callbacks import Home
from bot.screens.products.callbacks import EditDescription
from bot.screens.week import callbacks as cb
from bot.ui import format as fmt
from bot.ui.form import question
from bot.ui.keyboard import Style, button, grid, keyboard
from bot.ui.screen import Screen
from core.content.weeks import COUNTS, DAYS, NEEDS_FACTS, WeekPost
from core.templates.kinds import PostKind

EPOCH = date(1970, 1, 1)
_KINDS = tuple(kind for kind in PostKind if kind is not PostKind.THREAD)


@dataclass(frozen=True, slots=True)
class Week:
    """A plan. ``written`` are numbers and beginnings of the drafts by content id; ``first`` the first possible day."""

    plan_id: uuid.UUID
    version: int
    product_id: uuid.UUID
    product: str
    posts: Sequence[WeekPost]
    first: date
    described: bool  # the product says what it is
    writing: bool = False
    begun: bool = False
    written: Mapping[uuid.UUID, tuple[int, str]] = field(default_factory=dict)

    @property
    def ids(self) -> dict[str, object]:
        """What every button of the plan repeats."""
        return {"plan": self.plan_id, "version": self.version}

    @property
    def left(self) -> int:
        """How many posts are not written yet."""
        return sum(post.content_id is None for post in self.posts)


def plan(week: Week, t: Translator) -> Screen:
    """Draw the plan, or what came of it once writing has begun."""
    if week.begun:
        return _outcome(week, t)
    lines = [t("week-title", product=fmt.short(week.product), n=len(week.posts)), ""]
    lines += [_line(post, t) for post in week.posts]
    lines += ["", t("week-hint")]
    wanting = [post for post in week.posts if post.kind in NEEDS_FACTS and not post.idea]
    if wanting:
        kinds = ", ".join(t.label(f"voice-kind-{post.kind.value}") for post in wanting)
        lines.append(t("week-needs-facts", kinds=kinds))
    ready = week.described or all(post.idea for post in week.posts)
    if not ready:
        lines.append(t("week-no-description"))
    counts = [
        button(
            f"• {count}" if count == len(week.posts) else str(count),
            cb.SetCount.model_validate(week.ids | {"count": count}),
        )
        for count in COUNTS
    ]
    posts = [
        button(
            f"{fmt.weekday(t, post.day)} · {_kind(post, t)}",
            cb.OpenPost.model_validate(week.ids | {"position": position}),
        )
        for position, post in enumerate(week.posts)
    ]
    write = cb.WriteWeek.model_validate(week.ids)
    describe = button(t.label("week-describe"), EditDescription(product=week.product_id))
    return Screen.of(
        "\n".join(lines),
        keyboard(
            counts,
            *grid(posts, 2),
            [
                button(t.label("week-write", n=len(week.posts)), write, style=Style.PRIMARY)
                if ready
                else describe
            ],
            [button(t.label("ui-home"), Home())],
        ),
    )


def post(week: Week, position: int, t: Translator) -> Screen:
    """Draw one post with its kinds, days, and thought."""
    chosen = week.posts[position]
    ids = week.ids | {"position": position}
    kinds = [
        button(
            ("• " if kind is chosen.kind else "") + t.label(f"voice-kind-{kind.value}"),
            cb.SetKind.model_validate(ids | {"kind": kind}),
        )
        for kind in _KINDS
    ]
    days = [_day(week, chosen, away, ids, t) for away in range(DAYS)]
    thought = "week-thought-change" if chosen.idea else "week-thought"
    said = t("week-thought-line", idea=fmt.short(chosen.idea, 500)) if chosen.idea else t("week-thought-none")
    return Screen.of(
        Markup(f"{t('week-post', day=fmt.weekday_and_date(t, chosen.day), kind=_kind(chosen, t))}\n{said}"),
        keyboard(
            *grid(kinds, 3),
            *grid(days, 4),
            [
                button(t.label(thought), cb.AskThought.model_validate(ids)),
                button(t.label("week-thought-forget"), cb.ForgetThought.model_validate(ids))
                if chosen.idea
                else None,
            ],
            [
                button(t.label("week-remove"), cb.RemovePost.model_validate(ids))
                if len(week.posts) > 1
                else None
            ],
            [button(t.label("week-back"), cb.OpenPlan(plan=week.plan_id))],
        ),
    )


def ask_thought(week: Week, position: int, t: Translator) -> Screen:
    """Ask what the post is about."""
    chosen = week.posts[position]
    text = t("week-ask-thought", day=fmt.weekday_and_date(t, chosen.day), kind=_kind(chosen, t))
    return question(t, text, cancel=cb.OpenPost.model_validate(week.ids | {"position": position}))


def progress(week: Week, position: int, t: Translator) -> Screen:
    """Say which post is being written; writing can be stopped after it."""
    now = week.posts[position]
    done = len(week.posts) - week.left
    lines = [
        t("week-writing", product=fmt.short(week.product), n=str(done + 1), total=str(len(week.posts))),
        t("week-writing-now", day=fmt.weekday_and_date(t, now.day), kind=_kind(now, t)),
    ]
    lines += [_written(week, item, t) for item in week.posts if item.content_id is not None]
    stop = button(t.label("week-stop"), cb.StopWriting.model_validate(week.ids))
    return Screen.of("\n".join(lines), keyboard([stop]))


def choose(products: Sequence[tuple[uuid.UUID, str]], t: Translator) -> Screen:
    """Ask which product the week is for."""
    rows = [[button(fmt.short(name, 60), cb.PlanWeek(product=key))] for key, name in products]
    return Screen.of(t("week-which"), keyboard(*rows, [button(t.label("ui-home"), Home())]))


def _outcome(week: Week, t: Translator) -> Screen:
    done = len(week.posts) - week.left
    title = t("week-written", product=fmt.short(week.product), n=done, total=len(week.posts))
    lines = [title, ""]
    lines += [
        _written(week, item, t) if item.content_id is not None else t("week-unwritten", line=_line(item, t))
        for item in week.posts
    ]
    if week.writing:
        lines += ["", t("week-still-writing")]
    cards = [
        button(f"#{week.written[item.content_id][0]}", SendCard(content=item.content_id))
        for item in week.posts
        if item.content_id is not None and item.content_id in week.written
    ]
    on = button(t.label("week-go-on", n=week.left), cb.WriteWeek.model_validate(week.ids))
    fresh = cb.PlanWeek(product=week.product_id, fresh=True)
    refresh = button(t.label("ui-refresh"), cb.OpenPlan(plan=week.plan_id))
    return Screen.of(
        "\n".join(lines),
        keyboard(
            [button(t.label("week-approve"), OpenBatch(), style=Style.PRIMARY) if done else None],
            *grid(cards, 4),
            [on if week.left and not week.writing else None],
            [button(t.label("week-fresh"), fresh) if not week.writing else None],
            [
                button(t.label("week-stop"), cb.StopWriting.model_validate(week.ids))
                if week.writing
                else None,
                refresh if week.writing else None,
            ],
            [button(t.label("ui-home"), Home())],
        ),
    )


def _line(item: WeekPost, t: Translator) -> Markup:
    idea = Markup(f" — {t('week-idea', idea=fmt.short(item.idea, 80))}") if item.idea else ""
    line = t("week-line", day=fmt.weekday_and_date(t, item.day), kind=_kind(item, t))
    return Markup(f"{line}{idea}")


def _written(week: Week, item: WeekPost, t: Translator) -> Markup:
    number, excerpt = week.written.get(item.content_id, (0, "")) if item.content_id else (0, "")
    return t(
        "week-done-line",
        number=str(number),
        day=fmt.weekday_and_date(t, item.day),
        kind=_kind(item, t),
        excerpt=fmt.short(excerpt, 70) or "–",
    )


def _kind(item: WeekPost, t: Translator) -> str:
    return t.label(f"voice-kind-{item.kind.value}")


def _day(
    week: Week, chosen: WeekPost, away: int, ids: dict[str, object], t: Translator
) -> InlineKeyboardButton:
    day = week.first + timedelta(days=away)
    number = (day - EPOCH).days
    label = ("• " if day == chosen.day else "") + fmt.weekday(t, day)
    return button(label, cb.SetDay.model_validate(ids | {"day": number}))
