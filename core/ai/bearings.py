"""What must be known before AI works on a draft that exists? Its texts, its product, who writes, what was given."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from core.ai import choosing, exemplars, prompting, sources
from core.ai.checks.checking import Yardstick
from core.ai.choosing import Choice
from core.ai.prompting import Assignment
from core.ai.provider import Block
from core.ai.texts import Texts
from core.content import service as content
from core.products import service as products
from core.products.voice import BrandVoice
from core.runtime import Runtime
from core.settings import service as settings


@dataclass(frozen=True, slots=True)
class Bearings:
    """One version of a draft, and everything about it that a call needs."""

    content_id: uuid.UUID
    version: int
    product_id: uuid.UUID
    product: str
    description: str
    voice: BrandVoice
    platforms: tuple[str, ...]
    examples: tuple[str, ...]  # the product's best posts
    idea: str
    kind: str | None
    original: str
    adapted: dict[str, Any]
    has_media: bool
    choice: Choice
    effort: Literal["low", "medium", "high"]
    temperature: float
    owner_language: str
    yardstick: Yardstick

    @property
    def texts(self) -> Texts:
        """The draft's texts."""
        return Texts.of(self.original, self.adapted)

    @property
    def system(self) -> tuple[Block, ...]:
        """The part of the prompt that is the same as when the product's posts are written, so that a cache serves both."""
        assignment = Assignment(
            idea=self.idea,
            platforms=self.platforms,
            has_media=self.has_media,
            product=self.product,
            description=self.description,
            voice=self.voice,
            examples=self.examples,
        )
        return prompting.build(assignment).system


async def load(
    runtime: Runtime, content_id: uuid.UUID, version: int, platforms: Sequence[str], *, wish: str = ""
) -> Bearings:
    """Load them for a draft that goes to ``platforms``; the owner's ``wish`` is kept with the draft: facts in it are given from now on.

    Raises ``NotFound``, and ``Stale`` when the draft is no longer at ``version``.
    """
    async with runtime.unit_of_work() as session:
        found = await content.at_version(session, content_id, version)
        product = await products.get(session, found.product_id)
        voice = BrandVoice.of(product)
        ai = await settings.get(session, settings.Ai)
        general = await settings.get(session, settings.General)
        await sources.remember(session, content_id, [wish])
        given = sources.given(
            await sources.told(session, content_id),
            product=product,
            voice=voice,
            template=await sources.template_of(session, found),
        )
        return Bearings(
            content_id=content_id,
            version=version,
            product_id=product.id,
            product=product.name,
            description=product.description or "",
            voice=voice,
            platforms=tuple(platforms),
            examples=await exemplars.best(session, product.id, platforms, runtime.clock.now()),
            idea=found.idea or "",
            kind=found.content_type,
            original=found.original_text,
            adapted=dict(found.adapted),
            has_media=bool(found.media),
            choice=await choosing.told(session, runtime.settings, ai, runtime.clock.now()),
            effort=ai.effort,
            temperature=ai.temperature,
            owner_language=general.language,
            # Rewriting changes no language unless it is told to; the card says when that is another than the voice's.
            yardstick=Yardstick(given, voice, "", bool(found.media)),
        )
