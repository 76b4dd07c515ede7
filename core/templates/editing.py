"""How is a template changed, copied or taken away? System ones are only copied: an update would bring them back."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.content import templated
from core.errors import InvalidInput, NotFound, Stale
from core.templates import service, variables
from core.templates.models import Template
from core.templates.structure import Structure

TEXT_LIMIT = 8_000  # characters of a template's text, all parts together
HINTS_LIMIT = 2_000
DESCRIPTION_LIMIT = 500
_MOST_VARIABLES = 20
_BETWEEN_PARTS = "---"  # a line of its own between two parts of a thread


def shape(text: str, *, thread: bool) -> dict[str, Any]:
    """Return the part of a structure that a typed text makes. Raises ``InvalidInput`` that says what is wrong."""
    parts = parts_of(text) if thread else [text.strip()]
    wrong = variables.misspelt(text)
    if wrong:
        raise InvalidInput("a variable is one word", reason="template-variable", name=wrong[0])
    if not any(parts):
        raise InvalidInput("a template needs a text", reason="template-empty")
    names = variables.of_texts(parts)
    if len(names) > _MOST_VARIABLES:
        raise InvalidInput("too many variables", reason="template-variables", limit=_MOST_VARIABLES)
    texts: dict[str, Any] = {"parts": parts, "body": ""} if thread else {"body": parts[0], "parts": []}
    return {"format": "thread" if thread else "single", "variables": names} | texts


def parts_of(text: str) -> list[str]:
    """Return the parts of a thread, which lines of three dashes stand between."""
    parts: list[list[str]] = [[]]
    for line in text.splitlines():
        if line.strip() == _BETWEEN_PARTS:
            parts.append([])
        else:
            parts[-1].append(line)
    return [joined for part in parts if (joined := "\n".join(part).strip())]


def typed(structure: Structure) -> str:
    """Return the text as it is typed in: parts with lines of dashes between them."""
    return f"\n{_BETWEEN_PARTS}\n".join(structure.texts)


async def change(session: AsyncSession, template_id: uuid.UUID, **fields: Any) -> Template:
    """Set columns of an own template. Raises ``NotFound``, ``InvalidInput``, and ``Stale`` for a system one."""
    template = await _own(session, template_id)
    if "name" in fields:
        fields["name"] = service.checked_name(fields["name"])
    for name, value in fields.items():
        setattr(template, name, value)
    await session.flush()
    return template


async def set_kind(session: AsyncSession, template_id: uuid.UUID, kind: str) -> Template:
    """Make it a template for this kind of post."""
    return await change(session, template_id, category=kind, content_type=kind)


async def reshape(session: AsyncSession, template_id: uuid.UUID, **fields: Any) -> Template:
    """Set fields of the structure and keep the rest. Raises like ``change``."""
    template = await _own(session, template_id)
    checked = service.checked_structure({**template.structure, **fields})
    template.structure = checked.model_dump(exclude_unset=True)
    await session.flush()
    return template


async def set_format(session: AsyncSession, template_id: uuid.UUID, *, thread: bool) -> Template:
    """Make a thread of it, or a single post; not a word is lost."""
    template = await _own(session, template_id)
    structure = Structure.model_validate(template.structure)
    if (structure.format == "thread") == thread:
        return template
    text = typed(structure) if thread else "\n\n".join(structure.texts)
    return await reshape(session, template_id, **shape(text, thread=thread))


async def switch_platform(
    session: AsyncSession, template_id: uuid.UUID, platform: str, *, on: bool
) -> Template:
    """Mean the template for this platform, or not."""
    template = await _own(session, template_id)
    kept = [slug for slug in template.platforms if slug != platform]
    return await change(session, template_id, platforms=[*kept, platform] if on else kept)


async def copy(
    session: AsyncSession, template_id: uuid.UUID, *, name: str, product_id: uuid.UUID | None
) -> Template:
    """Make an own template that says the same. Raises ``Stale`` when the owner has one of this name there."""
    query = select(Template).where(Template.id == template_id).with_for_update()
    source = await session.scalar(query)
    if source is None:
        raise NotFound("there is no such template", template_id=template_id)
    if name in await _names(session, product_id):
        raise Stale("there is a template of this name", template_id=template_id)
    return await service.create(
        session,
        product_id=product_id,
        name=name,
        content_type=source.content_type,
        structure=source.structure,
        category=source.category,
        description=source.description,
        platforms=source.platforms,
        language=source.language,
    )


async def free_name(session: AsyncSession, names: Sequence[str], product_id: uuid.UUID | None) -> int:
    """Return the place of the first of ``names`` that no own template has; the last one when all are taken."""
    taken = await _names(session, product_id)
    return next((place for place, name in enumerate(names) if name not in taken), len(names) - 1)


async def delete(session: AsyncSession, template_id: uuid.UUID) -> None:
    """Take an own template away; drafts that were made from it stay as they are. Raises ``Stale``, ``NotFound``."""
    template = await _own(session, template_id)
    await templated.detach(session, template_id)
    await session.delete(template)
    await session.flush()


async def _names(session: AsyncSession, product_id: uuid.UUID | None) -> set[str]:
    query = select(Template.name).where(Template.product_id == product_id, ~Template.is_system)
    return set(await session.scalars(query))


async def _own(session: AsyncSession, template_id: uuid.UUID) -> Template:
    query = select(Template).where(Template.id == template_id).with_for_update()
    template = await session.scalar(query.execution_options(populate_existing=True))
    if template is None:
        raise NotFound("there is no such template", template_id=template_id)
    if template.is_system:
        raise Stale("a system template is copied, not changed", template_id=template_id)
    return template
