"""Do products get usable slugs, and does the voice keep its form?"""

import pytest

from core.errors import InvalidInput
from core.products import service
from core.products.voice import BrandVoice, Vocabulary
from core.runtime import Runtime


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Лунный щит", "lunnyy-shchit"),
        ("  Café №1! ", "cafe-no1"),
        ("🌟", ""),
        ("A" * 300, "a" * 100),
        ("Ёлка", "elka"),
    ],
)
def test_slugs(name: str, slug: str) -> None:
    assert service.slug_of(name) == slug


async def test_the_same_name_gets_another_slug(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        slugs = [(await service.create(session, name="Душа")).slug for _ in range(3)]
    assert slugs == ["dusha", "dusha-2", "dusha-3"]


async def test_a_taken_or_wrong_slug_is_refused(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await service.create(session, name="One", slug="one")
        for slug in ("one", "Two", "-x", "a/b"):
            with pytest.raises(InvalidInput):
                await service.create(session, name="Other", slug=slug)


async def test_a_new_product_has_the_data_models_empty_voice(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        product = await service.create(session, name="<b>Name</b>")
    assert product.brand_voice == {
        "personality": [], "vocabulary": {"preferred": [], "avoid": []}, "tone_examples": {}, "emoji_set": [],
    }  # fmt: skip
    voice = BrandVoice(vocabulary=Vocabulary(avoid=["moon"]), must_say=["soul"])
    assert BrandVoice.model_validate(voice.stored()) == voice
