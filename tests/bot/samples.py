"""Read models with difficult values, for drawing every screen without a database."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from core.content.models import ContentStatus
from core.content.queries import CardChannel, CardView
from core.platforms.base import MediaItem, MediaKind, Post
from core.platforms.registry import PLATFORMS
from core.platforms.telegram.mapping import render
from core.publications.models import PublicationStatus
from core.publications.queries import PublicationView

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ID = uuid.UUID(int=2**128 - 1)
NAME = "<b>Товар & Co</b> " + "о" * 200
TEXT = "**Жирно** и <b>не тег</b> & \\*звёзды\\* 🎉 " * 20
LONG = "слово " * 9000


def card(
    text: str = TEXT,
    status: ContentStatus = ContentStatus.DRAFT,
    publication: PublicationStatus | None = None,
    *,
    media: bool = False,
    channels: int = 1,
    made_by: str = "owner",
) -> CardView:
    """Return a card."""
    items = (MediaItem(MediaKind.IMAGE, "media://" + "a" * 64 + ".jpg", size=10),) if media else ()
    rendering = render(Post(text=text, media=items), {})
    channel = CardChannel(
        channel_id=ID,
        platform="telegram",
        platform_title=PLATFORMS["telegram"].title,
        name=NAME,
        usable=True,
        rendering=rendering,
        publication_id=ID if publication else None,
        publication_status=publication,
        scheduled_at=NOW + timedelta(days=3) if publication else None,
        published_at=NOW if publication is PublicationStatus.PUBLISHED else None,
        url="https://t.me/tea/1" if publication is PublicationStatus.PUBLISHED else None,
        error_message="Bad Request: <wrong> " + "x" * 150
        if publication is PublicationStatus.FAILED
        else None,
    )
    return CardView(
        content_id=ID,
        number=99_999,
        product_id=ID,
        product_name=NAME,
        status=status,
        version=99_999,
        approved_version=99_999 if status is ContentStatus.READY else None,
        made_by=made_by,
        ai_model="claude-sonnet-5-5" if made_by == "ai" else None,
        text=text,
        idea="An idea",
        media=items,
        channels=tuple(replace(channel, name=f"{number}{NAME}") for number in range(channels)),
    )


def publication(status: PublicationStatus, **changes: object) -> PublicationView:
    """Return a publication."""
    view = PublicationView(
        publication_id=ID,
        content_id=ID,
        content_number=99_999,
        content_version=1,
        excerpt=TEXT[:200],
        product_id=ID,
        product_name=NAME,
        channel_id=ID,
        platform="telegram",
        channel_name=NAME,
        status=status,
        mode="at",
        priority="normal",
        scheduled_at=NOW + timedelta(hours=5),
        due_at=NOW + timedelta(hours=5),
        local_at=NOW + timedelta(hours=5),
        published_at=NOW if status is PublicationStatus.PUBLISHED else None,
        url="https://t.me/tea/1" if status is PublicationStatus.PUBLISHED else None,
        error_code=None,
        error_message="Bad Request: <wrong> & so on",
        tries=1,
        parts=1,
        held_by=None,
    )
    return replace(view, **changes)  # type: ignore[arg-type]
