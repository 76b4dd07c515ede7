"""Where does a post go out? Each of the product's platforms can be switched off for it; one must stay on."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from core.channels import service as channels
from core.content import forms
from core.content import service as content
from core.content.models import Content
from core.errors import InvalidInput


async def switch(
    session: AsyncSession, content_id: uuid.UUID, *, expected_version: int, platform: str, on: bool
) -> Content:
    """Have the post go out on ``platform``, or not: a new version. What it is already changes nothing.

    Raises ``Stale``, and ``InvalidInput`` when no connected platform would be left.
    """
    found = await content.at_version(session, content_id, expected_version)
    off = forms.switched_off(found.adapted)
    wanted = off - {platform} if on else off | {platform}
    if wanted == off:
        return found
    connected = await channels.connected_platforms(session, found.product_id)
    if not on and not connected - wanted:
        raise InvalidInput("one platform has to stay on", reason="last-platform")
    return await content.edit(
        session, content_id, expected_version=expected_version, off=wanted, reason="platforms"
    )
