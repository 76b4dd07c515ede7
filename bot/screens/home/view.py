"""What does the home screen show? The products, today's queue, what waits for a decision, and what is missing."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.channels.callbacks import Connect
from bot.screens.drafts.callbacks import OpenDrafts
from bot.screens.help.callbacks import OpenHelp
from bot.screens.home import hints
from bot.screens.home.callbacks import ChooseLanguage, Home, Language, SetLanguage
from bot.screens.pause.callbacks import OpenPause
from bot.screens.products.callbacks import OpenProducts
from bot.screens.queue.callbacks import OpenQueue
from bot.screens.search.callbacks import AskWords
from bot.screens.settings.callbacks import OpenSettings
from bot.screens.status.callbacks import OpenStatus
from bot.screens.templates.callbacks import OpenTemplates
from bot.ui import format as fmt
from bot.ui.keyboard import Style, button, keyboard
from bot.ui.screen import Screen
from core.ai.choosing import Missing

_SHOWN_TODAY = 5


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A post that goes out today."""

    at: datetime
    title: str
    channel: str


@dataclass(frozen=True, slots=True)
class HomeModel:
    """What the home screen knows. ``products`` are names, the current one is ``current``; ``waiting`` is the whole queue."""

    products: Sequence[str]
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


def home(model: HomeModel, t: Translator, zone: tzinfo) -> Screen:
    """Draw the home screen."""
    blocks = [
        t("home-title"),
        t("queue-paused") if model.paused else "",
        _products(model, t),
        _today(model, t, zone),
        _hints(model),
        _missing(model, t),
    ]
    return Screen.of(
        "\n\n".join(block for block in blocks if block),
        keyboard(
            [_connect(model, t)],
            [
                button(t.label("home-drafts", n=model.drafts), OpenDrafts()),
                button(t.label("home-queue", n=model.waiting), OpenQueue()),
            ],
            [
                button(t.label("home-products"), OpenProducts()),
                button(t.label("home-status"), OpenStatus()),
            ],
            hints.insight_row(model.product_id, t),
            [button(t.label("queue-resume" if model.paused else "queue-pause"), OpenPause())],
            [
                button(t.label("home-help"), OpenHelp()),
                button(t.label("home-language"), ChooseLanguage()),
                button(t.label("home-settings"), OpenSettings()),
            ],
            [
                button(t.label("home-search"), AskWords()),
                button(t.label("home-templates"), OpenTemplates()),
            ],
        ),
    )


def _connect(model: HomeModel, t: Translator) -> InlineKeyboardButton | None:
    if model.current is None or model.has_channel:
        return None
    return button(t.label("channels-connect"), Connect(), style=Style.PRIMARY)


def _products(model: HomeModel, t: Translator) -> str:
    if model.current is None:
        return t("home-no-product")
    lines = [t("home-product", name=fmt.short(model.current))]
    others = len(model.products) - 1
    if others:
        lines.append(t("home-other-products", n=others))
    return "\n".join(lines)


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
            channel=fmt.short(post.channel, 40),
        )
        for post in model.today[:_SHOWN_TODAY]
    ]
    return "\n".join(lines)


def _hints(model: HomeModel) -> str:
    return "\n".join(model.hints)


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
