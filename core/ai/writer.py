"""How does an idea become a draft? A model writes it in the product's voice; without one, the template does.

Whatever happens to the model, the owner gets a draft, and a notice that says plainly how it was made.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, Literal

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import answers, asking, choosing, prompting, repairing, sources, without_ai
from core.ai.asking import Asked, Purpose
from core.ai.checks.checking import Yardstick, check_draft, language_of
from core.ai.checks.findings import Finding
from core.ai.choosing import Choice
from core.ai.prompting import Assignment
from core.ai.provider import BadKey, NoCredit, ProviderError, Refused, Request, Usage
from core.ai.usage import CapReached, PriceUnknown
from core.errors import InvalidInput, NexusError
from core.products import service as products
from core.products.voice import BrandVoice
from core.runtime import Runtime
from core.settings import service as settings
from core.templates import service as templates
from core.templates import system
from core.templates.kinds import PostKind
from core.templates.structure import Structure

MAX_IDEA = 16_000  # characters; what is longer is a text already, and is used as it is
_TIME_LIMIT = 60.0  # seconds per call
_TOKENS, _TOKENS_PER_PLATFORM, _MOST_TOKENS = 6_000, 2_000, 20_000  # thinking included


class Notice(StrEnum):
    """Why a draft is not what the default model wrote; names the locale text `notice-<code>`."""

    NO_KEY = "no_key"  # no ANTHROPIC_API_KEY: made from the template
    NO_OPENAI_KEY = "no_openai_key"  # the same with OPENAI_API_KEY, and no other server is named
    NO_MODEL = "no_model"  # the provider is chosen, its model is not
    BAD_KEY = "bad_key"
    BAD_OPENAI_KEY = "bad_openai_key"
    NO_CREDIT = "no_credit"
    REFUSED = "refused"
    CAP_REACHED = "cap_reached"
    PRICE_UNKNOWN = "price_unknown"  # a cap is set, and nobody knows the model's price
    UNAVAILABLE = "unavailable"  # both models failed or were too slow
    FALLBACK_MODEL = "fallback_model"  # written by AI, but by the fallback model
    TOO_LONG = "too_long"  # the owner's own text, unshortened


_NOTICES: tuple[tuple[type[NexusError], Notice], ...] = (
    (BadKey, Notice.BAD_KEY),
    (NoCredit, Notice.NO_CREDIT),
    (Refused, Notice.REFUSED),
    (CapReached, Notice.CAP_REACHED),
    (PriceUnknown, Notice.PRICE_UNKNOWN),
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A text to show to the owner. ``text`` and the texts in ``adapted`` are neutral Markdown."""

    text: str
    adapted: dict[str, Any]
    made_by: Literal["ai", "template", "owner"]
    model: str | None = None
    prompt: str | None = None  # the version of the words that were sent
    notice: Notice | None = None
    findings: tuple[Finding, ...] = ()
    template_id: uuid.UUID | None = None
    usage: Usage | None = None
    cost_usd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the database knew before the call."""

    assignment: Assignment
    structure: Structure  # of the template to use without AI
    template_id: uuid.UUID | None
    choice: Choice
    effort: Literal["low", "medium", "high"]
    temperature: float
    yardstick: Yardstick


async def write_post(
    runtime: Runtime,
    *,
    product_id: uuid.UUID,
    idea: str,
    platforms: Sequence[str],
    kind: str | None = None,
    language: str | None = None,
    feedback: str | None = None,
    previous: str | None = None,
    content_id: uuid.UUID | None = None,
    has_media: bool = False,
    data: Mapping[str, Any] | None = None,
    purpose: str = "generate",
) -> Draft:
    """Write a post from ``idea`` (neutral Markdown). Call it outside any unit of work: it may take two minutes.

    ``purpose`` is what `ai_usage` keeps as the request's type. ``feedback`` is what the owner wants changed,
    ``previous`` the text it is about, ``data`` what an event brought. Raises ``NotFound`` for an unknown product and ``InvalidInput`` for an empty idea; a model's failure is not an error but a notice.
    """
    idea = answers.clean(idea).strip()
    if not idea:
        raise InvalidInput("an idea has at least one character")
    if len(idea) > MAX_IDEA:
        return Draft(idea, {}, "owner", notice=Notice.TOO_LONG)
    wanted = Assignment(
        idea=idea,
        platforms=tuple(dict.fromkeys(platforms)),
        kind=kind,
        language=language or "",
        feedback=answers.clean(feedback or "").strip() or None,
        previous=answers.clean(previous or "").strip() or None,
        has_media=has_media,
        data=data or {},
    )
    async with runtime.unit_of_work() as session:
        ground = await _ground(runtime, session, product_id, wanted, content_id)
    if ground.choice.missing is not None:
        return _from_template(ground, Notice(ground.choice.missing.value))
    try:
        return await _by_model(runtime, ground, Purpose(purpose, product_id, content_id))
    except (ProviderError, CapReached, PriceUnknown) as error:
        return _from_template(ground, notice_of(error, ground.choice))


def notice_of(error: NexusError, choice: Choice) -> Notice:
    """Return how to say why no model answered."""
    if isinstance(error, BadKey) and choice.provider == "openai":
        return Notice.BAD_OPENAI_KEY
    return next((code for kind, code in _NOTICES if isinstance(error, kind)), Notice.UNAVAILABLE)


async def _ground(
    runtime: Runtime,
    session: AsyncSession,
    product_id: uuid.UUID,
    wanted: Assignment,
    content_id: uuid.UUID | None,
) -> _Ground:
    product = await products.get(session, product_id)
    voice = BrandVoice.of(product)
    ai = await settings.get(session, settings.Ai)
    owner = await settings.get(session, settings.General)
    chosen_language = wanted.language or language_of(voice)
    language = chosen_language or owner.language
    template_language = language if language in system.LANGUAGES else "en"
    kind = wanted.kind or PostKind.ANNOUNCEMENT
    template = await templates.best_for(session, product_id, kind, template_language)
    structure = Structure.of(template.structure) if template else None
    if structure is None:
        template = None
        shipped = system.shipped(template_language)
        structure = (shipped.get(kind) or shipped[PostKind.ANNOUNCEMENT]).structure
    assignment = replace(
        wanted,
        language=language,
        product=product.name,
        description=product.description or "",
        voice=voice,
        hints=structure.ai_hints if wanted.kind else "",
    )
    return _Ground(
        assignment,
        structure,
        template.id if template else None,
        choosing.choose(runtime.settings, ai),
        ai.effort,
        ai.temperature,
        Yardstick(
            sources.given(
                await _said(session, wanted, content_id), product=product, voice=voice, template=structure
            ),
            voice,
            chosen_language,
            wanted.has_media,
        ),
    )


async def _said(session: AsyncSession, wanted: Assignment, content_id: uuid.UUID | None) -> sources.Told:
    """Everything the owner has said about the draft, this wish included, which is kept with it."""
    wish = (wanted.feedback or "", sources.as_text(wanted.data) if wanted.data else "")
    if content_id is None:
        return sources.Told((wanted.idea, *wish))
    await sources.remember(session, content_id, wish)
    told = await sources.told(session, content_id)
    return replace(told, texts=(wanted.idea, *told.texts))


async def _by_model(runtime: Runtime, ground: _Ground, purpose: Purpose) -> Draft:
    assignment = ground.assignment
    prompt = prompting.build(assignment)
    tokens = _TOKENS + _TOKENS_PER_PLATFORM * max(len(assignment.platforms) - 1, 0)
    request: Request[BaseModel] = Request(
        model=ground.choice.models[0],
        system=prompt.system,
        content=prompt.content,
        answer=answers.answer_model(assignment.platforms, assignment.kind),
        max_tokens=min(tokens, _MOST_TOKENS),
        effort=ground.effort,
        temperature=ground.temperature,
        time_limit=_TIME_LIMIT,
    )
    async with choosing.opened(runtime.settings, ground.choice) as provider:
        asked: Asked[BaseModel] = await asking.ask(
            runtime, provider, request, models=ground.choice.models, purpose=purpose
        )
        mended = await repairing.mend(
            runtime,
            provider,
            request,
            asked,
            look=partial(_look, ground),
            models=ground.choice.models,
            purpose=purpose,
        )
    text, adapted = answers.read(mended.answer, assignment.platforms)
    return Draft(
        text,
        adapted,
        "ai",
        model=asked.completion.model,
        prompt=prompt.version,
        notice=Notice.FALLBACK_MODEL if asked.by_fallback else None,
        findings=mended.findings,
        usage=asked.completion.usage,
        cost_usd=mended.cost_usd,
    )


def _from_template(ground: _Ground, notice: Notice) -> Draft:
    """The template filled in; never fails, and never loses a word of the idea."""
    assignment = ground.assignment
    filled = without_ai.fill(
        ground.structure,
        idea=assignment.idea,
        product=assignment.product,
        description=assignment.description,
        voice=assignment.voice,
    )
    parts = list(filled.parts)
    adapted: dict[str, Any] = {}
    if len(parts) > 1:
        adapted = {platform: {"text": filled.text, "thread": parts} for platform in assignment.platforms}
    return Draft(
        filled.text,
        adapted,
        "template",
        notice=notice,
        findings=check_draft(filled.text, adapted, ground.yardstick, assignment.platforms),
        template_id=ground.template_id,
    )


def _look(ground: _Ground, answer: BaseModel) -> tuple[Finding, ...]:
    """What there is to look at in a model's answer."""
    text, adapted = answers.read(answer, ground.assignment.platforms)
    return check_draft(text, adapted, ground.yardstick, ground.assignment.platforms)
