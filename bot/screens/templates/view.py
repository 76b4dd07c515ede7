"""What do the templates screens show? The list, what narrows it, and one template."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.home.callbacks import Home
from bot.screens.templates import callbacks as cb
from bot.screens.templates.callbacks import Kind, Language, TurnTemplates
from bot.screens.voice.words import kind_name
from bot.ui import format as fmt
from bot.ui.confirm import confirm
from bot.ui.formatted import escape
from bot.ui.keyboard import Row, Style, button, grid, keyboard
from bot.ui.pager import Page, pager
from bot.ui.screen import Screen
from core.templates.listing import Source

_TEXT = 1500  # characters of the text shown
_ASIDE = 400  # characters of hints and examples shown
_NAMES = 30  # variables named


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template in the list."""

    template_id: uuid.UUID
    name: str
    kind: str
    source: Source


@dataclass(frozen=True, slots=True)
class TemplateCard:
    """One template. ``product`` is the name of the one it belongs to; ``readable`` is False for a broken structure."""

    template_id: uuid.UUID
    name: str
    description: str | None
    kind: str
    source: Source
    language: Language
    thread: bool
    parts: Sequence[str]
    variables: Sequence[str]
    hints: str
    example: Sequence[tuple[str, str]]
    platforms: Mapping[str, str]  # slug to name
    product: str | None = None
    drafts: int = 0
    copy_number: int = 1
    readable: bool = True

    @property
    def own(self) -> bool:
        """Whether it can be changed."""
        return self.source is not Source.SYSTEM


def templates(lines: Sequence[TemplateLine], page: Page, at: TurnTemplates, t: Translator) -> Screen:
    """Draw a page of the list; ``at`` says how it is narrowed."""
    narrowed = (at.source, at.kind, at.language) != (Source.ALL, Kind.ANY, Language.ANY)
    key = "templates-empty-narrowed" if narrowed else "templates-empty"
    blocks = [t("templates-title", n=page.total) if lines else t(key), _narrowed(at, t) if narrowed else ""]
    blocks.append("\n".join(_line(line, t) for line in lines))
    opened = [button(line.name, cb.OpenTemplate(template=line.template_id)) for line in lines]
    arrows = pager(page, lambda offset: at.model_copy(update={"offset": offset}))
    narrow = cb.Narrow(source=at.source, kind=at.kind, language=at.language)
    return Screen.of(
        "\n\n".join(block for block in blocks if block),
        keyboard(
            [button(t.label("templates-new"), cb.NewTemplate())],
            *grid(opened, 2),
            arrows,
            [button(t.label("templates-narrow"), narrow), button(t.label("ui-home"), Home())],
        ),
    )


def _line(line: TemplateLine, t: Translator) -> Markup:
    kind = kind_name(t, line.kind)
    return t(
        "templates-line-alike" if line.name == kind else "templates-line",  # nothing is said twice
        name=fmt.short(line.name, 50),
        kind=fmt.short(kind, 30),
        source=t.label(f"template-from-{line.source.value}"),
    )


def _narrowed(at: TurnTemplates, t: Translator) -> Markup:
    said = [
        t.label(f"templates-source-{at.source.value}") if at.source is not Source.ALL else "",
        kind_name(t, at.kind.value) if at.kind is not Kind.ANY else "",
        t.label(f"templates-language-{at.language.value}") if at.language is not Language.ANY else "",
    ]
    return t("templates-narrowed", what=", ".join(part for part in said if part))


