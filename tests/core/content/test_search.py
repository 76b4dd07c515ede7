"""Is a post found by any form of its words, by their beginnings, by its number, and never by accident?"""

import uuid
from collections.abc import Sequence

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.content import search, service
from core.content.models import ContentStatus, Search
from core.content.search import FoundPage
from core.errors import Stale
from core.products import service as products
from core.runtime import Runtime

CHAT = 1001
TEXTS = (
    "Мы **выпустили** зелёный чай «Улун» — скидки до 15 марта!",
    "Running shoes for early birds: https://example.com/shop/oolong?x=1",
    "Пишите @tea_house или на hello@tea-shop.example, номер 4096",
    "Чайник со скидкой. 'Quoted' & (odd) | text:* <-> \\ \" % _",
)


async def _made(session: AsyncSession, texts: Sequence[str] = TEXTS) -> uuid.UUID:
    product = await products.create(session, name="Tea & Co")
    for text in texts:
        await service.create_draft(session, product_id=product.id, text=text)
    return product.id


async def _found(session: AsyncSession, said: str, **filters: object) -> FoundPage:
    begun = await search.start(session, CHAT, said)
    for name, value in filters.items():
        setattr(begun, name, value)
    return await search.find(session, begun)


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("чаем", [1]),  # another form: «чай», not «чайник»
        ("скидкам", [1, 4]),
        ("СКИДКА зеленая", [1]),
        ("зелёных", [1]),
        ("улун", [1]),
        ("run", [2]),
        ("runs shoe", [2]),
        ("runn", [2]),  # the beginning of a word that no stem has
        ("example.com/shop", [2]),
        ("https://example.com/shop/oolong", [2]),
        ("oolong", [2]),
        ("@tea_house", [3]),
        ("tea_house", [3]),
        ("hello@tea-shop.example", [3]),
        ("4096", [3]),
        ("#2", [2]),
        ("2", [2]),
        ("чайн", [4]),
        ("quoted odd", [4]),
        ("no such words", []),
        ("чай кофе", []),
        ("🎉 ? !", []),
        ("99999999999999999999999", []),
    ],
)
async def test_what_is_found(runtime: Runtime, said: str, numbers: list[int]) -> None:
    async with runtime.unit_of_work() as session:
        await _made(session)
        page = await _found(session, said)
        assert sorted(item.number for item in page.items) == numbers
        assert page.total == len(numbers)


@pytest.mark.parametrize(
    "said",
    [
        "'",
        "\\",
        "a & | !",
        "text:*",
        "чай:*ABD",
        "<->",
        "'; DROP TABLE content; --",
        "((",
        "\0x",
        "% _",
        "not",
        "и",
        "x" * 900,
    ],
)
async def test_signs_of_the_database_s_own_mean_nothing(runtime: Runtime, said: str) -> None:
    async with runtime.unit_of_work() as session:
        await _made(session)
        assert (await _found(session, said)).total >= 0


async def test_the_hit_is_marked_and_the_excerpt_is_around_it(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await _made(session, ["слово " * 60 + "здесь **скидки** и скидка дальше " + "слово " * 60])
        (item,) = (await _found(session, "скидкой")).items
    assert [piece.text for piece in item.excerpt if piece.hit] == ["скидки", "скидка"]
    text = "".join(piece.text for piece in item.excerpt)
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) < 250
    assert "**" not in text


async def test_a_headline_does_not_run_on_into_the_sentence_below_it(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await _made(session, ["**Скидки до пятницы**\n\nПриходите с друзьями.\nНальём чаю"])
        (item,) = (await _found(session, "скидки")).items
    shown = "".join(piece.text for piece in item.excerpt)
    assert shown == "Скидки до пятницы · Приходите с друзьями. Нальём чаю"


async def test_ideas_and_platforms_own_texts_are_looked_at_too(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Tea")
        draft = await service.create_draft(
            session,
            product_id=product.id,
            text="Text",
            idea="про самовары",
            adapted={"x": {"text": "for squirrels", "thread": ["one", "about hedgehogs"]}},
        )
        for said in ("самовар", "squirrel", "hedgehog"):
            (item,) = (await _found(session, said)).items
            assert item.content_id == draft.id
        (item,) = (await _found(session, "самовар")).items
        assert [piece.text for piece in item.excerpt if piece.hit] == ["самовары"]
        await service.edit(session, draft.id, expected_version=1, text="Other", adapted={})
        assert (await _found(session, "squirrel")).total == 0
        assert (await _found(session, "other")).total == 1


async def test_the_best_come_first_or_the_newest_and_filters_narrow(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        first = await _made(session, ["чай чай чай", "один раз чай среди многих других слов о другом"])
        second = await products.create(session, name="Other")
        await service.create_draft(session, product_id=second.id, text="ещё чай")
        assert next(iter((await _found(session, "чай")).items)).number == 1
        assert [item.number for item in (await _found(session, "чай", newest_first=True)).items] == [3, 2, 1]
        assert (await _found(session, "чай", product_id=first)).total == 2
        assert (await _found(session, "чай", status=ContentStatus.PUBLISHED)).total == 0
        assert (await _found(session, "чай", status=ContentStatus.DRAFT)).total == 3


async def test_a_number_comes_before_the_texts_that_hold_it(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        await _made(session, ["one", "two", "1 1 1 1"])
        assert [item.number for item in (await _found(session, "#1")).items] == [1, 3]


async def test_old_searches_are_forgotten_and_those_of_others_not_shown(
    runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_KEPT", 2)
    async with runtime.unit_of_work() as session:
        elsewhere = (await search.start(session, CHAT + 1, "x")).id
        ids = [(await search.start(session, CHAT, str(number))).id for number in range(3)]
        session.expire_all()
        with pytest.raises(Stale):
            await search.get(session, ids[0], CHAT)
        assert (await search.get(session, ids[1], CHAT)).said == "1"
        with pytest.raises(Stale):
            await search.get(session, elsewhere, CHAT)
        assert isinstance(await search.get(session, elsewhere, CHAT + 1), Search)


async def test_a_very_long_text_can_be_saved_and_is_found_by_its_beginning(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        long = "начало " + " ".join(f"слово{number}" for number in range(200_000))
        await _made(session, [long])
        assert (await _found(session, "начало")).total == 1
