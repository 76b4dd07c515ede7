"""What has the owner said about a draft? Its idea, what was added since, and what they typed into its text themselves.

A text that AI wrote is no source: a number it made up stays made up, however often the owner edits another sentence.
"""

import json
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.ai.checks import wording
from core.ai.checks.claims import claims_of
from core.ai.checks.given import Given
from core.ai.checks.readings import Claim
from core.ai.models import ContentRemark
from core.content.models import Content, ContentVersion
from core.products.models import Product
from core.products.voice import BrandVoice
from core.templates.models import Template
from core.templates.structure import Structure
from core.text import markdown

# Reasons of versions whose text the owner typed (or sent) themselves.
_BY_HAND = frozenset({"created", "edited", "media"})
_MOST_VERSIONS = 200  # of one draft; nobody edits a post more often


@dataclass(frozen=True, slots=True)
class Told:
    """What was said about one draft: whole texts, and facts that an edit brought in."""

    texts: tuple[str, ...] = ()
    facts: tuple[Claim, ...] = ()


async def told(session: AsyncSession, content_id: uuid.UUID) -> Told:
    """Return what the owner has said about the draft; nothing for one that is not there."""
    content = await session.get(Content, content_id)
    if content is None:
        return Told()
    remarks = await session.scalars(
        select(ContentRemark.text).where(ContentRemark.content_id == content_id).order_by(ContentRemark.id)
    )
    query = select(ContentVersion).where(ContentVersion.content_id == content_id)
    versions = list(await session.scalars(query.order_by(ContentVersion.version).limit(_MOST_VERSIONS)))
    texts = [content.idea or "", *remarks]
    if not versions and content.made_by == "owner":  # a row written by hand
        texts.append(content.original_text)
    facts: list[Claim] = []
    before: ContentVersion | None = None
    for version in versions:
        if version.reason in _BY_HAND and before is not None:
            facts += _typed(before, version)
            texts.append(_signs(before, version))
        elif before is None and content.idea is None and version.made_by != "ai":
            texts.append(version.original_text)
        before = version
    return Told(tuple(text for text in texts if text.strip()), tuple(facts))


async def remember(session: AsyncSession, content_id: uuid.UUID, said: Iterable[str]) -> None:
    """Keep what the owner said about a draft beside its idea: facts in it are given from now on."""
    texts = [text.strip() for text in said if text.strip()]
    session.add_all(ContentRemark(content_id=content_id, text=text) for text in texts)
    await session.flush()


def given(
    said: Told, *, product: Product, voice: BrandVoice, template: Structure | None, more: Sequence[str] = ()
) -> Given:
    """Return everything a text about ``product`` may state."""
    about = [product.name, product.description or "", *voice.tone_examples.values(), *voice.must_say]
    return Given.of([*said.texts, *more, *about, *_of_template(template)], said.facts)


async def template_of(session: AsyncSession, content: Content) -> Structure | None:
    """Return the structure of the template the draft was made from, None when there is none."""
    row = await session.get(Template, content.template_id) if content.template_id else None
    return Structure.of(row.structure) if row else None


def as_text(data: Mapping[str, Any]) -> str:
    """Return an event's data, or a template's variables, as a text whose facts can be read."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=str)


def _of_template(template: Structure | None) -> list[str]:
    if template is None:
        return []
    examples = [example if isinstance(example, str) else json.dumps(example) for example in template.examples]
    return [*template.texts, template.ai_hints, *examples]


def _texts_of(version: ContentVersion) -> list[str]:
    """Everything a version says, on all platforms."""
    own = [form for form in version.adapted.values() if isinstance(form, dict)]
    said = [version.original_text, *(form["text"] for form in own if isinstance(form.get("text"), str))]
    for form in own:
        thread = form.get("thread")
        said += [part for part in thread if isinstance(part, str)] if isinstance(thread, list) else []
    return list(dict.fromkeys(said))


def _typed(before: ContentVersion, after: ContentVersion) -> list[Claim]:
    """Facts that stand in ``after`` and did not in ``before``."""
    old = {reading for claim in _claims(before) for reading in claim.readings}
    return [claim for claim in _claims(after) if not claim.readings & old]


def _signs(before: ContentVersion, after: ContentVersion) -> str:
    """Emoji and hashtags that stand in ``after`` and did not in ``before``."""
    old = "\n".join(_texts_of(before))
    return " ".join(sign for sign in wording.signs_of("\n".join(_texts_of(after))) if sign not in old)


def _claims(version: ContentVersion) -> list[Claim]:
    return [claim for text in _texts_of(version) for claim in claims_of(markdown.parse(text))]
