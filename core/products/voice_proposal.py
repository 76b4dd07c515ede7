"""What of a proposed voice is new? Pieces, each of which the owner takes, changes or leaves by itself."""

import json

from pydantic import BaseModel, ConfigDict

from core.products import voice_fields
from core.products.voice import BrandVoice
from core.products.voice_fields import TEXTS, VoiceField


class Piece(BaseModel):
    """New entries of one field, or its new text; for an example, the kind of post it shows."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    field: VoiceField
    items: list[str]
    kind: str = ""

    @property
    def mark(self) -> int:
        """A number that names this piece with its very words on a button."""
        return voice_fields.mark_of(json.dumps([self.field.value, self.kind, self.items]))


def pieces_of(present: BrandVoice, proposed: BrandVoice) -> list[Piece]:
    """Return what ``proposed`` would add to or change in ``present``, in the order of the fields."""
    pieces: list[Piece] = []
    for field in VoiceField:
        if field is VoiceField.TONE:
            pieces += [
                Piece(field=field, items=[text], kind=kind)
                for kind, text in proposed.tone_examples.items()
                if present.tone_examples.get(kind) != text
            ]
            continue
        said = voice_fields.entries(proposed, field)
        known = {item.casefold() for item in voice_fields.entries(present, field)}
        new = [item for item in said if item.casefold() not in known]
        if new:
            pieces.append(Piece(field=field, items=new[:1] if field in TEXTS else new))
    return pieces


def corrected(piece: Piece, typed: str) -> Piece:
    """Return the piece with what the owner typed instead. Raises ``VoiceInputError``."""
    return piece.model_copy(update={"items": voice_fields.read(piece.field, typed)})


def applied(voice: BrandVoice, piece: Piece) -> BrandVoice:
    """Return the voice with the piece in it: lists grow, texts and examples are replaced. Raises ``VoiceInputError``."""
    if piece.field is VoiceField.TONE:
        return voice_fields.with_example(voice, piece.kind, piece.items[0])
    return voice_fields.added(voice, piece.field, piece.items)
