"""Is only what is new proposed, piece by piece, and does each piece change nothing but its own field?"""

import pytest

from core.products import voice_proposal
from core.products.voice import BrandVoice, Vocabulary
from core.products.voice_fields import NothingTyped, TooMany, VoiceField
from core.products.voice_proposal import Piece

PRESENT = BrandVoice(personality=["calm"], tone_examples={"question": "Why?"}, language="ru")


def test_only_what_is_new_is_proposed() -> None:
    proposed = BrandVoice(
        personality=["Calm", "wry"],
        vocabulary=Vocabulary(preferred=["leaf"]),
        tone_examples={"question": "Why?", "recap": "So it went."},
        language="ru",
        formality="plain",
    )
    pieces = voice_proposal.pieces_of(PRESENT, proposed)
    assert [(piece.field, piece.kind, piece.items) for piece in pieces] == [
        (VoiceField.PERSONALITY, "", ["wry"]),
        (VoiceField.PREFERRED, "", ["leaf"]),
        (VoiceField.TONE, "recap", ["So it went."]),
        (VoiceField.FORMALITY, "", ["plain"]),
    ]
    assert len({piece.mark for piece in pieces}) == len(pieces)
    voice = PRESENT
    for piece in pieces:
        voice = voice_proposal.applied(voice, Piece.model_validate(piece.model_dump(mode="json")))
    assert voice == proposed.model_copy(update={"personality": ["calm", "wry"]})
    assert voice_proposal.pieces_of(voice, proposed) == []


def test_a_piece_is_corrected_and_named_anew() -> None:
    piece = Piece(field=VoiceField.PERSONALITY, items=["wry"])
    changed = voice_proposal.corrected(piece, "dry, kind")
    assert (changed.items, changed.field) == (["dry", "kind"], VoiceField.PERSONALITY)
    assert changed.mark != piece.mark
    with pytest.raises(NothingTyped):
        voice_proposal.corrected(piece, ",")


def test_a_piece_that_does_not_fit_is_refused() -> None:
    full = BrandVoice(must_say=["1", "2", "3", "4", "5"])
    with pytest.raises(TooMany):
        voice_proposal.applied(full, Piece(field=VoiceField.MUST_SAY, items=["6"]))
