"""Which templates are there? By where they come from, kind and language, by pages."""

import uuid
from enum import StrEnum

from sqlalchemy import ColumnElement, false, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from core.templates.models import Template


class Source(StrEnum):
    """Where a template comes from."""

    ALL = "all"
    SYSTEM = "system"  # shipped
    GLOBAL = "global"  # the owner's, for every product
    PRODUCT = "product"  # of one product


def source_of(template: Template) -> Source:
    """Return where the template comes from."""
    if template.is_system:
        return Source.SYSTEM
    return Source.GLOBAL if template.product_id is None else Source.PRODUCT


async def page(
    session: AsyncSession,
    *,
    product_id: uuid.UUID | None,
    source: Source = Source.ALL,
    kind: str | None = None,
    language: str | None = None,
    reads: str | None = None,
    offset: int = 0,
    limit: int = 8,
) -> tuple[list[Template], int]:
    """Return a page of what the product can use, its own first, and how many there are in all.

    With ``language`` those marked with another one are left out; those in another than the owner ``reads`` come last.
    """
    wanted: list[ColumnElement[bool]] = [_from(source, product_id)]
    if kind is not None:
        wanted.append(or_(Template.category == kind, Template.content_type == kind))
    if language is not None:
        wanted.append(or_(Template.language == language, Template.language.is_(None)))
    total = await session.scalar(select(func.count()).select_from(Template).where(*wanted)) or 0
    foreign = [func.coalesce(Template.language, reads) != reads] if reads else []
    query = (
        select(Template)
        .where(*wanted)
        .order_by(Template.product_id.is_(None), Template.is_system, *foreign, Template.name, Template.id)
        .offset(offset)
        .limit(limit)
    )
    return list(await session.scalars(query)), total


def _from(source: Source, product_id: uuid.UUID | None) -> ColumnElement[bool]:
    shared = Template.product_id.is_(None)
    own = Template.product_id == product_id if product_id is not None else false()
    match source:
        case Source.SYSTEM:
            return Template.is_system.is_(True)
        case Source.GLOBAL:
            return shared & ~Template.is_system
        case Source.PRODUCT:
            return own
        case _:
            return shared | own
