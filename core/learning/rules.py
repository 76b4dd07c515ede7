"""Which change of the voice does a habit suggest? Pieces of the voice, in the owner's language, from the edits themselves."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from statistics import median
from typing import Protocol

import yaml

from core.learning.signs import SignCode, code_of, signs_of
from core.products import voice_fields, voice_proposal
from core.products.voice import BrandVoice
from core.products.voice_fields import TEXTS, VoiceField
from core.products.voice_proposal import Piece

_FALLBACK = "en"
_QUOTED = 80  # characters of the owner's words in a rule
_STEP = 50  # characters to which a length is rounded


class Edit(Protocol):
    """A text before and after."""

    @property
    def before(self) -> str: ...
    @property
    def after(self) -> str: ...


@cache
def _wording() -> dict[str, dict[str, str]]:
    text = (Path(__file__).parent / "wording.yaml").read_text(encoding="utf-8")
    found = yaml.safe_load(text)
    if not isinstance(found, dict):
        raise TypeError("wording.yaml holds languages")
    return found


def pieces_for(key: str, edits: Sequence[Edit], language: str) -> list[Piece]:
    """Return what the voice would gain from the habit ``key`` that ``edits`` show."""
    code = code_of(key)
    a, b = _said(key, edits)
    if code is SignCode.EMOJI_ADDED:
        return [Piece(field=VoiceField.EMOJI, items=[a])]
    if code is SignCode.WORD_REMOVED:
        return [Piece(field=VoiceField.AVOID, items=[a.casefold()])]
    words = _wording().get(language, _wording()[_FALLBACK])[code.value]
    n = max(_STEP, round(median(len(edit.after.strip()) for edit in edits) / _STEP) * _STEP)
    rule = words.format(a=a[:_QUOTED], b=b[:_QUOTED], n=n)
    if code in {SignCode.FORMAL, SignCode.INFORMAL}:
        return [Piece(field=VoiceField.FORMALITY, items=[rule])]
    if code is SignCode.WORD_REPLACED:
        return [
            Piece(field=VoiceField.AVOID, items=[a.casefold()]),
            Piece(field=VoiceField.RULES, items=[rule]),
        ]
    return [Piece(field=VoiceField.RULES, items=[rule])]


def missing(voice: BrandVoice, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the part of ``pieces`` that the voice does not hold yet."""
    left: list[Piece] = []
    for piece in pieces:
        known = {item.casefold() for item in voice_fields.entries(voice, piece.field)}
        new = [item for item in piece.items if item.casefold() not in known]
        if new:
            left.append(piece.model_copy(update={"items": new}))
    return left


def applied(voice: BrandVoice, pieces: Sequence[Piece]) -> BrandVoice:
    """Return the voice with the pieces in it. Raises ``VoiceInputError``."""
    for piece in pieces:
        voice = voice_proposal.applied(voice, piece)
    return voice


def taken_back(voice: BrandVoice, added: Sequence[Piece], before: dict[str, str]) -> BrandVoice:
    """Return the voice without what was added; a text that is still ours becomes what it was ``before``."""
    for piece in added:
        present = voice_fields.entries(voice, piece.field)
        if piece.field in TEXTS:
            if present == piece.items:
                old = before.get(piece.field.value)
                cleared = voice_fields.cleared(voice, piece.field)
                voice = voice_fields.added(cleared, piece.field, [old]) if old else cleared
            continue
        for item in piece.items:
            if item in present:
                voice = voice_fields.removed(voice, piece.field, voice_fields.mark_of(item))
    return voice


def _said(key: str, edits: Sequence[Edit]) -> tuple[str, str]:
    """Return the words that the sign's value stands for, in the form in which they occur most often."""
    seen: Counter[tuple[str, ...]] = Counter()
    for edit in edits:
        seen.update(sign.said for sign in signs_of(edit.before, edit.after) if sign.key == key)
    if not seen:
        return "", ""
    ((most, _),) = seen.most_common(1)
    return (most[0] if most else ""), (most[1] if len(most) > 1 else "")
