"""What does the home screen show? The products, today's queue, what waits for a decision, and what is missing."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.automations.callbacks import OpenAutomations
from bot.screens.channels.callbacks import Connect, OpenChannels
from bot.screens.compose.callbacks import NewPost
from bot.screens.drafts.callbacks import OpenDrafts
from bot.screens.help.callbacks import OpenHelp
from bot.screens.home import hints
from bot.screens.home.callbacks import Home, Language, SetLanguage
from bot.screens.pause.callbacks import OpenPause
from bot.screens.products.callbacks import OpenProducts
from bot.screens.queue.callbacks import OpenQueue
from bot.screens.search.callbacks import AskWords
from bot.screens.settings.callbacks import OpenSettings
from bot.screens.status.callbacks import OpenStatus
from bot.screens.templates.callbacks import OpenTemplates
from bot.screens.week.callbacks import PlanWeek
from bot.ui import format as fmt
from bot.ui.keyboard import Row, Style, button, keyboard
from bot.ui.screen import Screen
from core.ai.choosing import Missing
from core.analytics.week import Week

_SHOWN_TODAY = 5
_SHOWN_PRODUCTS = 5
_TIMES = 300  # per cent; beyond that "4 times as much" says more


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A post that goes out today."""

    at: datetime
    title: str
    channel: str


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product with its week."""

    name: str
    week: Week
    paused: bool = False


@dataclass(frozen=True, slots=True)
class Automations:
    """What runs by itself. ``last_run_at`` is None when nothing has run yet."""

    total: int
    enabled: int
    last_run_at: datetime | None


@dataclass(frozen=True, slots=True)
class HomeModel:
    """What the home screen knows. ``products`` begins with the current one; ``waiting`` is the whole queue."""

    products: Sequence[ProductLine]
    current: str | None
    today: Sequence[Upcoming]
    today_total: int
    drafts: int
    waiting: int
    has_channel: bool
    ai_missing: Missing | None
    product_id: uuid.UUID | None = None  # the current one's
    hints: Sequence[Markup] = ()  # what could be done next
    paused: bool = False
    automations: Automations | None = None  # None when there are none


def home(model: HomeModel, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the home screen."""
    blocks = [
        t("home-title-week" if any(_numbers(line.week, t) for line in model.products) else "home-title"),
        t("queue-paused") if model.paused else "",
        _products(model, t),
        _today(model, t, zone),
        _waiting(model, t, now),
        "\n".join(model.hints),
        _missing(model, t),
    ]
    return Screen.of("\n\n".join(block for block in blocks if block), keyboard(*_rows(model, t)))


def _rows(model: HomeModel, t: Translator) -> list[Row]:
    automations = model.automations
    pause = button(t.label("queue-resume" if model.paused else "queue-pause"), OpenPause())
    return [
        [_connect(model, t)],
        [
            button(t.label("home-drafts", n=model.drafts), OpenDrafts()),
            button(t.label("home-queue", n=model.waiting), OpenQueue()),
        ],
        [
            button(t.label("home-new"), NewPost()),
            button(t.label("home-week"), PlanWeek(product=model.product_id)),
        ]
        if model.product_id is not None
        else [],
        [
            button(t.label("home-products"), OpenProducts()),
            button(t.label("home-channels"), OpenChannels()),
        ],
        hints.insight_row(model.product_id, t),
        [
            button(t.label("home-automations", n=automations.total), OpenAutomations()),
            pause,
        ]
        if automations
        else [],
        [
            button(t.label("home-search"), AskWords()),
            button(t.label("home-templates"), OpenTemplates()),
        ],
        [
            button(t.label("home-settings"), OpenSettings()),
            button(t.label("home-status"), OpenStatus()),
        ],
        # Beside help where there is no automation it could stand beside.
        [None if automations else pause, button(t.label("home-help"), OpenHelp())],
    ]


