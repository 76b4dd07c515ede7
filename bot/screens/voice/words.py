"""How are the voice's fields and kinds of posts called, and which values are offered for them?"""

from collections.abc import Sequence

from bot.i18n import Translator
from core.products.voice import BrandVoice
from core.products.voice_fields import VoiceField, entries
from core.templates.kinds import PostKind

_LANGUAGES = ("ru", "en")
_FORMALITIES = 3
_KINDS = frozenset(PostKind)


def field_name(t: Translator, field: VoiceField) -> str:
    """Return what the field is called."""
    return t.label(f"voice-field-{field.value}")


def kind_name(t: Translator, kind: str) -> str:
    """Return what the kind of post is called; one that is not ours stands for itself."""
    return t.label(f"voice-kind-{kind}") if kind in _KINDS else kind


def kinds_of(voice: BrandVoice) -> list[str]:
    """Return the kinds that may have an example: ours, then those an import brought."""
    return [*(kind.value for kind in PostKind), *(kind for kind in voice.tone_examples if kind not in _KINDS)]


def shown(t: Translator, field: VoiceField, value: str) -> str:
    """Return an entry as it is shown: the codes of languages become their names."""
    if field is VoiceField.LANGUAGE and value in _LANGUAGES:
        return t.label(f"voice-preset-language-{_LANGUAGES.index(value)}")
    return value


def summary(t: Translator, voice: BrandVoice, field: VoiceField) -> str:
    """Return what the field holds on one line; empty when it holds nothing."""
    if field is VoiceField.TONE:
        return ", ".join(kind_name(t, kind) for kind in voice.tone_examples)
    joint = " " if field is VoiceField.EMOJI else ", "
    return joint.join(shown(t, field, item) for item in entries(voice, field))


def presets(t: Translator, field: VoiceField) -> Sequence[tuple[str, str]]:
    """Return label and value of what is offered for the field. How formal it is is kept in the owner's own words."""
    if field is VoiceField.LANGUAGE:
        return [(t.label(f"voice-preset-language-{n}"), code) for n, code in enumerate(_LANGUAGES)]
    if field is VoiceField.FORMALITY:
        labels = [t.label(f"voice-preset-formality-{n}") for n in range(_FORMALITIES)]
        return [(label, label) for label in labels]
    return []
