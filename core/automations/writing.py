"""How is what has happened written about? By AI from the facts, or by a template with the event's values in it."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import sources, writer
from core.automations import facts as numbers
from core.automations import texts
from core.automations.actions.work import ActionFailed
from core.automations.drafts import Proposal
from core.automations.shapes.facts import Facts
from core.channels import service as channels
from core.products import service as products
from core.products.models import Product
from core.runtime import Runtime
from core.settings import service as settings
from core.settings.service import General
from core.templates import editing
from core.templates import service as templates
from core.templates.kinds import PostKind
from core.templates.models import Template
from core.templates.rendering import Filled
from core.templates.structure import Structure
from core.templates.variables import asked

_ROW = re.compile(
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"
)  # names a row of ours; no reader wants to know it
_LINES = 30  # facts that are named in the idea
_DEFAULT = "telegram"  # nothing is connected yet: the draft is written all the same


@dataclass(frozen=True, slots=True)
class Commission:
    """What is to be written, for which product."""

    product_id: uuid.UUID
    template: str | None = None
    kind: str | None = None
    idea: str | None = None
    platforms: tuple[str, ...] = ()
    facts: Facts | None = None
    use_ai: bool = True


@dataclass(frozen=True, slots=True)
class _Ground:
    product: Product
    template: Template | None
    structure: Structure | None
    kind: str | None
    platforms: tuple[str, ...]
    known: dict[str, Any]


async def write(runtime: Runtime, commission: Commission, known: Mapping[str, Any]) -> Proposal:
    """Write it, outside of any transaction. Raises ``ActionFailed`` when there is nothing to write from."""
    async with runtime.unit_of_work() as session:
        ground = await _ground(runtime, session, commission, known)
    idea = texts.fill(commission.idea, ground.known) if commission.idea else None
    if not commission.use_ai:
        return _filled(ground, idea)
    draft = await writer.write_post(
        runtime,
        product_id=commission.product_id,
        idea=(idea.text if idea else "") or _idea(ground),
        platforms=ground.platforms,
        kind=ground.kind,
        data=texts.trimmed(ground.known),
        purpose="automation",
        template_id=ground.template.id if ground.template else None,
    )
    if (
        draft.made_by == "template"
    ):  # no model could be asked: the event's own values fill the template better
        own = _own(ground, idea)
        if own is not None:
            return replace(own, asks_because="no-ai")
    return Proposal(
        commission.product_id,
        draft.text,
        dict(draft.adapted),
        made_by=draft.made_by,
        ai_model=draft.model,
        ai_prompt=draft.prompt,
        kind=ground.kind,
        template_id=ground.template.id if ground.template else draft.template_id,
        said=(_as_said(idea, ground), sources.as_text(texts.trimmed(ground.known))),
        missing=idea.missing if idea else (),
        asks_because=_doubt(draft),
        cost_usd=str(draft.cost_usd) if draft.cost_usd is not None else None,
    )


def _doubt(draft: writer.Draft) -> str | None:
    """Why even an automatic rule asks about this text."""
    if draft.findings:
        return "findings"
    return "no-ai" if draft.made_by != "ai" else None


def _as_said(idea: Filled | None, ground: _Ground) -> str:
    return idea.text if idea and idea.text else _idea(ground)


async def _ground(
    runtime: Runtime, session: AsyncSession, commission: Commission, known: Mapping[str, Any]
) -> _Ground:
    product = await products.get(session, commission.product_id)
    general = await settings.get(session, General)
    template = await find_template(session, product.id, commission.template, general.language)
    kind = commission.kind or _kind_of(template, commission.template)
    if commission.template and template is None and kind is None:
        raise ActionFailed("no-template", f"there is no template called {commission.template!r}")
    whole = dict(known)
    if commission.facts is not None:
        whole["facts"] = await numbers.gather(
            session, product.id, commission.facts, runtime.clock.now(), general.zone
        )
    connected = await channels.connected_platforms(session, product.id)
    wanted = [name for name in commission.platforms if name in connected] or list(commission.platforms)
    return _Ground(
        product,
        template,
        Structure.of(template.structure) if template else None,
        kind,
        tuple(wanted or sorted(connected) or [_DEFAULT]),
        whole,
    )


async def find_template(
    session: AsyncSession, product_id: uuid.UUID, named: str | None, language: str
) -> Template | None:
    """Return the template that ``named`` means: an id, a name whatever its case, or a kind of post."""
    if named is None:
        return None
    reach = await templates.list_for_product(session, product_id)
    for one in reach:
        if named == str(one.id) or named.casefold() == one.name.casefold():
            return one
    return await templates.best_for(session, product_id, named.lower(), language)


def _kind_of(template: Template | None, named: str | None) -> str | None:
    said = (template.content_type, template.category) if template else (named,)
    return next((kind for kind in said if kind in list(PostKind)), None)


def _idea(ground: _Ground) -> str:
    """What has happened, as a text: the facts by their names."""
    data = ground.known.get("data")
    head = (
        f"{ground.template.name}: {ground.known.get('event', '')}"
        if ground.template
        else str(ground.known.get("event", ""))
    )
    lines = [
        f"{name}: {value}"
        for name, value in (data.items() if isinstance(data, Mapping) else ())
        if isinstance(value, str | int | float)
        and not isinstance(value, bool)
        and not _ROW.fullmatch(str(value))
    ]
    return texts.quoted("\n".join([head, *lines[:_LINES]]))


def _own(ground: _Ground, idea: Filled | None) -> Proposal | None:
    """The template with the event's values, if it can be filled without a gap; else the idea's own text."""
    if ground.structure is not None and asked(ground.structure):
        filled = texts.fill_template(ground.structure, ground.known, ground.product)
        if not filled.missing and filled.text:
            return _proposal(ground, filled.parts, ())
    if idea is not None and idea.text:
        return _proposal(ground, _parts(idea.text, ground.kind), idea.missing)
    return None


def _filled(ground: _Ground, idea: Filled | None) -> Proposal:
    """Without AI: whatever of the template or the idea can be said. Raises ``ActionFailed``."""
    own = _own(ground, idea)
    if own is not None:
        return own
    if ground.structure is not None:
        filled = texts.fill_template(ground.structure, ground.known, ground.product)
        if filled.text:
            return _proposal(ground, filled.parts, filled.missing)
    raise ActionFailed("empty", "nothing is left of the text without the missing values")


def _parts(text: str, kind: str | None) -> list[str]:
    parts = editing.parts_of(text)
    return parts if len(parts) > 1 or kind == PostKind.THREAD else [text]


def _proposal(ground: _Ground, parts: Sequence[str], missing: Sequence[str]) -> Proposal:
    whole = "\n\n".join(parts)
    thread: dict[str, Any] = {"text": whole, "thread": list(parts)}
    return Proposal(
        ground.product.id,
        whole,
        {platform: dict(thread) for platform in ground.platforms} if len(parts) > 1 else {},
        made_by="template",
        kind=ground.kind,
        template_id=ground.template.id if ground.template else None,
        said=(whole, sources.as_text(texts.trimmed(ground.known))),
        missing=tuple(missing),
        asks_because="missing" if missing else None,
    )


async def other_product(session: AsyncSession, named: str) -> uuid.UUID:
    """Return the product called ``named``: its slug, or its name whatever the case. Raises ``ActionFailed``."""
    for product in await products.list_active(session):
        if named in {product.slug, str(product.id)} or named.casefold() == product.name.casefold():
            return product.id
    raise ActionFailed("no-product", f"there is no product called {named!r}", name=named)
