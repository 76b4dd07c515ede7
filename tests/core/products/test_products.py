"""Do products get usable slugs, and does the voice keep its form?"""

import asyncio
from functools import partial

import pytest

from core.errors import InvalidInput, NotFound, Stale
from core.ids import new_id
from core.products import service, voice_fields
from core.products.voice import BrandVoice, Vocabulary
from core.products.voice_fields import VoiceField
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


async def test_a_product_is_renamed_and_described(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        product = await service.create(session, name="One")
        await service.rename(session, product.id, "  Two \n words ")
        await service.describe(session, product.id, " What it is ")
    async with runtime.unit_of_work() as session:
        found = await service.get(session, product.id)
        assert (found.name, found.slug, found.description) == ("Two words", "one", "What it is")
        assert (await service.describe(session, product.id, "  ")).description is None
        for name in ("", " ", "x" * 256):
            with pytest.raises(InvalidInput):
                await service.rename(session, product.id, name)
        with pytest.raises(InvalidInput):
            await service.describe(session, product.id, "x" * 1001)
        with pytest.raises(NotFound):
            await service.rename(session, new_id(), "x")


async def test_a_product_is_paused_archived_and_comes_back_paused(runtime: Runtime) -> None:
    now = runtime.clock.now()
    async with runtime.unit_of_work() as session:
        one = (await service.create(session, name="One")).id
        await service.pause(session, one, now=now)
        with pytest.raises(Stale):
            await service.pause(session, one, now=now)
        await service.resume(session, one)
        with pytest.raises(Stale):
            await service.resume(session, one)
        await service.archive(session, one, now=now)
        for again in (service.archive(session, one, now=now), service.pause(session, one, now=now)):
            with pytest.raises(Stale):
                await again
        assert await service.list_active(session) == []
        assert (await service.count(session), await service.count(session, archived=True)) == (0, 1)
        assert [row.id for row in await service.list_page(session, archived=True)] == [one]
        await service.restore(session, one)
        with pytest.raises(Stale):
            await service.restore(session, one)
        with pytest.raises(NotFound):
            await service.restore(session, new_id())
    async with runtime.unit_of_work() as session:
        assert (await service.get(session, one)).paused_at == now


async def test_the_list_comes_in_pages(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        made = [(await service.create(session, name=f"P{number}")).id for number in range(5)]
        page = await service.list_page(session, offset=2, limit=2)
    assert [row.id for row in page] == sorted(made)[2:4]


async def test_two_edits_at_once_do_not_undo_each_other(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        product_id = (await service.create(session, name="One")).id

    async def add(number: int) -> None:
        change = partial(voice_fields.added, field=VoiceField.PREFERRED, new=[f"word {number}"])
        async with runtime.unit_of_work() as session:
            await service.change_voice(session, product_id, change)

    await asyncio.gather(*(add(number) for number in range(6)))
    async with runtime.unit_of_work() as session:
        voice = BrandVoice.of(await service.get(session, product_id))
    assert sorted(voice.vocabulary.preferred) == [f"word {number}" for number in range(6)]


async def test_a_refused_change_of_the_voice_saves_nothing(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        product_id = (await service.create(session, name="One", brand_voice=BrandVoice(must_say=["tea"]))).id
    change = partial(voice_fields.added, field=VoiceField.NEVER_SAY, new=["Tea"])
    with pytest.raises(voice_fields.Contradiction):
        async with runtime.unit_of_work() as session:
            await service.change_voice(session, product_id, change)
    async with runtime.unit_of_work() as session:
        assert BrandVoice.of(await service.get(session, product_id)) == BrandVoice(must_say=["tea"])
