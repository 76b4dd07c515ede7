"""Does the owner's approval cover this version, now?"""

from datetime import datetime

from core.content.models import Content, ContentStatus

_APPROVED = frozenset({ContentStatus.READY, ContentStatus.PUBLISHED})


def holds(content: Content, version: int | None, now: datetime) -> bool:
    """Tell whether ``version`` is the content's current one and approved. A later edit takes the approval away."""
    return (
        content.status in _APPROVED
        and content.version == content.approved_version == version
        and (content.approval_expires_at is None or content.approval_expires_at > now)
    )