def narrowing(at: cb.Narrow, t: Translator) -> Screen:
    """Draw what the list can be narrowed by; what is chosen is marked."""
    now = {"source": at.source, "kind": at.kind, "language": at.language}

    def choice(label: str, name: str, value: Source | Kind | Language) -> InlineKeyboardButton:
        mark = "• " if now[name] == value else ""
        return button(mark + label, cb.TurnTemplates.model_validate(now | {name: value}))

    sources = [choice(t.label(f"templates-source-{each.value}"), "source", each) for each in Source]
    kinds = [
        choice(t.label("templates-kind-any") if each is Kind.ANY else kind_name(t, each.value), "kind", each)
        for each in Kind
    ]
    languages = [choice(t.label(f"templates-language-{each.value}"), "language", each) for each in Language]
    return Screen.of(
        t("templates-narrow-about"),
        keyboard(
            *grid(sources, 2),
            *grid(kinds, 3),
            languages,
            [button(t.label("templates-back"), cb.OpenTemplates()), button(t.label("ui-home"), Home())],
        ),
    )


def template(card: TemplateCard, t: Translator) -> Screen:
    """Draw one template."""
    blocks = [
        t("template-title", name=fmt.short(card.name, 100), source=_whose(card, t)),
        Markup(escape(fmt.short(card.description, _ASIDE))) if card.description else "",
        _facts(card, t),
        _text(card, t),
        t("template-hints", hints=fmt.short(card.hints, _ASIDE)) if card.hints else "",
        _example(card, t),
        "" if card.readable else t("template-unreadable"),
    ]
    return Screen.of("\n\n".join(block for block in blocks if block), keyboard(*_rows(card, t)))


def _whose(card: TemplateCard, t: Translator) -> str:
    return fmt.short(card.product, 60) if card.product else t.label(f"template-from-{card.source.value}")


def _facts(card: TemplateCard, t: Translator) -> str:
    names = ", ".join(f"{{{name}}}" for name in card.variables[:_NAMES])
    lines = [
        t("template-kind", kind=fmt.short(kind_name(t, card.kind), 40)),
        t("template-format", format=t.label("template-thread" if card.thread else "template-single")),
        t("template-language", language=t.label(f"templates-language-{card.language.value}")),
        t("template-variables", names=fmt.short(names, _ASIDE)) if names else t("template-no-variables"),
    ]
    if card.platforms:
        lines.append(t("template-platforms", platforms=fmt.short(", ".join(card.platforms.values()), 200)))
    return "\n".join(lines)


def _text(card: TemplateCard, t: Translator) -> str:
    whole = "\n—\n".join(card.parts)
    shown = whole if len(whole) <= _TEXT else whole[: _TEXT - 1] + "…"
    return Markup(f"<blockquote>{escape(shown)}</blockquote>") if shown.strip() else t("template-no-text")


def _example(card: TemplateCard, t: Translator) -> str:
    if not card.example:
        return ""
    said = "; ".join(f"{name}: {value}" for name, value in card.example)
    return t("template-example", example=fmt.short(said, _ASIDE))


def _rows(card: TemplateCard, t: Translator) -> list[Row]:
    of = {"template": card.template_id}
    back: Row = [button(t.label("templates-back"), cb.OpenTemplates()), button(t.label("ui-home"), Home())]
    copy = button(t.label("template-copy"), cb.CopyTemplate(**of, number=card.copy_number))
    delete = button(t.label("template-delete"), cb.AskDelete(**of))
    if not card.readable:
        return [[delete if card.own else None], back]
    return [
        [button(t.label("template-fill"), cb.Fill(**of), style=Style.PRIMARY)],
        [button(t.label("template-with-ai"), cb.WithAi(**of))],
        [button(t.label("template-edit"), cb.EditTemplate(**of)) if card.own else None, copy],
        [delete if card.own else None],
        back,
    ]


def ask_delete(card: TemplateCard, t: Translator) -> Screen:
    """Ask before deleting, and say what becomes of the drafts."""
    return confirm(
        t,
        t("template-ask-delete", name=fmt.short(card.name, 100), n=card.drafts),
        yes=cb.DeleteTemplate(template=card.template_id),
        no=cb.OpenTemplate(template=card.template_id),
        yes_label=t.label("template-delete-yes"),
    )
