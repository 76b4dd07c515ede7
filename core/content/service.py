"""What can be done with content? Every change is a new version; approval is of one version."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.content import forms
from core.content.models import Content, ContentCard, ContentStatus, ContentVersion
from core.content.rendering import post_of, stored_media
from core.errors import NotFound, Stale
from core.ids import new_id
from core.learning import service as learning
from core.platforms.base import MediaItem
from core.products.models import Product
from core.publications.models import Publication, PublicationStatus
from core.settings import service as settings_service
from core.settings.service import Publishing


async def create_draft(
    session: AsyncSession,
    *,
    product_id: uuid.UUID,
    text: str,
    media: Sequence[MediaItem] = (),
    idea: str | None = None,
    made_by: str = "owner",
    ai_model: str | None = None,
    ai_prompt: str | None = None,
    content_type: str | None = None,
    template_id: uuid.UUID | None = None,
    adapted: dict[str, Any] | None = None,
    media_group: str | None = None,
    origin: dict[str, Any] | None = None,
    wanted_on: date | None = None,
    content_id: uuid.UUID | None = None,
) -> Content:
    """Save a draft with its first version. ``text`` is neutral Markdown; ``idea`` what the owner asked for.

    Where there is one with ``content_id`` already, this is a repetition, and that one is returned as it is.
    """
    if content_id is not None and (made := await session.get(Content, content_id)) is not None:
        return made
    content = Content(
        id=content_id or new_id(),
        product_id=product_id,
        original_text=text,
        adapted=adapted or {},
        media=stored_media(list(media)),
        idea=idea,
        made_by=made_by,
        ai_generated=made_by == "ai",
        ai_model=ai_model,
        ai_prompt=ai_prompt,
        content_type=content_type,
        template_id=template_id,
        idea_media_group=media_group,
        origin=origin,
        wanted_on=wanted_on,
        predictions={},
        version=1,
    )
    session.add(content)
    await session.flush()
    _save_version(session, content, "created")
    await session.flush()
    return content


async def get(session: AsyncSession, content_id: uuid.UUID) -> Content:
    """Return the content. Raises ``NotFound``."""
    content = await session.get(Content, content_id)
    if content is None:
        raise NotFound("there is no such draft", content_id=content_id)
    return content


async def at_version(session: AsyncSession, content_id: uuid.UUID, version: int) -> Content:
    """Return the content if ``version`` is its current one. Raises ``NotFound``; ``Stale`` when it has moved on."""
    content = await get(session, content_id)
    if content.version != version or content.status == ContentStatus.ARCHIVED:
        raise Stale("this draft has changed since", content_id=content_id)
    return content


async def by_number(session: AsyncSession, number: int) -> Content:
    """Return the content with the short number shown on its card. Raises ``NotFound``."""
    content = await session.scalar(select(Content).where(Content.number == number))
    if content is None:
        raise NotFound(f"there is no draft #{number}", number=number)
    return content


async def by_media_group(session: AsyncSession, media_group: str) -> Content | None:
    """Return the draft that an album's earlier photos made or joined."""
    query = select(Content).where(Content.idea_media_group == media_group)
    return await session.scalar(query.order_by(Content.created_at.desc()).limit(1))


async def drafts(
    session: AsyncSession, product_id: uuid.UUID | None = None, *, offset: int = 0, limit: int = 10
) -> list[Content]:
    """Return what waits for approval, newest first."""
    query = (
        select(Content)
        .where(Content.status == ContentStatus.DRAFT)
        .order_by(Content.created_at.desc(), Content.id.desc())
    )
    if product_id is not None:
        query = query.where(Content.product_id == product_id)
    return list(await session.scalars(query.offset(offset).limit(limit)))


async def count_drafts(session: AsyncSession, product_id: uuid.UUID | None = None) -> int:
    """Return how many drafts wait for approval."""
    query = select(func.count()).select_from(Content).where(Content.status == ContentStatus.DRAFT)
    if product_id is not None:
        query = query.where(Content.product_id == product_id)
    return await session.scalar(query) or 0


