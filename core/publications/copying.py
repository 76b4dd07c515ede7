"""How does a post become a new draft? Its text, forms and media, without its time, its approval and its past."""

import uuid

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.content import copying
from core.content import service as content_service
from core.content.models import Content
from core.errors import NotFound
from core.publications import repository


async def duplicate(session: AsyncSession, publication_id: uuid.UUID, *, wish: int) -> Content:
    """Make a draft that says what the publication says. The same ``wish`` (a double tap) is answered by the same draft.

    Raises ``NotFound``.
    """
    publication = await repository.get(session, publication_id)
    content = await content_service.get(session, publication.content_id)
    copy_id = uuid.uuid5(publication_id, f"copy/{wish}")
    await repository.lock_product(session, content.product_id)
    made = await session.scalar(select(Content).where(Content.id == copy_id))
    if made is not None:
        return made
    said = content if publication.content_version in {None, content.version} else None
    try:
        state = said or await content_service.version_of(
            session, content.id, publication.content_version or content.version
        )
    except NotFound:  # the pinned version is not kept: what there is now is the nearest
        state = content
    return await copying.make(session, content, state, copy_id=copy_id)
