"""Is what the owner types for the voice understood, and is what cannot be used refused with a reason?"""

import pytest

from core.errors import Stale
from core.products import voice_fields
from core.products.voice import BrandVoice, Vocabulary
from core.products.voice_fields import LIMITS, LISTS, VoiceField, entries, mark_of


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("спокойный, с иронией,дотошный", ["спокойный", "с иронией", "дотошный"]),
        ("one; two ;three", ["one", "two", "three"]),
        ("• one\n- two, still two\n\n3. three", ["one", "two, still two", "three"]),
        ("«сделано с любовью, для вас», доброе утро", ["сделано с любовью, для вас", "доброе утро"]),
        ('"a, b", “c, d”', ["a, b", "c, d"]),
        ("one, One, ONE , two", ["one", "two"]),
        ("5-й элемент", ["5-й элемент"]),
        ("say «no, thanks» to it", ["say «no", "thanks» to it"]),
        (", one,, ", ["one"]),
    ],
)
def test_lists_are_read(typed: str, expected: list[str]) -> None:
    assert voice_fields.read(VoiceField.PREFERRED, typed) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("🌟✨ 🔮", ["🌟", "✨", "🔮"]), ("👨‍👩‍👧, 🇷🇺;1️⃣", ["👨‍👩‍👧", "🇷🇺", "1️⃣"]), ("❤️\n❤️", ["❤️"])],
)
def test_emoji_are_read_as_they_are_seen(typed: str, expected: list[str]) -> None:
    assert voice_fields.read(VoiceField.EMOJI, typed) == expected


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        (VoiceField.PREFERRED, " , ; ", voice_fields.NothingTyped),
        (VoiceField.EMOJI, "🌟 star", voice_fields.NotEmoji),
        (VoiceField.EMOJI, ", ", voice_fields.NothingTyped),
        (VoiceField.PERSONALITY, "x" * 61, voice_fields.TooLong),
        (VoiceField.LANGUAGE, "x" * 41, voice_fields.TooLong),
        (VoiceField.TONE, "x" * 1001, voice_fields.TooLong),
        (VoiceField.MUST_SAY, "1,2,3,4,5,6", voice_fields.TooMany),
    ],
)
def test_what_cannot_be_used_is_refused(
    field: VoiceField, typed: str, error: type[voice_fields.VoiceInputError]
) -> None:
    with pytest.raises(error):
        voice_fields.read(field, typed)


@pytest.mark.parametrize("field", sorted(LISTS))
def test_a_list_grows_shrinks_and_is_cleared(field: VoiceField) -> None:
    voice = voice_fields.added(BrandVoice(), field, ["a", "b"])
    voice = voice_fields.added(voice, field, ["B", "c"])
    assert entries(voice, field) == ["a", "b", "c"]
    voice = voice_fields.removed(voice, field, mark_of("b"))
    assert entries(voice, field) == ["a", "c"]
    with pytest.raises(Stale):
        voice_fields.removed(voice, field, mark_of("b"))
    assert voice_fields.cleared(voice, field) == BrandVoice()
    assert BrandVoice.model_validate(voice.stored()) == voice


def test_a_list_stops_at_its_limit_and_an_imported_one_beyond_it_can_shrink() -> None:
    most = LIMITS[VoiceField.MUST_SAY].entries
    voice = BrandVoice(must_say=[str(number) for number in range(most)])
    with pytest.raises(voice_fields.TooMany) as error:
        voice_fields.added(voice, VoiceField.MUST_SAY, ["x"])
    assert error.value.params == {"n": most + 1, "limit": most}
    beyond = BrandVoice(must_say=[str(number) for number in range(most + 3)])
    assert voice_fields.added(beyond, VoiceField.MUST_SAY, ["1"]) == beyond
    assert len(voice_fields.removed(beyond, VoiceField.MUST_SAY, mark_of("1")).must_say) == most + 2


def test_a_text_is_replaced() -> None:
    voice = voice_fields.added(BrandVoice(formality="old"), VoiceField.FORMALITY, ["new"])
    assert voice.formality == "new"
    assert voice_fields.cleared(voice, VoiceField.FORMALITY).formality is None


def test_examples_are_kept_by_kind() -> None:
    voice = voice_fields.with_example(BrandVoice(), "question", " Why?\n\nBecause. ")
    assert voice.tone_examples == {"question": "Why?\n\nBecause."}
    assert voice_fields.removed(voice, VoiceField.TONE, mark_of("question")) == BrandVoice()
    full = BrandVoice(tone_examples={str(number): "x" for number in range(LIMITS[VoiceField.TONE].entries)})
    assert voice_fields.with_example(full, "1", "y").tone_examples["1"] == "y"
    with pytest.raises(voice_fields.TooMany):
        voice_fields.with_example(full, "new", "y")
    with pytest.raises(voice_fields.NothingTyped):
        voice_fields.with_example(full, "1", "  ")


def test_the_same_words_are_not_both_wanted_and_unwanted() -> None:
    voice = BrandVoice(vocabulary=Vocabulary(preferred=["Tea"]))
    for field in (VoiceField.AVOID, VoiceField.NEVER_SAY):
        with pytest.raises(voice_fields.Contradiction):
            voice_fields.added(voice, field, ["tea"])
    assert voice_fields.added(voice, VoiceField.MUST_SAY, ["tea"]).must_say == ["tea"]
