"""Does the owner's approval cover this version, now?"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.channels.models import Channel
from core.content import forms
from core.content.models import Content, ContentStatus
from core.publications import repository
from core.publications.errors import NotApproved, SwitchedOff
from core.publications.models import Publication

_APPROVED = frozenset({ContentStatus.READY, ContentStatus.PUBLISHED})


def holds(content: Content, version: int | None, now: datetime) -> bool:
    """Tell whether ``version`` is the content's current one and approved. A later edit takes the approval away.

    An approval that was not used in time expires; one that has put the post on some platform holds for the others.
    """
    return (
        content.status in _APPROVED
        and content.version == content.approved_version == version
        and (
            content.status == ContentStatus.PUBLISHED
            or content.approval_expires_at is None
            or content.approval_expires_at > now
        )
    )


def is_by_hand(publication: Publication) -> bool:
    """Tell whether the row was written by hand: whoever writes rows needs no button to approve them."""
    return publication.content_version is None or publication.mode == "hand"


async def version_for(
    session: AsyncSession, publication: Publication, content: Content, now: datetime
) -> int | None:
    """Return the version to pin when ``publication`` goes back into the queue: the current approved one.

    A post that is partly out keeps the version it began with. Raises ``NotApproved``, and ``SwitchedOff`` when the
    approved version is not meant for this platform.
    """
    if is_by_hand(publication):
        return publication.content_version
    begun = await repository.is_touched(session, publication.id)
    version = publication.content_version if begun else content.version
    if not holds(content, version, now):
        raise NotApproved(content_id=content.id)
    channel = await session.get_one(Channel, publication.channel_id)
    if not begun and channel.platform in forms.switched_off(content.adapted):
        raise SwitchedOff(content_id=content.id, platform=channel.platform)
    return version
