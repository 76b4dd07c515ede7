"""The voice: every field shown and edited one by one, and nothing lost on bad input."""

import asyncio

import pytest

from bot.screens.home.callbacks import Language, SetLanguage
from core.products import service as products
from core.products.models import Product
from core.products.voice import BrandVoice
from core.runtime import Runtime
from tests.bot.person import Person
from tests.bot.telegram import buttons_of
from tests.bot.voice_steps import open_voice, voice_of


@pytest.mark.parametrize(
    ("label", "typed", "read"),
    [
        ("Personality", "calm, wry", lambda v: v.personality == ["calm", "wry"]),
        (
            "Favourite words",
            "steep\nleaf, whole",
            lambda v: v.vocabulary.preferred == ["steep", "leaf, whole"],
        ),
        ("Words to avoid", "cheap", lambda v: v.vocabulary.avoid == ["cheap"]),
        ("Emoji", "🍵✨", lambda v: v.emoji_set == ["🍵", "✨"]),
        ("Always says", "«Tea, please»", lambda v: v.must_say == ["Tea, please"]),
        ("Never says", "hurry", lambda v: v.never_say == ["hurry"]),
    ],
)
async def test_lists_are_added_to_shown_reduced_and_cleared(
    owner: Person, product: Product, runtime: Runtime, label: str, typed: str, read: object
) -> None:
    await open_voice(owner)
    await owner.taps(label)
    await owner.taps("Add")
    await owner.says(typed)
    assert "Saved" in owner.text
    assert callable(read)
    assert read(await voice_of(runtime, product))
    field = owner.screen
    first = next(text for text in owner.labels if text.startswith("✖️"))
    await owner.taps(first)
    await owner.taps(first, on=field)  # gone already
    assert "nothing was done" in owner.text
    await owner.taps(label)
    await owner.taps("Add")
    await owner.says(typed)
    await owner.taps("Clear")
    assert "go" in owner.text
    await owner.taps("Clear")
    assert "Nothing here yet" in owner.text
    assert await voice_of(runtime, product) == BrandVoice()


async def test_bad_input_changes_nothing_and_the_question_waits_on(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await open_voice(owner)
    await owner.taps("Emoji")
    await owner.taps("Add")
    for typed, said in (("🍵 tea", "is not an emoji"), (" , ", "nothing here"), ("🍵" * 3000, "Too long")):
        await owner.says(typed)
        assert said in owner.text
    await owner.sends_photo()
    assert "need text" in owner.text
    await owner.says("🍵")
    assert (await voice_of(runtime, product)).emoji_set == ["🍵"]
    await owner.taps("Add")
    await owner.taps("Cancel")
    await owner.taps("‹ Back")
    await owner.taps("Personality")
    await owner.taps("Add")
    await owner.says(", ".join(f"trait {n}" for n in range(13)))
    assert "That makes 13, and 12 fit" in owner.text
    await owner.says("x" * 61)
    assert "the limit is 60" in owner.text
    assert (await voice_of(runtime, product)).personality == []


async def test_a_contradiction_is_named(owner: Person, product: Product, runtime: Runtime) -> None:
    await open_voice(owner)
    await owner.taps("Always says")
    await owner.taps("Add")
    await owner.says("leaf")
    await owner.taps("‹ Back")
    await owner.taps("Never says")
    await owner.taps("Add")
    await owner.says("LEAF")
    assert "already under “Always says”" in owner.text
    assert (await voice_of(runtime, product)).never_say == []


async def test_language_and_formality_are_chosen_or_written(
    owner: Person, product: Product, runtime: Runtime
) -> None:
    await open_voice(owner)
    await owner.taps("Language")
    await owner.taps("Russian")
    assert (await voice_of(runtime, product)).language == "ru"
    await owner.taps("own words")
    await owner.says("  British   English ")
    assert (await voice_of(runtime, product)).language == "British English"
    await owner.taps("Clear")
    await owner.taps("‹ Back")
    await owner.taps("Formality")
    await owner.taps("Warm and plain")
    voice = await voice_of(runtime, product)
    assert (voice.language, voice.formality) == (None, "Warm and plain")


async def test_examples_are_written_by_kind(owner: Person, product: Product, runtime: Runtime) -> None:
    await open_voice(owner)
    await owner.taps("Examples")
    await owner.taps("➕ Question")
    await owner.taps("Write")
    await owner.says("x" * 1001)
    assert "the limit is 1,000" in owner.text
    await owner.says("Which tea\ntoday?")
    assert "Which tea" in owner.text
    assert (await voice_of(runtime, product)).tone_examples == {"question": "Which tea\ntoday?"}
    await owner.taps("Replace")
    await owner.says("Green or black?")
    await owner.taps("‹ Back")
    assert "✅ Question" in owner.labels
    await owner.taps("✅ Question")
    await owner.taps("Remove")
    assert (await voice_of(runtime, product)).tone_examples == {}


async def test_an_edit_elsewhere_meanwhile_is_kept(owner: Person, product: Product, runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await products.change_voice(
            session, product.id, lambda voice: voice.model_copy(update={"personality": ["a", "b", "c"]})
        )
    await open_voice(owner)
    await owner.taps("Personality")
    field = owner.screen
    await asyncio.gather(*(owner.taps(f"✖️ {entry}", on=field) for entry in "abc"))
    assert await voice_of(runtime, product) == BrandVoice()


async def test_every_button_leads_somewhere_in_both_languages(owner: Person, product: Product) -> None:
    for _ in range(2):
        await owner.says("/products")
        await owner.taps("Tea & Co")
        await owner.taps("🗣")
        screen = owner.screen
        for label, data in buttons_of(screen.reply_markup):
            await owner.taps_data(data, screen)
            assert owner.labels, label
        await owner.says("/start")
        await owner.taps_data(SetLanguage(language=Language.RU).pack(), owner.screen)
