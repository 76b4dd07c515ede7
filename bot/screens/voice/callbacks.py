"""Buttons of the voice screens. An entry is named by a number made from its words: a list may change meanwhile."""

import uuid
from typing import Annotated

from pydantic import Field

from bot.ui.callbacks import Callback
from bot.ui.pager import MAX_OFFSET
from core.products.voice_fields import VoiceField

Mark = Annotated[int, Field(ge=0, le=2**32 - 1)]


class AboutVoice(Callback, prefix="voice0"):
    """About one product's voice; the base of the other buttons, never sent itself."""

    product: uuid.UUID


class OpenVoice(AboutVoice, prefix="voice"):
    """Open the voice."""


class _OfField(AboutVoice, prefix="vfld0"):
    field: VoiceField


class OpenField(_OfField, prefix="vfld"):
    """Open one field, at ``offset`` of a long list."""

    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET)] = 0


class AskEntries(_OfField, prefix="vadd"):
    """Take the next message as entries of the field, or as its text."""


class RemoveEntry(_OfField, prefix="vrm"):
    """Take one entry away."""

    mark: Mark


class AskClear(_OfField, prefix="vclr"):
    """Ask whether to empty the field."""


class ClearField(_OfField, prefix="vclrx"):
    """Empty the field."""


class SetPreset(_OfField, prefix="vset"):
    """Take one of the offered values."""

    number: Annotated[int, Field(ge=0, le=9)]


class OpenExample(AboutVoice, prefix="vtone"):
    """Open the example of one kind of post."""

    mark: Mark


class AskExample(AboutVoice, prefix="vtoned"):
    """Take the next message as the example of this kind."""

    mark: Mark


class TryVoice(AboutVoice, prefix="vtry"):
    """Take the next message as a sentence to say in this voice."""


class CollectSamples(AboutVoice, prefix="vsmp"):
    """Take the next messages as sample posts."""


class DropSample(AboutVoice, prefix="vsmpx"):
    """Leave the newest sample out."""


class DropSamples(AboutVoice, prefix="vsmpxx"):
    """Begin collecting anew."""


class ReadSamples(AboutVoice, prefix="vread"):
    """Have AI read the voice from the samples."""


class Review(AboutVoice, prefix="vrev"):
    """Go on with what was read from the samples."""


class DropReview(AboutVoice, prefix="vrevx"):
    """Put away what is left of the proposal."""


class _OfPiece(AboutVoice, prefix="vpc0"):
    mark: Mark


class Accept(_OfPiece, prefix="vok"):
    """Take this piece of the proposal into the voice."""


class Skip(_OfPiece, prefix="vskip"):
    """Leave this piece out."""


class Correct(_OfPiece, prefix="vcor"):
    """Take the next message instead of this piece."""
