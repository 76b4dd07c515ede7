"""What is shown of work with AI on a voice? A sentence before and after, the samples, and a proposal piece by piece."""

import uuid
from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton

from bot.i18n import Markup, Translator
from bot.screens.home.callbacks import Home
from bot.screens.voice import callbacks as cb
from bot.screens.voice.words import field_name, kind_name, shown
from bot.ui import format as fmt
from bot.ui.formatted import escape
from bot.ui.keyboard import Row, button, keyboard
from bot.ui.screen import Screen
from core.ai.voice_reader import FEWEST, MOST
from core.products.voice import BrandVoice
from core.products.voice_fields import VoiceField, entries
from core.products.voice_proposal import Piece

_LONG = 1500  # characters of a text shown whole


def working(product_id: uuid.UUID, key: str, t: Translator) -> Screen:
    """Say that AI is at work; the way back does not stop it."""
    return Screen.of(t(key), keyboard(_back(product_id, t)))


def trial(product_id: uuid.UUID, before: str, after: str, t: Translator) -> Screen:
    """Show a sentence as it was typed and as the voice says it."""
    blocks = [
        f"{t('voice-trial-before')}\n{escape(before[:_LONG])}",
        f"{t('voice-trial-after')}\n{escape(after[:_LONG])}",
        t("voice-trial-hint"),
    ]
    return Screen.of("\n\n".join(blocks), keyboard([_again(product_id, t)], _back(product_id, t)))


def trial_failed(product_id: uuid.UUID, notice: str, t: Translator) -> Screen:
    """Say why the sentence was not said, and offer another try."""
    return Screen.of(t(f"voice-ai-{notice}"), keyboard([_again(product_id, t)], _back(product_id, t)))


def samples(product_id: uuid.UUID, texts: Sequence[str], t: Translator) -> Screen:
    """Show what is collected and what may be done with it."""
    n = len(texts)
    lines = [
        t("voice-sample-line", n=number, text=fmt.short(text, 80)) for number, text in enumerate(texts, 1)
    ]
    if n < FEWEST:
        ask = t("voice-samples-more", left=FEWEST - n)
    else:
        ask = t("voice-samples-enough" if n < MOST else "voice-samples-full", most=MOST)
    blocks = [t("voice-samples-title", fewest=FEWEST, most=MOST), "\n".join(lines), ask]
    read = button(t.label("voice-read", n=n), cb.ReadSamples(product=product_id))
    rows: list[Row] = [[read if n >= FEWEST else None]]
    if texts:
        rows.append(
            [
                button(t.label("voice-drop-sample"), cb.DropSample(product=product_id)),
                button(t.label("voice-drop-samples"), cb.DropSamples(product=product_id)),
            ]
        )
    return Screen.of("\n\n".join(block for block in blocks if block), keyboard(*rows, _back(product_id, t)))


def piece(
    product_id: uuid.UUID, one: Piece, voice: BrandVoice, t: Translator, *, number: int, total: int
) -> Screen:
    """Show one piece of the proposal beside what the voice says now."""
    name = field_name(t, one.field)
    if one.field is VoiceField.TONE:
        name = f"{name}: {kind_name(t, one.kind)}"
        now: Markup | None = (
            _quoted([voice.tone_examples[one.kind]]) if one.kind in voice.tone_examples else None
        )
        proposed: Markup | None = _quoted(one.items)
    else:
        now = _listed(t, one.field, entries(voice, one.field))
        proposed = _listed(t, one.field, one.items)
    replaces = now is not None and one.field in {VoiceField.TONE, VoiceField.LANGUAGE, VoiceField.FORMALITY}
    blocks = [
        t("voice-piece-title", field=fmt.short(name, 80), number=number, total=total),
        f"{t('voice-piece-now')} {t('voice-piece-nothing') if now is None else now}",
        f"{t('voice-piece-replaced' if replaces else 'voice-piece-added')} {proposed or '–'}",
    ]
    of_piece = {"product": product_id, "mark": one.mark}
    return Screen.of(
        "\n\n".join(blocks),
        keyboard(
            [
                button(t.label("voice-accept"), cb.Accept(**of_piece)),
                button(t.label("voice-skip"), cb.Skip(**of_piece)),
            ],
            [button(t.label("voice-correct"), cb.Correct(**of_piece))],
            [button(t.label("voice-drop-review"), cb.DropReview(product=product_id))],
            _back(product_id, t),
        ),
    )


def _listed(t: Translator, field: VoiceField, items: Sequence[str]) -> Markup | None:
    if not items:
        return None
    joint = " " if field is VoiceField.EMOJI else ", "
    return Markup(escape(fmt.short(joint.join(shown(t, field, item) for item in items), 900)))


def _quoted(items: Sequence[str]) -> Markup:
    return Markup(escape("\n".join(items)[:_LONG]))


def _again(product_id: uuid.UUID, t: Translator) -> InlineKeyboardButton:
    return button(t.label("voice-try-again"), cb.TryVoice(product=product_id))


def _back(product_id: uuid.UUID, t: Translator) -> list[InlineKeyboardButton]:
    return [
        button(t.label("voice-back"), cb.OpenVoice(product=product_id)),
        button(t.label("ui-home"), Home()),
    ]
