"""How is a content used again? As a second draft with the same words and files; the first stays as it is."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from core.content import service as content
from core.content.models import Content, ContentStatus
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
            return await content.create_draft(
                session,
                content_id=copy_id,
                product_id=original.product_id,
                text=original.original_text,
                adapted=dict(original.adapted),
                media=media_of(original),
                idea=original.idea,
                made_by=original.made_by,
                ai_model=original.ai_model,
                ai_prompt=original.ai_prompt,
                content_type=original.content_type,
                template_id=original.template_id,
            )
        if earlier.version == 1 and earlier.status == ContentStatus.DRAFT:
            return earlier
    raise RuntimeError("a thousand copies of one version")
