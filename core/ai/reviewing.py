"""What should the owner look at twice in a draft as it stands, whoever wrote it, and what has it cost?

Looked at anew whenever the card is drawn, so that an edit, a new word to avoid or another platform counts at once.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import repository, sources
from core.ai.checks.checking import Yardstick, check, language_of
from core.ai.checks.findings import Finding
from core.ai.models import AcceptedFinding
from core.ai.sums import NOTHING, Spent
from core.content import service as content
from core.ids import new_id
from core.platforms.base import Rendering
from core.products import service as products
from core.products.voice import BrandVoice
from core.text import markdown


@dataclass(frozen=True, slots=True)
class Review:
    """What one version of a draft is held against. ``accepted`` are the marks of findings the owner called right."""

    yardstick: Yardstick
    accepted: frozenset[int] = frozenset()
    spent: Spent = field(default=NOTHING)

    def look(self, rendering: Rendering) -> tuple[Finding, ...]:
        """Return what there is to look at in the post as one platform shows it, each with its place in a part."""
        parts = [
            markdown.from_telegram(part.text, part.entities) for part in rendering.parts if part.text.strip()
        ]
        numbers = [number for number, part in enumerate(rendering.parts) if part.text.strip()]
        found = check(parts, self.yardstick, rendering.platform, length=False) if parts else ()
        return tuple(
            Finding(one.code, one.value, numbers[one.part], one.start, one.end)
            for one in found
            if one.mark not in self.accepted
        )


async def load(session: AsyncSession, content_id: uuid.UUID) -> Review:
    """Return what the draft is held against. Raises ``NotFound``."""
    row = await content.get(session, content_id)
    product = await products.get(session, row.product_id)
    voice = BrandVoice.of(product)
    told = await sources.told(session, content_id)
    given = sources.given(
        told, product=product, voice=voice, template=await sources.template_of(session, row)
    )
    accepted = await session.scalars(
        select(AcceptedFinding.mark).where(
            AcceptedFinding.content_id == content_id, AcceptedFinding.version == row.version
        )
    )
    return Review(
        Yardstick(given, voice, language_of(voice), bool(row.media)),
        frozenset(accepted),
        await repository.of_content(session, content_id),
    )


async def accept(
    session: AsyncSession, content_id: uuid.UUID, *, version: int, findings: Sequence[Finding]
) -> None:
    """Call ``findings`` right for this version; twice is once. Raises ``Stale`` when the draft has moved on."""
    await content.at_version(session, content_id, version)
    for finding in findings:
        row = insert(AcceptedFinding).values(
            id=new_id(), content_id=content_id, version=version, mark=finding.mark, code=finding.code.value,
            value=finding.value,
        )  # fmt: skip
        await session.execute(row.on_conflict_do_nothing())
