"""Which templates does a product see, and which one is used?"""

import uuid
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import InvalidInput, NotFound
from core.products import service as products
from core.runtime import Runtime
from core.templates import service
from core.templates.models import Template


async def _template(
    session: AsyncSession, product_id: uuid.UUID | None, name: str, **fields: Any
) -> Template:
    return await service.create(
        session,
        product_id=product_id,
        name=name,
        content_type="spotlight",
        structure={"body": name},
        **fields,
    )


async def test_the_nearest_template_is_used(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Nota")
        other = await products.create(session, name="Other")
        found = await service.best_for(session, product.id, "spotlight", "ru")
        assert found is not None
        assert (found.is_system, found.language) == (True, "ru")
        await _template(session, other.id, "of another product")
        shared = await _template(session, None, "global")
        assert await service.best_for(session, product.id, "spotlight", "ru") is shared
        await _template(session, product.id, "english", language="en")
        assert await service.best_for(session, product.id, "spotlight", "ru") is shared
        any_language = await _template(session, product.id, "own")
        assert await service.best_for(session, product.id, "spotlight", "ru") is any_language
        russian = await _template(session, product.id, "own, Russian", language="ru")
        assert await service.best_for(session, product.id, "spotlight", "ru") is russian
        assert await service.best_for(session, product.id, "no such kind", "ru") is None


async def test_a_product_sees_its_own_and_the_global_ones(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Nota")
        other = await products.create(session, name="Other")
        await _template(session, other.id, "of another product")
        await _template(session, None, "global")
        await _template(session, product.id, "own", language="ru")
        names = [row.name for row in await service.list_for_product(session, product.id, language="ru")]
        assert names[:2] == ["own", "global"]
        assert "of another product" not in names
        assert "Анонс" in names
        assert "Announcement" not in names
        everything = await service.list_for_product(session, product.id)
        assert len(everything) == 22


async def test_mistakes_are_told(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        with pytest.raises(InvalidInput, match="1 to 255"):
            await service.create(
                session, product_id=None, name=" ", content_type="x", structure={"body": "b"}
            )
        with pytest.raises(InvalidInput, match=r"structure\.format"):
            await service.create(
                session, product_id=None, name="n", content_type="x", structure={"format": "poem"}
            )
        with pytest.raises(InvalidInput, match="belong to the format"):
            await service.create(
                session, product_id=None, name="n", content_type="x", structure={"parts": ["a"]}
            )
        with pytest.raises(InvalidInput, match="needs a text"):
            await service.create(session, product_id=None, name="n", content_type="x", structure={})
        with pytest.raises(NotFound):
            await service.get(session, uuid.uuid4())
