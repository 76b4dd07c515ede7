"""Can own templates be changed, copied and taken away, and system ones only copied?"""

import uuid
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from core.content import service as content
from core.content import templated
from core.errors import InvalidInput, NotFound, Stale
from core.products import service as products
from core.runtime import Runtime
from core.templates import editing, listing, service, variables
from core.templates.kinds import PostKind
from core.templates.listing import Source
from core.templates.models import Template
from core.templates.structure import Structure


async def _own(
    session: AsyncSession, product_id: uuid.UUID | None, name: str = "own", **fields: Any
) -> Template:
    return await service.create(
        session,
        product_id=product_id,
        name=name,
        content_type="recap",
        structure={"body": "{a} and {b}"},
        **fields,
    )


async def _system(session: AsyncSession) -> Template:
    found = await service.by_key(session, "announcement", "en")
    assert found is not None
    return found


async def test_the_list_is_narrowed_and_paged(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        mine = await products.create(session, name="Mine")
        other = await products.create(session, name="Other")
        await _own(session, mine.id, "mine")
        await _own(session, other.id, "another's")
        await _own(session, None, "shared", language="ru")

        async def names(**wanted: object) -> list[str]:
            rows, total = await listing.page(session, product_id=mine.id, limit=99, **wanted)  # type: ignore[arg-type]
            assert total == len(rows)
            return [row.name for row in rows]

        everything = await names()
        assert everything[:2] == ["mine", "shared"]
        assert len(everything) == 22
        assert await names(source=Source.PRODUCT) == ["mine"]
        assert await names(source=Source.GLOBAL) == ["shared"]
        assert len(await names(source=Source.SYSTEM)) == 20
        assert len(await names(source=Source.SYSTEM, language="en")) == 10
        assert await names(source=Source.GLOBAL, language="en") == []
        assert await names(kind=PostKind.RECAP, language="en") == ["mine", "Recap"]
        for language, first in (("ru", "Анонс"), ("en", "Announcement")):
            shown = await names(source=Source.SYSTEM, reads=language)
            assert (len(shown), shown[0]) == (20, first)  # nothing is left out, what one can read comes first
        rows, total = await listing.page(session, product_id=None, offset=20, limit=8)
        assert (len(rows), total) == (1, 21)


async def test_fields_are_changed_one_by_one(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        template = await _own(session, None)
        await editing.change(session, template.id, name=" New ", description="About", language="ru")
        await editing.set_kind(session, template.id, PostKind.QUESTION.value)
        await editing.reshape(session, template.id, ai_hints="Be brief")
        await editing.switch_platform(session, template.id, "telegram", on=True)
        await editing.switch_platform(session, template.id, "telegram", on=True)
        assert (template.name, template.description, template.language) == ("New", "About", "ru")
        assert (template.category, template.content_type) == ("question", "question")
        assert template.platforms == ["telegram"]
        assert template.structure == {"body": "{a} and {b}", "ai_hints": "Be brief"}
        with pytest.raises(InvalidInput):
            await editing.change(session, template.id, name=" ")
        with pytest.raises(NotFound):
            await editing.change(session, uuid.uuid4(), name="x")


async def test_a_thread_and_back_loses_no_word(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        template = await _own(session, None)
        await editing.reshape(session, template.id, **editing.shape("one {a}\n---\ntwo {b}", thread=True))
        structure = Structure.model_validate(template.structure)
        assert structure.texts == ("one {a}", "two {b}")
        assert structure.variables == ["a", "b"]
        assert editing.typed(structure) == "one {a}\n---\ntwo {b}"
        await editing.set_format(session, template.id, thread=False)
        structure = Structure.model_validate(template.structure)
        assert structure.texts == ("one {a}\n\ntwo {b}",)
        await editing.set_format(session, template.id, thread=True)
        await editing.set_format(session, template.id, thread=True)
        assert Structure.model_validate(template.structure).texts == ("one {a}\n\ntwo {b}",)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Hello {the title}", "template-variable"),
        ("{1st}", "template-variable"),
        ("  \n---\n ", "template-empty"),
        (" ".join(f"{{v{number}}}" for number in range(21)), "template-variables"),
    ],
)
def test_a_text_that_cannot_be_is_told(text: str, reason: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        editing.shape(text, thread=True)
    assert caught.value.params["reason"] == reason


def test_variables_are_those_somebody_has_to_fill_in() -> None:
    text = "{emoji?} **{title}** {product.name} {items.0} {title} {{not this}} {must_say}"
    assert variables.of_texts([text]) == ["title", "items.0"]
    assert variables.misspelt(text) == []
    assert variables.without_marks(r"{first\_name} a\_b") == r"{first_name} a\_b"
    only_named = Structure(variables=["title", "text"])
    assert variables.asked(only_named) == ["title", "text"]


async def test_system_templates_are_only_copied(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Mine")
        system = await _system(session)
        before = dict(system.structure)
        for attempt in (
            editing.change(session, system.id, name="x"),
            editing.reshape(session, system.id, ai_hints="x"),
            editing.delete(session, system.id),
        ):
            with pytest.raises(Stale):
                await attempt
        copy = await editing.copy(session, system.id, name="Mine now", product_id=product.id)
        assert not copy.is_system
        assert copy.key is None
        assert (copy.product_id, copy.language, copy.structure) == (product.id, "en", before)
        with pytest.raises(Stale):
            await editing.copy(session, system.id, name="Mine now", product_id=product.id)
        await editing.change(session, copy.id, name="Changed")
        assert system.name == "Announcement"
        assert await editing.free_name(session, ["Changed", "free", "last"], product.id) == 1
        assert await editing.free_name(session, ["Changed"], product.id) == 0


async def test_what_was_made_from_a_template_outlives_it(runtime: Runtime) -> None:
    async with runtime.unit_of_work() as session:
        product = await products.create(session, name="Mine")
        template = await _own(session, product.id)
        draft = await content.create_draft(
            session, product_id=product.id, text="Text", template_id=template.id
        )
        assert await templated.count(session, template.id) == 1
        await editing.delete(session, template.id)
        await session.refresh(draft)
        assert (draft.template_id, draft.original_text) == (None, "Text")
        with pytest.raises(NotFound):
            await editing.delete(session, template.id)
