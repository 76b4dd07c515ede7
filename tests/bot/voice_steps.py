"""What do the tests of the voice do again and again? Open its screen, collect samples, look at what is saved."""

from typing import Any

from core.products import service as products
from core.products.models import Product
from core.products.voice import BrandVoice
from core.runtime import Runtime
from tests.bot.person import Person

SAMPLES = ["The leaf opens. 🍵 Tea waits.", "No hurry here 🍵 Tea waits.", "Why hurry? Tea waits."]
EMPTY: dict[str, Any] = {
    "personality": [], "preferred": [], "avoid": [], "tone_examples": [], "emoji_set": [], "language": "",
    "formality": "", "must_say": [], "never_say": [],
}  # fmt: skip
FORM = EMPTY | {
    "personality": ["calm", "patient"],
    "tone_examples": [{"kind": "question", "text": "Why hurry? Tea waits."}],
    "emoji_set": ["🍵"],
    "must_say": ["Tea waits"],
}


async def voice_of(runtime: Runtime, product: Product) -> BrandVoice:
    """Return the saved voice."""
    async with runtime.unit_of_work() as session:
        return BrandVoice.of(await products.get(session, product.id))


async def open_voice(owner: Person) -> None:
    """Go from anywhere to the voice of the product."""
    await owner.says("/products")
    await owner.taps("Tea & Co")
    await owner.taps("Voice")


async def collect(owner: Person, samples: list[str] = SAMPLES) -> None:
    """Forward sample posts, up to where they can be read."""
    await open_voice(owner)
    await owner.taps("Fill from sample posts")
    for sample in samples:
        await owner.forwards(sample)
