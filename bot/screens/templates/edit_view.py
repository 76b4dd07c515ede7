"""What does changing a template show? Everything about it that can be, each a button."""

from collections.abc import Mapping

from aiogram.types import InlineKeyboardButton

from bot.i18n import Translator
from bot.screens.home.callbacks import Home
from bot.screens.templates import callbacks as cb
from bot.screens.templates.callbacks import Language, Typed
from bot.screens.templates.view import TemplateCard
from bot.screens.voice.words import kind_name
from bot.ui import format as fmt
from bot.ui.keyboard import Row, button, grid, keyboard
from bot.ui.screen import Screen
from core.products.voice_fields import mark_of
from core.templates.kinds import PostKind
from core.templates.listing import Source


def editing(card: TemplateCard, current: str | None, t: Translator) -> Screen:
    """Draw what can be changed; ``current`` is the name of the product it can be given to."""
    of = {"template": card.template_id}
    typed = [button(t.label(f"template-edit-{each.value}"), cb.AskField(**of, field=each)) for each in Typed]
    languages = [
        button(
            ("• " if card.language is each else "") + t.label(f"templates-language-{each.value}"),
            cb.SetLanguage(**of, language=each),
        )
        for each in Language
    ]
    other = button(
        t.label("template-make-single" if card.thread else "template-make-thread"),
        cb.SetFormat(**of, thread=not card.thread),
    )
    return Screen.of(
        t("template-editing", name=fmt.short(card.name, 100)),
        keyboard(
            *grid(typed, 2),
            [button(t.label("template-edit-kind"), cb.ChooseKind(**of)), other],
            languages,
            [_scope(card, current, t)],
            [button(t.label("template-edit-platforms"), cb.ChoosePlatforms(**of))],
            _back(card, t),
        ),
    )


def _scope(card: TemplateCard, current: str | None, t: Translator) -> InlineKeyboardButton | None:
    of = {"template": card.template_id}
    if card.source is Source.PRODUCT:
        return button(t.label("template-for-all"), cb.SetScope(**of, everywhere=True))
    if current is None:
        return None
    return button(t.label("template-for-one", name=current), cb.SetScope(**of, everywhere=False))


def choose_kind(card: TemplateCard, t: Translator) -> Screen:
    """Ask for which kind of post it is."""
    chosen = [
        button(
            ("• " if card.kind == kind.value else "") + kind_name(t, kind.value),
            cb.SetKind(template=card.template_id, kind=kind),
        )
        for kind in PostKind
    ]
    return Screen.of(t("template-ask-kind"), keyboard(*grid(chosen, 2), _back(card, t, to_edit=True)))


def choose_platforms(card: TemplateCard, titles: Mapping[str, str], t: Translator) -> Screen:
    """Draw the platforms (slug to name); those it is meant for are marked. None marked means every one."""
    chosen = [
        button(
            ("✅ " if slug in card.platforms else "") + title,
            cb.SwitchPlatform(
                template=card.template_id, platform=mark_of(slug), on=slug not in card.platforms
            ),
        )
        for slug, title in titles.items()
    ]
    return Screen.of(t("template-ask-platforms"), keyboard(*grid(chosen, 2), _back(card, t, to_edit=True)))


def ask_new_kind(t: Translator) -> Screen:
    """Ask for which kind of post a new template is."""
    chosen = [button(kind_name(t, kind.value), cb.NewKind(kind=kind)) for kind in PostKind]
    cancel = button(t.label("ui-cancel"), cb.OpenTemplates())
    return Screen.of(t("template-ask-kind"), keyboard(*grid(chosen, 2), [cancel]))


def ask_new_format(t: Translator) -> Screen:
    """Ask whether a new template is a thread."""
    chosen = [
        button(t.label("template-single"), cb.NewFormat(thread=False)),
        button(t.label("template-thread"), cb.NewFormat(thread=True)),
    ]
    cancel = button(t.label("ui-cancel"), cb.OpenTemplates())
    return Screen.of(t("template-ask-format"), keyboard(chosen, [cancel]))


def _back(card: TemplateCard, t: Translator, *, to_edit: bool = False) -> Row:
    to = cb.EditTemplate if to_edit else cb.OpenTemplate
    return [button(t.label("ui-back"), to(template=card.template_id)), button(t.label("ui-home"), Home())]
