"""Every kind of edit becomes a change of the voice that can be said, in both languages."""

from dataclasses import dataclass

import pytest

from core.learning import rules
from core.learning.signs import SignCode, signs_of
from core.products.voice import BrandVoice
from core.products.voice_fields import VoiceField
from tests.core.learning.test_signs import CASES


@dataclass
class Edit:
    before: str
    after: str


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize(("before", "after", "keys"), CASES)
def test_every_sign_becomes_pieces_that_the_voice_takes(
    before: str, after: str, keys: set[str], language: str
) -> None:
    edits = [Edit(before, after)] * 5
    for key in keys:
        pieces = rules.pieces_for(key, edits, language)
        assert pieces
        assert all(item.strip() and "{" not in item for piece in pieces for item in piece.items)
        voice = rules.applied(BrandVoice(), pieces)
        assert rules.missing(voice, pieces) == []
        assert rules.taken_back(voice, pieces, {}) == BrandVoice()


def test_both_languages_say_every_kind() -> None:
    by_themselves = {SignCode.EMOJI_ADDED, SignCode.WORD_REMOVED}
    said = {code.value for code in SignCode} - {code.value for code in by_themselves}
    for language in ("ru", "en"):
        assert set(rules._wording()[language]) == said


def test_the_most_frequent_form_of_a_word_is_the_one_that_is_said() -> None:
    forms = ["уникальная", "уникальный", "уникальный"]
    edits = [Edit(f"Это {form} вещь для вас", "Это вещь для вас") for form in forms]
    (key,) = {sign.key for edit in edits for sign in signs_of(edit.before, edit.after)}
    (piece,) = rules.pieces_for(key, edits, "ru")
    assert (piece.field, piece.items) == (VoiceField.AVOID, ["уникальный"])


def test_a_length_is_the_usual_one_after_the_edit() -> None:
    edits = [Edit("x" * 900, "x" * n) for n in (310, 340, 350, 360, 700)]
    (piece,) = rules.pieces_for("shorter", edits, "en")
    assert piece.items == ["Write shorter: about 350 characters."]