def _connect(model: HomeModel, t: Translator) -> InlineKeyboardButton | None:
    if model.current is None or model.has_channel:
        return None
    return button(t.label("channels-connect"), Connect(), style=Style.PRIMARY)


def _products(model: HomeModel, t: Translator) -> str:
    if not model.products:
        return t("home-no-product")
    shown = model.products[:_SHOWN_PRODUCTS]
    lines: list[str] = [
        _product(line, t, current=number == 0 and model.current is not None)
        for number, line in enumerate(shown)
    ]
    others = len(model.products) - len(shown)
    if others:
        lines.append(t("home-other-products", n=others))
    if all(_numbers(line.week, t) == "" for line in shown):
        # Said once: a line of "no data" under each product would be a wall of nothing.
        lines.append(t("home-week-nothing"))
    return "\n".join(lines)


def _product(line: ProductLine, t: Translator, *, current: bool) -> Markup:
    name = t("home-product-current" if current else "home-product", name=fmt.short(line.name, 40))
    paused = [t("home-product-paused")] if line.paused else []
    return Markup(" · ".join([name, *paused, *filter(None, [_numbers(line.week, t)])]))


def _numbers(week: Week, t: Translator) -> str:
    parts = []
    if week.reach is not None:
        parts.append(t("home-week-reach", n=week.reach, trend=_trend(week.reach, week.reach_before, t)))
    if week.engagements is not None:
        trend = _trend(week.engagements, week.engagements_before, t)
        parts.append(t("home-week-engagements", n=week.engagements, trend=trend))
    return " · ".join(parts)


def _trend(now: int, before: int | None, t: Translator) -> str:
    """Return how it compares with the week before; nothing where there is nothing to compare with."""
    if not before:
        return ""
    change = round(100 * (now - before) / before)
    if change == 0:
        return t("home-trend-same")
    if change > _TIMES:
        return t("home-trend-times", n=round(now / before))
    return t("home-trend-up" if change > 0 else "home-trend-down", n=abs(change))


def _today(model: HomeModel, t: Translator, zone: tzinfo) -> str:
    if model.current is None:
        return ""
    if not model.today_total:
        return t("home-today-empty")
    lines = [t("home-today", n=model.today_total)]
    lines += [
        t(
            "home-today-line",
            time=fmt.clock(post.at, zone),
            title=fmt.short(post.title),
            channel=fmt.short(post.channel, 60),
        )
        for post in model.today[:_SHOWN_TODAY]
    ]
    more = model.today_total - min(len(model.today), _SHOWN_TODAY)
    if more:
        lines.append(t("home-today-more", n=more))
    return "\n".join(lines)


def _waiting(model: HomeModel, t: Translator, now: datetime) -> str:
    lines = []
    if model.drafts:
        lines.append(t("home-drafts-wait", n=model.drafts))
    if (automations := model.automations) is not None:
        ran = (
            t("home-automations-ran", ago=fmt.distance(t, automations.last_run_at, now))
            if automations.last_run_at
            else t("home-automations-never")
        )
        lines.append(t("home-automations-on", n=automations.enabled, total=automations.total, ran=ran))
    return "\n".join(lines)


def _missing(model: HomeModel, t: Translator) -> str:
    lines = []
    if model.current is not None and not model.has_channel:
        lines.append(t("home-missing-channel"))
    if model.ai_missing is not None:
        lines.append(t(f"home-missing-ai-{model.ai_missing.value}"))
    return "\n".join([t("home-missing"), *lines]) if lines else ""


def languages(*, way_back: str | None) -> Screen:
    """Ask for the language, in both. ``way_back`` is the back button's label; there is none on the first run."""
    return Screen.of(
        "🌐 На каком языке говорим?\nWhich language shall we speak?",
        keyboard(
            [
                button("🇷🇺 Русский", SetLanguage(language=Language.RU)),
                button("🇬🇧 English", SetLanguage(language=Language.EN)),
            ],
            [button(way_back, Home()) if way_back else None],
        ),
    )
