"""Every screen about a voice, with difficult values; an import may have brought more than the screens let in."""

from collections.abc import Callable

from bot.i18n import Translator
from bot.screens.voice import review_view, view
from bot.screens.voice.words import kinds_of
from bot.ui.screen import Screen
from core.ai.notices import Notice
from core.products.voice import BrandVoice, Vocabulary
from core.products.voice_fields import VoiceField
from core.products.voice_proposal import Piece
from tests.bot.samples import ID, NAME

SCREENS: dict[str, Callable[[Translator], Screen]] = {}
_MANY = [f"<{n}>&" + "слово " * 60 for n in range(99)]
FULL = BrandVoice(
    personality=_MANY,
    vocabulary=Vocabulary(preferred=_MANY, avoid=_MANY),
    tone_examples=dict.fromkeys(["announcement", "celebration", *_MANY], "<i>&" * 2000),
    emoji_set=["🌟"] * 99,
    language="ru",
    formality="x" * 500,
    must_say=_MANY,
    never_say=_MANY,
    rules=_MANY,
)


def model(voice: BrandVoice = FULL, **changes: int) -> view.VoiceModel:
    """Return a voice as the screens know it."""
    return view.VoiceModel(product_id=ID, name=NAME, voice=voice, **changes)


def _field(voice: BrandVoice, field: VoiceField) -> Callable[[Translator], Screen]:
    return lambda t: view.one_field(model(voice), field, t, 40)


def _clear(field: VoiceField) -> Callable[[Translator], Screen]:
    return lambda t: view.ask_clear(model(), field, t)


SCREENS["voice"] = lambda t: view.overview(model(samples=3, learned=4), t)
SCREENS["voice empty"] = lambda t: view.overview(model(BrandVoice()), t)
SCREENS["voice with a proposal"] = lambda t: view.overview(model(pending=2), t)
for _one in VoiceField:
    SCREENS[f"voice {_one}"] = _field(FULL, _one)
    SCREENS[f"voice {_one} empty"] = _field(BrandVoice(), _one)
    SCREENS[f"voice {_one} clear?"] = _clear(_one)
SCREENS["voice example"] = lambda t: view.one_example(model(), "announcement", t)
SCREENS["voice example of another kind"] = lambda t: view.one_example(model(), kinds_of(FULL)[-1], t)
SCREENS["voice without example"] = lambda t: view.one_example(model(BrandVoice()), "thread", t)

_PIECES = [
    Piece(field=VoiceField.PERSONALITY, items=_MANY),
    Piece(field=VoiceField.EMOJI, items=["🌟", "✨"]),
    Piece(field=VoiceField.TONE, kind="question", items=["<b>" * 1000]),
    Piece(field=VoiceField.TONE, kind="announcement", items=["<b>" * 1000]),
    Piece(field=VoiceField.LANGUAGE, items=["en"]),
]


def _piece(one: Piece, voice: BrandVoice) -> Callable[[Translator], Screen]:
    return lambda t: review_view.piece(ID, one, voice, t, number=2, total=9)


def _failed(notice: Notice) -> Callable[[Translator], Screen]:
    return lambda t: review_view.trial_failed(ID, notice.value, t)


def _samples(n: int) -> Callable[[Translator], Screen]:
    return lambda t: review_view.samples(ID, [f"{number} <b>&" * 500 for number in range(n)], t)


for _number, _one_piece in enumerate(_PIECES):
    SCREENS[f"voice piece {_number}"] = _piece(_one_piece, FULL)
    SCREENS[f"voice piece {_number} new"] = _piece(_one_piece, BrandVoice())
for _notice in Notice:
    SCREENS[f"voice ai {_notice}"] = _failed(_notice)
for _count in (0, 1, 3, 10):
    SCREENS[f"voice samples {_count}"] = _samples(_count)
SCREENS["voice trial"] = lambda t: review_view.trial(ID, "<b>" * 200, "<i>&" * 2000, t)
SCREENS["voice trying"] = lambda t: review_view.working(ID, "voice-trying", t)
SCREENS["voice reading"] = lambda t: review_view.working(ID, "voice-reading", t)
