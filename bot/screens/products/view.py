"""What do the products screens show? The list by pages, and one product with what can be done about it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.i18n import Markup, Translator
from bot.screens.channels.callbacks import ConnectFor, OpenChannels
from bot.screens.events.hooks.callbacks import OpenHook
from bot.screens.home.callbacks import Home
from bot.screens.products import callbacks as cb
from bot.screens.voice.callbacks import OpenVoice
from bot.ui import format as fmt
from bot.ui.confirm import confirm
from bot.ui.formatted import escape
from bot.ui.keyboard import Row, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.products.voice import BrandVoice
from core.products.voice_fields import VoiceField, filled

_NAME = 160  # characters of a name; Fluent refuses values above 1000, escapes included
_TRAITS = 5  # words of the personality shown on the card


@dataclass(frozen=True, slots=True)
class ProductLine:
    """A product and its channels' names."""

    product_id: uuid.UUID
    name: str
    channels: Sequence[str]
    paused: bool = False


@dataclass(frozen=True, slots=True)
class ProductCard:
    """One product with its numbers."""

    product_id: uuid.UUID
    name: str
    slug: str
    description: str | None
    channels: Sequence[str]
    drafts: int
    queued: int
    current: bool
    paused: bool
    archived: bool
    voice: BrandVoice = field(default_factory=BrandVoice)


def products(
    lines: Sequence[ProductLine],
    current: uuid.UUID | None,
    page: Page,
    t: Translator,
    *,
    archived: bool = False,
    put_away: int = 0,
) -> Screen:
    """Draw a page of the list; the current product is marked. ``put_away`` counts the archived ones."""
    home = button(t.label("ui-home"), Home())
    back = button(t.label("products-back"), cb.OpenProducts())
    add = button(t.label("products-add"), cb.AddProduct())
    archive = (
        button(t.label("products-archive-list", n=put_away), cb.TurnProducts(archived=True))
        if put_away
        else None
    )
    rows: list[Row] = [[back, home]] if archived else [[add], [archive], [home]]
    if not lines:
        return Screen.of(t("products-archive-empty" if archived else "products-empty"), keyboard(*rows))
    text = [t("products-archive-title" if archived else "products-title", n=page.total), ""]
    text += [_line(line, line.product_id == current, t) for line in lines]
    cards = [
        button(
            ("• " if line.product_id == current else "") + line.name, cb.OpenProduct(product=line.product_id)
        )
        for line in lines
    ]
    arrows = pager(page, lambda offset: cb.TurnProducts(offset=offset, archived=archived))
    return Screen.of("\n".join(text), keyboard(*grid(cards, 2), arrows, *rows))


def _line(line: ProductLine, current: bool, t: Translator) -> str:
    channels = ", ".join(line.channels) or t.label("products-no-channels")
    key = "products-current" if current else "products-line"
    text = t(key, name=fmt.short(line.name, 40), channels=fmt.short(channels, 40))
    return f"{text} {t('products-paused-mark')}" if line.paused else text


def product(card: ProductCard, t: Translator) -> Screen:
    """Draw one product's card."""
    blocks = [
        t("product-title", name=fmt.short(card.name, _NAME), slug=card.slug),
        Markup(escape(fmt.short(card.description, 1000)))
        if card.description
        else t("product-no-description"),
        "\n".join(
            [
                t("product-channels", channels=fmt.short(", ".join(card.channels), 160))
                if card.channels
                else t("product-no-channels"),
                t("product-counts", drafts=card.drafts, queued=card.queued),
                _voice(card.voice, t),
            ]
        ),
        *_standing(card, t),
    ]
    return Screen.of("\n\n".join(blocks), keyboard(*_rows(card, t)))


def _voice(voice: BrandVoice, t: Translator) -> str:
    set_ = filled(voice)
    if not set_:
        return t("product-voice-empty")
    traits = fmt.short(", ".join(voice.personality[:_TRAITS]), 120)
    if traits:
        return t("product-voice-traits", traits=traits, n=len(set_), total=len(VoiceField))
    return t("product-voice", n=len(set_), total=len(VoiceField))


def _standing(card: ProductCard, t: Translator) -> list[str]:
    if card.archived:
        return [t("product-is-archived")]
    lines: list[str] = [t("product-is-paused")] if card.paused else []
    return [*lines, t("product-is-current")] if card.current else lines


def _rows(card: ProductCard, t: Translator) -> list[Row]:
    identifier = card.product_id
    home = button(t.label("ui-home"), Home())
    if card.archived:
        return [
            [button(t.label("product-restore"), cb.RestoreProduct(product=identifier))],
            [button(t.label("ui-back"), cb.TurnProducts(archived=True)), home],
        ]
    choose = button(t.label("product-choose"), cb.ChooseProduct(product=identifier))
    standing = (
        button(t.label("product-resume"), cb.ResumeProduct(product=identifier))
        if card.paused
        else button(t.label("product-pause"), cb.PauseProduct(product=identifier))
    )
    return [
        [None if card.current else choose],
        [
            button(t.label("product-voice-open"), OpenVoice(product=identifier)),
            button(t.label("product-channels-open"), OpenChannels())
            if card.channels
            else button(t.label("channels-connect"), ConnectFor(product=identifier)),
        ],
        [
            button(t.label("product-edit-name"), cb.EditName(product=identifier)),
            button(t.label("product-edit-description"), cb.EditDescription(product=identifier)),
        ],
        [
            button(t.label("product-events-open"), OpenHook(product=identifier)),
            button(t.label("product-milestones-open"), cb.OpenMilestones(product=identifier)),
        ],
        [standing, button(t.label("product-archive"), cb.AskArchive(product=identifier))],
        [button(t.label("products-back"), cb.OpenProducts()), home],
    ]


def ask_archive(card: ProductCard, t: Translator) -> Screen:
    """Ask before putting away, and say what becomes of the queue."""
    return confirm(
        t,
        t("product-ask-archive", name=fmt.short(card.name, 100), queued=card.queued),
        yes=cb.ArchiveProduct(product=card.product_id),
        no=cb.OpenProduct(product=card.product_id),
        yes_label=t.label("product-archive-yes"),
    )
