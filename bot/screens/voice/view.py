"""What do the voice screens show? All fields at a glance, one field with its entries, one example."""

import uuid
from dataclasses import dataclass

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.home.callbacks import Home
from bot.screens.learning.callbacks import OpenRules
from bot.screens.products.callbacks import OpenProduct
from bot.screens.voice import callbacks as cb
from bot.screens.voice.words import field_name, kind_name, kinds_of, presets, shown, summary
from bot.ui import format as fmt
from bot.ui.confirm import confirm
from bot.ui.formatted import escape
from bot.ui.keyboard import button, grid, keyboard
from bot.ui.pager import Page, clamp, pager
from bot.ui.screen import Screen
from core.products.voice import BrandVoice
from core.products.voice_fields import LIMITS, TEXTS, VoiceField, entries, mark_of

_PAGE = 16  # entries of a list on one screen
_KINDS_SHOWN = 30
_EXAMPLE = 1500  # characters shown; an import may have brought a longer one


@dataclass(frozen=True, slots=True)
class VoiceModel:
    """A product's voice, how many samples are collected, and how many pieces of a proposal wait."""

    product_id: uuid.UUID
    name: str
    voice: BrandVoice
    samples: int = 0
    pending: int = 0
    learned: int = 0  # rules from the owner's edits that wait for a decision


def overview(model: VoiceModel, t: Translator) -> Screen:
    """Draw all fields, each a button."""
    lines = []
    for field in VoiceField:
        said = summary(t, model.voice, field)
        key = "voice-line" if said else "voice-line-empty"
        lines.append(t(key, field=field_name(t, field), value=fmt.short(said, 160)))
    blocks = [t("voice-title", name=fmt.short(model.name, 100)), "\n".join(lines)]
    if model.pending:
        blocks.append(t("voice-pending", n=model.pending))
    elif model.samples:
        blocks.append(t("voice-collected", n=model.samples))
    fields = [
        button(field_name(t, field), cb.OpenField(product=model.product_id, field=field))
        for field in VoiceField
    ]
    learned = t.label("learning-open-new", n=model.learned) if model.learned else t.label("learning-open")
    review = button(t.label("voice-review", n=model.pending), cb.Review(product=model.product_id))
    return Screen.of(
        "\n\n".join(blocks),
        keyboard(
            [review if model.pending else None],
            *grid(fields, 2),
            [button(t.label("voice-try"), cb.TryVoice(product=model.product_id))],
            [button(t.label("voice-samples"), cb.CollectSamples(product=model.product_id))],
            [button(learned, OpenRules(product=model.product_id))],
            [
                button(t.label("ui-back"), OpenProduct(product=model.product_id)),
                button(t.label("ui-home"), Home()),
            ],
        ),
    )


def one_field(model: VoiceModel, field: VoiceField, t: Translator, offset: int = 0) -> Screen:
    """Draw one field with what can be done about it."""
    if field is VoiceField.TONE:
        return _examples(model, t)
    if field in TEXTS:
        return _text(model, field, t)
    return _list(model, field, t, offset)


def _list(model: VoiceModel, field: VoiceField, t: Translator, offset: int) -> Screen:
    items = entries(model.voice, field)
    offset = clamp(offset, _PAGE, len(items))
    page = items[offset : offset + _PAGE]
    of_field = {"product": model.product_id, "field": field}
    lines = [_entry(item) for item in page]
    remove = [
        button(
            t.label("voice-remove-entry", value=fmt.short(item, 40)),
            cb.RemoveEntry(**of_field, mark=mark_of(item)),
        )
        for item in page
    ]
    arrows = pager(Page(offset, _PAGE, len(items)), lambda to: cb.OpenField(**of_field, offset=to))
    full = len(items) >= LIMITS[field].entries
    return Screen.of(
        "\n\n".join([_head(model, field, t), "\n".join(lines) or t("voice-nothing")]),
        keyboard(
            [None if full else button(t.label("voice-add"), cb.AskEntries(**of_field))],
            *grid(remove, 2),
            arrows,
            [button(t.label("voice-clear"), cb.AskClear(**of_field)) if items else None],
            _back(model, t),
        ),
    )