async def edit(
    session: AsyncSession,
    content_id: uuid.UUID,
    *,
    expected_version: int,
    text: str | None = None,
    adapted: dict[str, Any] | None = None,
    media: Sequence[MediaItem] | None = None,
    reason: str = "edited",
    made_by: str | None = None,
    ai_model: str | None = None,
    ai_prompt: str | None = None,
    off: Collection[str] | None = None,
    media_group: str | None = None,
) -> Content:
    """Make a new version from what is given; the approval of the old one does not carry over.

    ``off`` are the platforms it is not to go out on; left out, those of the old version. ``media_group``
    is the album whose other photos are still to come.
    Raises ``Stale`` when the content is no longer at ``expected_version``, ``NotFound`` when it is gone.
    """
    content = await lock(session, content_id)
    if content.version != expected_version or content.status == ContentStatus.ARCHIVED:
        raise Stale("this draft has changed since", content_id=content_id)
    await _keep_current(session, content)
    if reason == "edited" and made_by in {None, "owner"}:
        await _learn(session, content, text, adapted)
    if text is not None:
        content.original_text = text
    if adapted is not None or off is not None:
        kept = forms.switched_off(content.adapted) if off is None else off
        content.adapted = forms.with_off(content.adapted if adapted is None else adapted, kept)
    if media_group is not None:
        content.idea_media_group = media_group
    if media is not None:
        content.media = stored_media(list(media))
    if made_by is not None:
        content.made_by, content.ai_generated = made_by, made_by == "ai"
        content.ai_model, content.ai_prompt = ai_model, ai_prompt
    content.version += 1
    content.approved_version = content.approved_at = content.approval_expires_at = None
    content.status = ContentStatus.DRAFT
    _save_version(session, content, reason)
    await session.flush()
    return content


async def restore(
    session: AsyncSession, content_id: uuid.UUID, *, expected_version: int, version: int
) -> Content:
    """Bring an earlier version's text, forms and media back as a new version. Raises ``Stale``, ``NotFound``."""
    old = await version_of(session, content_id, version)
    content = await edit(
        session,
        content_id,
        expected_version=expected_version,
        text=old.original_text,
        adapted=old.adapted,
        off=forms.switched_off(old.adapted),
        reason="restored",
        made_by=old.made_by,
        ai_model=old.ai_model,
    )
    saved = await version_of(session, content_id, content.version)
    content.media = saved.media = list(old.media)
    await session.flush()
    return content


async def version_of(session: AsyncSession, content_id: uuid.UUID, version: int) -> ContentVersion:
    """Return one saved version. Raises ``NotFound``."""
    query = select(ContentVersion).where(
        ContentVersion.content_id == content_id, ContentVersion.version == version
    )
    found = await session.scalar(query)
    if found is None:
        raise NotFound("this version is not kept", content_id=content_id, version=version)
    return found


async def approve(session: AsyncSession, content_id: uuid.UUID, *, version: int, now: datetime) -> bool:
    """Approve exactly ``version``. True the first time, False when it already was; ``Stale`` for any other version.

    The guard is in the statement, so two taps at once are one approval. An approval that has expired is given anew.
    """
    await _lock_calendar(session, content_id)
    hours = (await settings_service.get(session, Publishing)).approval_hours
    expires_at = None if hours is None else now + timedelta(hours=hours)
    approved = await session.scalar(
        update(Content)
        .where(
            Content.id == content_id,
            Content.version == version,
            or_(
                Content.status == ContentStatus.DRAFT,
                and_(Content.status == ContentStatus.READY, Content.approval_expires_at <= now),
            ),
        )
        .values(
            status=ContentStatus.READY,
            approved_version=version,
            approved_at=now,
            approval_expires_at=expires_at,
        )
        .returning(Content.id)
    )
    if approved is not None:
        return True
    content = await session.get(Content, content_id, populate_existing=True)
    if content is None:
        raise NotFound("there is no such draft", content_id=content_id)
    if content.approved_version == version and content.status in {
        ContentStatus.READY,
        ContentStatus.PUBLISHED,
    }:
        return False
    raise Stale("the approval was for another version of this draft", content_id=content_id)


async def _lock_calendar(session: AsyncSession, content_id: uuid.UUID) -> None:
    """Lock the product before its content, as everybody does who plans.

    Most approvals go on to plan, and whoever moves the same post meanwhile holds the product already.
    """
    of_content = select(Content.product_id).where(Content.id == content_id).scalar_subquery()
    await session.execute(select(Product.id).where(Product.id == of_content).with_for_update(key_share=True))


