"""Is every change a version, and is approval of exactly one version?"""

import asyncio

import pytest
from sqlalchemy import text

from core.content import service
from core.content.models import Content, ContentStatus
from core.errors import NotFound, Stale
from core.ids import new_id
from core.platforms.base import MediaItem, MediaKind
from core.products import service as products
from core.runtime import Runtime

PHOTO = MediaItem(MediaKind.IMAGE, "media://" + "a" * 64 + ".jpg", alt="A cat")


async def _draft(runtime: Runtime, says: str = "Hello") -> Content:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Тестовый продукт")
        return await service.create_draft(session, product_id=product.id, text=says)


async def _approve(runtime: Runtime, content: Content, version: int) -> bool:
    async with runtime.unit_of_work() as session:
        return await service.approve(session, content.id, version=version, now=runtime.clock.now())


async def test_ten_taps_at_once_are_one_approval(runtime: Runtime) -> None:
    content = await _draft(runtime)
    first = await asyncio.gather(*(_approve(runtime, content, 1) for _ in range(10)))
    assert sorted(first) == [False] * 9 + [True]


async def test_an_old_button_does_not_approve_an_edited_text(runtime: Runtime) -> None:
    content = await _draft(runtime)
    async with runtime.unit_of_work() as session:
        await service.edit(session, content.id, expected_version=1, text="Changed")
    with pytest.raises(Stale):
        await _approve(runtime, content, 1)
    assert await _approve(runtime, content, 2)


async def test_an_edit_takes_the_approval_away(runtime: Runtime) -> None:
    content = await _draft(runtime)
    await _approve(runtime, content, 1)
    async with runtime.unit_of_work() as session:
        edited = await service.edit(session, content.id, expected_version=1, text="Changed")
    assert (edited.status, edited.approved_version, edited.version) == (ContentStatus.DRAFT, None, 2)


async def test_two_edits_of_the_same_version_keep_the_first(runtime: Runtime) -> None:
    content = await _draft(runtime)

    async def edit(says: str) -> object:
        async with runtime.unit_of_work() as session:
            return await service.edit(session, content.id, expected_version=1, text=says)

    results = await asyncio.gather(edit("one"), edit("two"), return_exceptions=True)
    assert sum(isinstance(result, Stale) for result in results) == 1


async def test_every_version_is_kept_and_can_be_restored(runtime: Runtime) -> None:
    content = await _draft(runtime, "First")
    async with runtime.unit_of_work() as session:
        await service.edit(session, content.id, expected_version=1, media=[PHOTO])
    async with runtime.unit_of_work() as session:
        await service.edit(session, content.id, expected_version=2, text="Second", media=[])
    async with runtime.unit_of_work() as session:
        restored = await service.restore(session, content.id, expected_version=3, version=2)
    assert (restored.original_text, restored.version) == ("First", 4)
    assert restored.media == [{"type": "image", "url": PHOTO.url, "alt": "A cat"}]
    async with runtime.unit_of_work() as session:
        assert (await service.version_of(session, content.id, 4)).media == restored.media


async def test_a_row_written_by_hand_keeps_its_first_text_too(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="By hand")
        statement = text(
            "INSERT INTO content (product_id, original_text) VALUES (:product, 'By hand') RETURNING id"
        )
        content_id = await session.scalar(statement, {"product": product.id})
        await service.edit(session, content_id, expected_version=1, text="Changed")
    async with runtime.unit_of_work() as session:
        assert (await service.version_of(session, content_id, 1)).original_text == "By hand"


async def test_a_rejected_draft_is_put_away(runtime: Runtime) -> None:
    content = await _draft(runtime)
    async with runtime.unit_of_work() as session:
        await service.reject(session, content.id, version=1)
    with pytest.raises(Stale):
        await _approve(runtime, content, 1)
    async with runtime.unit_of_work() as session:
        assert await service.count_drafts(session) == 0


async def test_numbers_find_drafts(runtime: Runtime) -> None:
    content = await _draft(runtime)
    async with runtime.unit_of_work() as session:
        assert (await service.by_number(session, content.number)).id == content.id
        with pytest.raises(NotFound):
            await service.by_number(session, content.number + 1)
        with pytest.raises(NotFound):
            await service.get(session, new_id())