def _text(model: VoiceModel, field: VoiceField, t: Translator) -> Screen:
    of_field = {"product": model.product_id, "field": field}
    value = next(iter(entries(model.voice, field)), None)
    said = _entry(shown(t, field, value)) if value else t("voice-nothing")
    offered = [
        button(("• " if kept == value else "") + label, cb.SetPreset(**of_field, number=number))
        for number, (label, kept) in enumerate(presets(t, field))
    ]
    return Screen.of(
        "\n\n".join([_head(model, field, t), said]),
        keyboard(
            *grid(offered, 1 if field is VoiceField.FORMALITY else 2),
            [button(t.label("voice-own-words"), cb.AskEntries(**of_field))],
            [button(t.label("voice-clear"), cb.ClearField(**of_field)) if value else None],
            _back(model, t),
        ),
    )


def _examples(model: VoiceModel, t: Translator) -> Screen:
    voice = model.voice
    kinds = kinds_of(voice)[:_KINDS_SHOWN]
    lines = [
        t("voice-example-line", kind=fmt.short(kind_name(t, kind), 40), text=fmt.short(text, 80))
        for kind, text in list(voice.tone_examples.items())[:_KINDS_SHOWN]
    ]
    opened = [
        button(
            ("✅ " if kind in voice.tone_examples else "➕ ") + kind_name(t, kind),
            cb.OpenExample(product=model.product_id, mark=mark_of(kind)),
        )
        for kind in kinds
    ]
    of_field = {"product": model.product_id, "field": VoiceField.TONE}
    return Screen.of(
        "\n\n".join([_head(model, VoiceField.TONE, t), "\n".join(lines) or t("voice-nothing")]),
        keyboard(
            *grid(opened, 2),
            [button(t.label("voice-clear"), cb.AskClear(**of_field)) if voice.tone_examples else None],
            _back(model, t),
        ),
    )


def one_example(model: VoiceModel, kind: str, t: Translator) -> Screen:
    """Draw the example of one kind of post."""
    text = model.voice.tone_examples.get(kind)
    mark = mark_of(kind)
    said = Markup(escape(text[:_EXAMPLE])) if text else t("voice-example-none")
    remove = button(
        t.label("voice-example-remove"),
        cb.RemoveEntry(product=model.product_id, field=VoiceField.TONE, mark=mark),
    )
    write = t.label("voice-example-replace" if text else "voice-example-write")
    return Screen.of(
        "\n\n".join([t("voice-example-title", kind=fmt.short(kind_name(t, kind), 60)), said]),
        keyboard(
            [button(write, cb.AskExample(product=model.product_id, mark=mark))],
            [remove if text else None],
            [
                button(t.label("ui-back"), cb.OpenField(product=model.product_id, field=VoiceField.TONE)),
                button(t.label("ui-home"), Home()),
            ],
        ),
    )


def ask_clear(model: VoiceModel, field: VoiceField, t: Translator) -> Screen:
    """Ask before emptying a field."""
    of_field = {"product": model.product_id, "field": field}
    n = len(entries(model.voice, field))
    return confirm(
        t,
        t("voice-ask-clear", field=field_name(t, field), n=n),
        yes=cb.ClearField(**of_field),
        no=cb.OpenField(**of_field),
        yes_label=t.label("voice-clear"),
    )


def _head(model: VoiceModel, field: VoiceField, t: Translator) -> str:
    title = t("voice-field-title", field=field_name(t, field), name=fmt.short(model.name, 100))
    return f"{title}\n{t(f'voice-hint-{field.value}')}"


def _entry(value: str) -> Markup:
    return Markup(f"• {escape(fmt.short(value, 200))}")


def _back(model: VoiceModel, t: Translator) -> list[InlineKeyboardButton]:
    return [
        button(t.label("ui-back"), cb.OpenVoice(product=model.product_id)),
        button(t.label("ui-home"), Home()),
    ]