async def reject(session: AsyncSession, content_id: uuid.UUID, *, version: int) -> Content:
    """Put the draft away and cancel what is scheduled from it. Raises ``Stale`` when it changed since ``version``."""
    content = await lock(session, content_id)
    if content.version != version:
        raise Stale("this draft has changed since", content_id=content_id)
    content.status = ContentStatus.ARCHIVED
    content.approved_version = content.approved_at = content.approval_expires_at = None
    # Only what no worker has claimed: a claimed one is on its way and will be reported.
    await session.execute(
        update(Publication)
        .where(Publication.content_id == content_id, Publication.status == PublicationStatus.SCHEDULED)
        .values(status=PublicationStatus.CANCELLED)
    )
    await session.flush()
    return content


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a card stood before, or stands instead: the message itself and those of its preview."""

    message_id: int
    preview_message_ids: tuple[int, ...]
    moved: bool  # whether the card has been set to the new place; False when somebody else had moved it meanwhile


async def save_card(
    session: AsyncSession,
    content_id: uuid.UUID,
    *,
    chat_id: int,
    message_id: int,
    preview_message_ids: Sequence[int],
    version: int,
    unless_moved_from: int | None = None,
) -> Standing | None:
    """Remember where the content's card stands in ``chat_id`` and return where it stood; None when it stood nowhere.

    With ``unless_moved_from`` it is remembered only while the card stands in that message still: of two that draw the
    card at once, the one that set it anew wins, and each learns which message is not wanted any more.
    """
    values = {"message_id": message_id, "preview_message_ids": list(preview_message_ids), "version": version}
    row = insert(ContentCard).values(id=new_id(), content_id=content_id, chat_id=chat_id, **values)
    first = await session.scalar(row.on_conflict_do_nothing().returning(ContentCard.id))
    if first is not None:
        return None
    here = (ContentCard.content_id == content_id, ContentCard.chat_id == chat_id)
    columns = (ContentCard.message_id, ContentCard.preview_message_ids)
    before = (await session.execute(select(*columns).where(*here).with_for_update())).one()
    moved = unless_moved_from is None or before.message_id == unless_moved_from
    if moved:
        await session.execute(update(ContentCard).where(*here).values(**values))
    return Standing(before.message_id, tuple(before.preview_message_ids), moved)


async def cards_of(session: AsyncSession, content_id: uuid.UUID) -> list[ContentCard]:
    """Return every place where the content's card stands."""
    return list(await session.scalars(select(ContentCard).where(ContentCard.content_id == content_id)))


async def card_at(session: AsyncSession, chat_id: int, message_id: int) -> ContentCard | None:
    """Return the card that stands in this message of the chat, or whose preview does."""
    here = ContentCard.message_id == message_id
    query = select(ContentCard).where(
        ContentCard.chat_id == chat_id, or_(here, ContentCard.preview_message_ids.contains([message_id]))
    )
    return await session.scalar(query.limit(1))


async def lock(session: AsyncSession, content_id: uuid.UUID) -> Content:
    """Return the content, locked until the unit of work ends. Raises ``NotFound``."""
    query = select(Content).where(Content.id == content_id).with_for_update()
    content = await session.scalar(query.execution_options(populate_existing=True))
    if content is None:
        raise NotFound("there is no such draft", content_id=content_id)
    return content


async def _keep_current(session: AsyncSession, content: Content) -> None:
    """Save the state before an edit if it is not kept yet: a row written by hand has no versions."""
    row = insert(ContentVersion).values(
        id=new_id(), content_id=content.id, version=content.version, original_text=content.original_text,
        adapted=content.adapted, media=content.media, reason="created", made_by=content.made_by,
        ai_model=content.ai_model,
    )  # fmt: skip
    await session.execute(row.on_conflict_do_nothing())


async def _learn(
    session: AsyncSession, content: Content, text: str | None, adapted: dict[str, Any] | None
) -> None:
    """Keep what the owner is about to change in AI's text. Taking one's own idea instead corrects nothing."""
    if text is not None:
        changes = [learning.Change("", content.original_text, text)] if text != content.idea else []
    else:
        changes = [
            learning.Change(platform, post_of(content, platform).text, form["text"])
            for platform, form in (adapted or {}).items()
            if isinstance(form, dict) and isinstance(form.get("text"), str)
            and form != content.adapted.get(platform) and form["text"] != post_of(content, platform).text
        ]  # fmt: skip
    await learning.note(
        session,
        product_id=content.product_id,
        content_id=content.id,
        changes=changes,
        by_ai=content.made_by == "ai",
        version=content.version,
    )


def _save_version(session: AsyncSession, content: Content, reason: str) -> None:
    session.add(
        ContentVersion(
            id=new_id(),
            content_id=content.id,
            version=content.version,
            original_text=content.original_text,
            adapted=content.adapted,
            media=content.media,
            reason=reason,
            made_by=content.made_by,
            ai_model=content.ai_model,
        )
    )
