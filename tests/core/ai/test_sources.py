"""What counts as said by the owner, and what stays made up however often the draft is edited?"""

import pytest

from core.ai import reviewing, sources
from core.ai.checks.given import Given
from core.content import service as contents
from core.content.models import Content
from core.content.rendering import render
from core.products.models import Product
from core.runtime import Runtime


async def _draft(runtime: Runtime, product: Product, text: str, **fields: str) -> Content:
    async with runtime.unit_of_work() as session:
        return await contents.create_draft(session, product_id=product.id, text=text, **fields)  # type: ignore[arg-type]


async def _edit(runtime: Runtime, draft: Content, text: str, **fields: str) -> Content:
    async with runtime.unit_of_work() as session:
        return await contents.edit(
            session,
            draft.id,
            expected_version=draft.version,
            text=text,
            **fields,  # type: ignore[arg-type]
        )


async def _flagged(runtime: Runtime, draft: Content) -> list[str]:
    async with runtime.unit_of_work() as session:
        review = await reviewing.load(session, draft.id)
        row = await contents.get(session, draft.id)
        rendering = render(row, runtime.platforms["telegram"], {})
    return [finding.value for finding in review.look(rendering)]


async def test_the_owners_own_text_and_edits_are_given(runtime: Runtime, product: Product) -> None:
    draft = await _draft(runtime, product, "Нас 500, #чай")
    draft = await _edit(runtime, draft, "Нас 500, а в среду 600, #чай #мята")
    assert await _flagged(runtime, draft) == []


async def test_what_ai_wrote_is_not_given_by_being_there(runtime: Runtime, product: Product) -> None:
    draft = await _draft(runtime, product, "Чай", idea="Чай")
    draft = await _edit(runtime, draft, "Чай за 500 ₽", reason="regenerated", made_by="ai")
    draft = await _edit(runtime, draft, "Хороший чай за 500 ₽, скидка 7%", made_by="owner")
    assert await _flagged(runtime, draft) == ["500 ₽"]


@pytest.mark.parametrize(("made_by", "flagged"), [("ai", ["500"]), ("owner", []), ("template", [])])
async def test_who_made_the_first_version(
    runtime: Runtime, product: Product, made_by: str, flagged: list[str]
) -> None:
    draft = await _draft(runtime, product, "Нас 500", made_by=made_by)
    assert await _flagged(runtime, draft) == flagged


async def test_wishes_are_kept_with_the_draft(runtime: Runtime, product: Product) -> None:
    draft = await _draft(runtime, product, "Чай", idea="Чай")
    draft = await _edit(runtime, draft, "Чай за 300 ₽", reason="regenerated", made_by="ai")
    assert await _flagged(runtime, draft) == ["300 ₽"]
    async with runtime.unit_of_work() as session:
        await sources.remember(session, draft.id, ["добавь цену: 300 рублей", "  "])
    assert await _flagged(runtime, draft) == []


async def test_an_own_text_for_one_platform_is_the_owners_too(runtime: Runtime, product: Product) -> None:
    draft = await _draft(runtime, product, "Чай", idea="Чай")
    async with runtime.unit_of_work() as session:
        adapted = {"telegram": {"text": "Чай, 2 декабря"}}
        draft = await contents.edit(session, draft.id, expected_version=draft.version, adapted=adapted)
    assert await _flagged(runtime, draft) == []


async def test_the_product_and_its_examples_are_given(runtime: Runtime, product: Product) -> None:
    async with runtime.unit_of_work() as session:
        row = await session.get_one(Product, product.id)
        row.description = "С 2019 года, сайт nota.app"
    draft = await _draft(runtime, product, "Чай", idea="Чай")
    draft = await _edit(runtime, draft, "С 2019-го: nota.app", reason="regenerated", made_by="ai")
    assert await _flagged(runtime, draft) == []


def test_nothing_said_is_nothing_given() -> None:
    assert Given.of([]).readings == frozenset()
