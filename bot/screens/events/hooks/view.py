"""What does the screen of a product's events show? Whether they are taken, where, under which secrets; a new secret once."""

import uuid
from dataclasses import dataclass
from datetime import datetime, tzinfo

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.events.callbacks import OpenEvents
from bot.screens.events.hooks import callbacks as cb
from bot.screens.products.callbacks import OpenProduct
from bot.ui import format as fmt
from bot.ui.confirm import confirm
from bot.ui.formatted import escape
from bot.ui.keyboard import Row, Style, button, copy, keyboard
from bot.ui.screen import Screen

TEST_EVENT = "nexus.test"
_NAME = 100  # characters of a product's name


@dataclass(frozen=True, slots=True)
class HookModel:
    """Where a product's events come in."""

    product_id: uuid.UUID
    name: str
    address: str
    public: bool  # whether the address can be reached from outside, as far as the settings say
    on: bool
    version: int
    previous_until: datetime | None = None


def hook(model: HookModel, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Draw the screen."""
    title = t("hook-title", name=fmt.short(model.name, _NAME))
    if not model.on:
        return Screen.of(f"{title}\n\n{t('hook-off')}", keyboard(*_off(model, t)))
    lines = [title, t("hook-on")]
    if model.previous_until is not None:
        lines.append(t("hook-two", until=fmt.when(t, model.previous_until, zone, now)))
    lines.append(Markup(f"{t('hook-address')}\n<code>{escape(model.address)}</code>"))
    if not model.public:
        lines.append(t("hook-no-public"))
    lines.append(t("hook-how"))
    return Screen.of("\n\n".join(lines), keyboard(*_on(model, t)))


def _off(model: HookModel, t: Translator) -> list[Row]:
    ids = {"product": model.product_id, "version": model.version}
    return [
        [button(t.label("hook-make"), cb.MakeSecret.model_validate(ids), style=Style.SUCCESS)],
        [button(t.label("hook-give"), cb.GiveSecret.model_validate(ids))],
        [_back(model, t)],
    ]


def _on(model: HookModel, t: Translator) -> list[Row]:
    ids = {"product": model.product_id, "version": model.version}
    drop = button(t.label("hook-drop"), cb.DropPrevious.model_validate(ids))
    return [
        [copy(t.label("hook-copy-address"), model.address)],
        [button(t.label("hook-test"), cb.AskTest(product=model.product_id), style=Style.PRIMARY)],
        [button(t.label("hook-events"), OpenEvents(product=model.product_id))],
        [
            button(t.label("hook-renew"), cb.MakeSecret.model_validate(ids)),
            button(t.label("hook-give"), cb.GiveSecret.model_validate(ids)),
        ],
        [
            drop if model.previous_until is not None else None,
            button(t.label("hook-remove"), cb.AskRemove.model_validate(ids)),
        ],
        [_back(model, t)],
    ]


def _back(model: HookModel, t: Translator) -> InlineKeyboardButton:
    return button(t.label("ui-back"), OpenProduct(product=model.product_id))


def made(model: HookModel, secret: str, t: Translator, zone: tzinfo, now: datetime) -> Screen:
    """Show a new secret, this once."""
    lines = [
        t("hook-made", name=fmt.short(model.name, _NAME)),
        f"<tg-spoiler><code>{escape(secret)}</code></tg-spoiler>",
    ]
    if model.previous_until is not None:
        lines.append(t("hook-two", until=fmt.when(t, model.previous_until, zone, now)))
    done = button(t.label("hook-copied"), cb.OpenHook(product=model.product_id), style=Style.SUCCESS)
    return Screen.of("\n\n".join(lines), keyboard([copy(t.label("hook-copy-secret"), secret)], [done]))


def ask_remove(model: HookModel, t: Translator) -> Screen:
    """Ask before the endpoint is switched off."""
    ids = {"product": model.product_id, "version": model.version}
    return confirm(
        t,
        t("hook-ask-remove", name=fmt.short(model.name, _NAME)),
        yes=cb.RemoveSecret.model_validate(ids),
        no=cb.OpenHook(product=model.product_id),
        yes_label=t.label("hook-remove-yes"),
        style=Style.DANGER,
    )
