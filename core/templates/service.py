"""What can be done with templates?"""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from sqlalchemy import ColumnElement, case, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import InvalidInput, NotFound
from core.ids import new_id
from core.templates.models import Template
from core.templates.structure import Structure

NAME_LIMIT = 255  # characters


async def get(session: AsyncSession, template_id: uuid.UUID) -> Template:
    """Return the template. Raises ``NotFound``."""
    template = await session.get(Template, template_id)
    if template is None:
        raise NotFound("there is no such template", template_id=template_id)
    return template


async def list_for_product(
    session: AsyncSession, product_id: uuid.UUID, *, language: str | None = None
) -> list[Template]:
    """Return the product's own templates, then the global ones, by name.

    With ``language`` those marked with another language are left out.
    """
    query = select(Template).where(_within_reach(product_id)).order_by(*_nearest_first(), Template.name)
    if language is not None:
        query = query.where(_speaks(language))
    return list(await session.scalars(query))


async def by_key(session: AsyncSession, key: str, language: str) -> Template | None:
    """Return the system template called ``key`` in ``language``."""
    query = select(Template).where(Template.is_system, Template.key == key, Template.language == language)
    return await session.scalar(query)


async def best_for(session: AsyncSession, product_id: uuid.UUID, kind: str, language: str) -> Template | None:
    """Return the template to use for a ``kind`` of post.

    The product's own before a global one, a global one before a system one; among equals one marked with the
    language before one without, and the newest first.
    """
    query = (
        select(Template)
        .where(_within_reach(product_id), _speaks(language))
        .where(or_(Template.category == kind, Template.content_type == kind))
        .order_by(*_nearest_first(), Template.language.is_(None), Template.created_at.desc(), Template.id)
        .limit(1)
    )
    return await session.scalar(query)


async def create(
    session: AsyncSession,
    *,
    product_id: uuid.UUID | None,
    name: str,
    content_type: str,
    structure: Structure | Mapping[str, Any],
    category: str | None = None,
    description: str | None = None,
    platforms: Sequence[str] = (),
    language: str | None = None,
    template_id: uuid.UUID | None = None,
) -> Template:
    """Add a template; without a product it is global. Raises ``InvalidInput``.

    Where there is one with ``template_id`` already, this is a repetition, and that one is returned as it is.
    """
    if template_id is not None and (made := await session.get(Template, template_id)) is not None:
        return made
    name = checked_name(name)
    checked = checked_structure(structure)
    template = Template(
        id=template_id or new_id(),
        product_id=product_id,
        name=name,
        description=description,
        category=category or content_type,
        content_type=content_type,
        platforms=list(platforms),
        structure=checked.model_dump(exclude_unset=True),
        language=language,
    )
    session.add(template)
    await session.flush()
    return template


def checked_name(name: str) -> str:
    """Return the name without white space around it. Raises ``InvalidInput``."""
    name = name.strip()
    if not 1 <= len(name) <= NAME_LIMIT:
        raise InvalidInput(f"a template's name has 1 to {NAME_LIMIT} characters")
    return name


def checked_structure(structure: Structure | Mapping[str, Any]) -> Structure:
    """Return the structure when a template can have it. Raises ``InvalidInput``."""
    try:
        checked = Structure.model_validate(structure)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(step) for step in first["loc"])
        raise InvalidInput(f"structure{'.' + where if where else ''}: {first['msg']}") from None
    if not any(checked.texts) and not checked.ai_hints:
        raise InvalidInput(
            "a template needs a text, variables or hints for the model", reason="template-empty"
        )
    return checked


def _within_reach(product_id: uuid.UUID) -> ColumnElement[bool]:
    return or_(Template.product_id == product_id, Template.product_id.is_(None))


def _speaks(language: str) -> ColumnElement[bool]:
    return or_(Template.language == language, Template.language.is_(None))


def _nearest_first() -> tuple[Any, ...]:
    return case((Template.product_id.is_not(None), 0), else_=1), Template.is_system
