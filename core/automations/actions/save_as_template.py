"""Save as template: keep the run's draft as a template of the product."""

import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.automations import stepping, texts
from core.automations.actions.work import Done, Work
from core.automations.shapes.actions import SaveAsTemplate
from core.automations.shapes.registry import shape_of
from core.content import service as content
from core.content import templating
from core.runtime import Runtime
from core.templates import service as templates


async def apply(session: AsyncSession, runtime: Runtime, work: Work, prepared: Any) -> Done:
    """Save it, unless there is no draft or a template of this name is there."""
    action = shape_of(work.step.action, SaveAsTemplate)
    content_id = stepping.last_content(work.traces)
    if content_id is None:
        return Done({"why": "no-draft"}, skipped=True)
    name = texts.fill_plain(action.name, work.known).text[: templates.NAME_LIMIT] or action.name
    found = await content.get(session, uuid.UUID(content_id))
    known = await templates.list_for_product(session, found.product_id)
    if any(one.name == name and one.product_id == found.product_id for one in known):
        return Done({"why": "name-taken"}, skipped=True)
    made = await templating.save(session, found.id, version=found.version, name=name)
    return Done({"template_id": str(made.id), "name": name})
