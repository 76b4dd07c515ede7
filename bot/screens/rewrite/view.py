"""What does the rewriting menu look like? The text it is about, the ways to change it, and the way back to the card."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.draft.callbacks import OpenCard, Regenerate
from bot.screens.rewrite import callbacks as cb
from bot.ui import form
from bot.ui import format as fmt
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.screen import Screen
from core.ai.headlines import Variant
from core.ai.tools import EMOJI, THREADS, TONES, TRANSLATIONS, Tool
from core.text import markdown

_EXCERPT = 400  # characters
_TOOLS = {
    cb.Part.TONE: TONES,
    cb.Part.EMOJI: EMOJI,
    cb.Part.THREAD: THREADS,
    cb.Part.LANGUAGE: TRANSLATIONS,
}
_TYPED = {cb.Part.TONE: cb.Asked.TONE, cb.Part.LANGUAGE: cb.Asked.LANGUAGE}


@dataclass(frozen=True, slots=True)
class RewriteModel:
    """One version of a draft, as the menu knows it."""

    content_id: uuid.UUID
    version: int
    number: int
    text: str  # neutral Markdown

    @property
    def ids(self) -> dict[str, object]:
        """What every button carries."""
        return {"content": self.content_id, "version": self.version}


def menu(model: RewriteModel, t: Translator) -> Screen:
    """Draw the menu."""
    return Screen.of(
        _head(model, t, "rewrite-menu"),
        keyboard(
            [_tool(model, Tool.SHORTER, t), _tool(model, Tool.LONGER, t)],
            [_tool(model, Tool.IMPROVE, t), _part(model, cb.Part.TONE, t)],
            [
                _part(model, cb.Part.EMOJI, t),
                button(t.label("rewrite-headlines"), cb.OpenHeadlines.model_validate(model.ids)),
            ],
            [_part(model, cb.Part.THREAD, t), _part(model, cb.Part.LANGUAGE, t)],
            [
                button(t.label("rewrite-anew"), Regenerate.model_validate(model.ids)),
                _ask(model, cb.Asked.ANEW, t),
            ],
            [_back_to_card(model, t)],
        ),
    )


def part(model: RewriteModel, which: cb.Part, t: Translator) -> Screen:
    """Draw the tools of one kind."""
    tools = [_tool(model, tool, t) for tool in _TOOLS[which]]
    typed = _ask(model, _TYPED[which], t) if which in _TYPED else None
    return Screen.of(
        _head(model, t, f"rewrite-{which.value}-ask"),
        keyboard(*grid(tools, 2), [typed], [_back_to_menu(model, t)]),
    )


def ask(model: RewriteModel, about: cb.Asked, t: Translator) -> Screen:
    """Ask for the owner's words."""
    return form.question(
        t, t(f"rewrite-{about.value}-type"), cancel=cb.OpenRewriting.model_validate(model.ids)
    )


def headlines(model: RewriteModel, variants: Sequence[Variant], t: Translator) -> Screen:
    """Draw the headlines, each with its reason and a button."""
    lines = [
        t("rewrite-headline", n=str(number), headline=variant.headline, reason=variant.reason)
        for number, variant in enumerate(variants, start=1)
    ]
    take = [
        button(
            t.label("rewrite-headline-take", n=str(number), headline=fmt.short(variant.headline, 50)),
            cb.TakeHeadline(content=model.content_id, version=model.version, number=number - 1),
        )
        for number, variant in enumerate(variants, start=1)
    ]
    again = cb.OpenHeadlines(content=model.content_id, version=model.version, again=True)
    return Screen.of(
        "\n\n".join([t("rewrite-headlines-title", number=str(model.number)), *lines]),
        keyboard(
            *grid(take, 1),
            [button(t.label("rewrite-headlines-again"), again), _back_to_menu(model, t)],
        ),
    )


def _head(model: RewriteModel, t: Translator, question: str) -> Markup:
    shown = fmt.short(markdown.parse(model.text).text, _EXCERPT)
    title = t("rewrite-title", number=str(model.number))
    return Markup("\n\n".join([title, *([t("rewrite-excerpt", text=shown)] if shown else []), t(question)]))


def _tool(model: RewriteModel, tool: Tool, t: Translator) -> InlineKeyboardButton:
    data = cb.Rewrite(content=model.content_id, version=model.version, tool=tool)
    return button(t.label(f"rewrite-{tool.value}"), data)


def _part(model: RewriteModel, which: cb.Part, t: Translator) -> InlineKeyboardButton:
    data = cb.OpenPart(content=model.content_id, version=model.version, part=which)
    return button(t.label(f"rewrite-{which.value}-open"), data)


def _ask(model: RewriteModel, about: cb.Asked, t: Translator) -> InlineKeyboardButton:
    data = cb.AskWish(content=model.content_id, version=model.version, about=about)
    return button(t.label(f"rewrite-{about.value}-own"), data)


def _back_to_menu(model: RewriteModel, t: Translator) -> InlineKeyboardButton:
    return button(t.label("ui-back"), cb.OpenRewriting.model_validate(model.ids))


def _back_to_card(model: RewriteModel, t: Translator) -> InlineKeyboardButton:
    return button(t.label("rewrite-to-card"), OpenCard(content=model.content_id))
