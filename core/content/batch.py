"""Which drafts are approved together? Ticked in a chat's checklist, each with the version that was shown."""

import uuid
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.content import queries
from core.content import service as content
from core.content.models import Content, ContentMark, ContentStatus
from core.errors import Stale
from core.ids import new_id
from core.platforms.base import Platform
from core.publications import scheduling

MOST = 50  # drafts ticked at once in a chat


@dataclass(frozen=True, slots=True)
class Marks:
    """What is ticked in a chat: versions by content."""

    versions: Mapping[uuid.UUID, int] = field(default_factory=dict)

    @property
    def digest(self) -> int:
        """A number that names exactly these versions on a button: it approves what was shown, or nothing."""
        return digest_of(self.versions)


def digest_of(versions: Mapping[uuid.UUID, int]) -> int:
    """Return the number that names ``versions``."""
    said = ";".join(f"{key.hex}:{version}" for key, version in sorted(versions.items()))
    return zlib.crc32(said.encode())


@dataclass(frozen=True, slots=True)
class Approved:
    """What came of approving several. ``changed`` and ``refused`` are numbers of drafts."""

    done: Sequence[int]
    changed: Sequence[int] = ()  # another version, put away, or approved already
    refused: Sequence[int] = ()  # a platform would not take them
    homeless: bool = False  # none of them has a channel to go to, so there is nothing to plan


async def ticked(session: AsyncSession, chat_id: int, *, approved: bool = False) -> Marks:
    """Return what is ticked in the chat; with ``approved``, what was approved together and is not planned yet."""
    rows = await session.scalars(
        select(ContentMark).where(ContentMark.chat_id == chat_id, ContentMark.approved.is_(approved))
    )
    return Marks({row.content_id: row.version for row in rows})


async def tick(session: AsyncSession, chat_id: int, versions: Mapping[uuid.UUID, int]) -> None:
    """Tick these versions, as they were shown; beyond ``MOST`` none are added."""
    room = MOST - len((await ticked(session, chat_id)).versions)
    for content_id, version in list(versions.items())[: max(0, room)]:
        row = insert(ContentMark).values(
            id=new_id(), chat_id=chat_id, content_id=content_id, version=version, approved=False
        )
        await session.execute(
            row.on_conflict_do_update(
                index_elements=[ContentMark.chat_id, ContentMark.content_id],
                set_={"version": version, "approved": False},
            )
        )


async def untick(session: AsyncSession, chat_id: int, content_id: uuid.UUID | None = None) -> None:
    """Take the tick of one draft away, or all of them."""
    query = delete(ContentMark).where(ContentMark.chat_id == chat_id, ContentMark.approved.is_(False))
    await session.execute(query if content_id is None else query.where(ContentMark.content_id == content_id))


async def approve_ticked(
    session: AsyncSession, chat_id: int, *, digest: int, platforms: Mapping[str, Platform], now: datetime
) -> Approved:
    """Approve what is ticked, if that is what ``digest`` names. Raises ``Stale`` otherwise, and nothing is approved."""
    marks = await ticked(session, chat_id)
    if not marks.versions or marks.digest != digest:
        raise Stale("the ticks have changed since")
    return await approve_these(session, chat_id, marks.versions, platforms=platforms, now=now)


async def approve_these(
    session: AsyncSession,
    chat_id: int,
    versions: Mapping[uuid.UUID, int],
    *,
    platforms: Mapping[str, Platform],
    now: datetime,
) -> Approved:
    """Approve each of ``versions``; what changed meanwhile is named instead. They can then be planned together."""
    done: dict[uuid.UUID, int] = {}
    changed: list[int] = []
    refused: list[int] = []
    homeless = True
    found = await session.scalars(
        select(Content).where(Content.id.in_(versions)).order_by(Content.product_id, Content.id)
    )
    for row in found.all():
        await scheduling.lock_content(session, row.id)
        version = versions[row.id]
        card = await queries.card(session, row.id, platforms)
        if card.version == version and card.status is ContentStatus.DRAFT and card.blocked:
            refused.append(row.number)
            continue
        try:
            first = await content.approve(session, row.id, version=version, now=now)
        except Stale:
            changed.append(row.number)
            continue
        if first:
            await scheduling.follow_approval(session, row.id, version=version, now=now)
        done[row.id] = row.number
        homeless = homeless and not card.outlets
    await session.execute(delete(ContentMark).where(ContentMark.chat_id == chat_id))
    await tick(session, chat_id, {key: versions[key] for key in done})
    await session.execute(update(ContentMark).where(ContentMark.chat_id == chat_id).values(approved=True))
    return Approved(sorted(done.values()), sorted(changed), sorted(refused), homeless=homeless and bool(done))
