"""How is a content used again? As a second draft with the same words and files; the first stays as it is."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from core.content import service as content
from core.content.models import Content, ContentStatus, ContentVersion
from core.content.rendering import media_of
from core.errors import Stale


async def duplicate(session: AsyncSession, content_id: uuid.UUID, *, version: int) -> Content:
    """Return a new draft like ``version`` of the content. Raises ``Stale`` when that is not the current one.

    A copy that nobody has touched yet is returned instead of a second one: a double tap makes one draft.
    """
    original = await content.lock(session, content_id)
    if original.version != version:
        raise Stale("this draft has changed since", content_id=content_id)
    for number in range(1000):
        copy_id = uuid.uuid5(content_id, f"copy/{version}/{number}")
        earlier = await session.get(Content, copy_id)
        if earlier is None:
            return await make(session, original, original, copy_id=copy_id)
        if earlier.version == 1 and earlier.status == ContentStatus.DRAFT:
            return earlier
    raise RuntimeError("a thousand copies of one version")


async def make(
    session: AsyncSession, source: Content, said: Content | ContentVersion, *, copy_id: uuid.UUID
) -> Content:
    """Return a new draft that says what ``said``, a version of ``source``, says; without its time and approval."""
    return await content.create_draft(
        session,
        content_id=copy_id,
        product_id=source.product_id,
        text=said.original_text,
        adapted=dict(said.adapted),
        media=media_of(said),
        idea=source.idea,
        made_by=source.made_by,
        ai_model=source.ai_model,
        ai_prompt=source.ai_prompt,
        content_type=source.content_type,
        template_id=source.template_id,
    )
