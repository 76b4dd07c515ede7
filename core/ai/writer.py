"""How does an idea become a draft? A model writes it in the product's voice; without one, the template does.

Whatever happens to the model, the owner gets a draft, and a notice that says plainly how it was made.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import Any, Literal

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import answers, asking, choosing, exemplars, growing, prompting, repairing, sources, without_ai
from core.ai.asking import Asked, Purpose
from core.ai.checks.checking import Yardstick, check_draft, language_of
from core.ai.checks.findings import Finding
from core.ai.choosing import Choice
from core.ai.listening import Heard, Listening
from core.ai.norms import MODEST, norm_of
from core.ai.notices import Notice, notice_of
from core.ai.prompting import Assignment
from core.ai.provider import ProviderError, Request, Usage
from core.ai.stopping import Stopped
from core.ai.usage import CapReached, PriceUnknown
from core.content.models import Content
from core.errors import InvalidInput
from core.products import service as products
from core.products.voice import BrandVoice
from core.runtime import Runtime
from core.settings import service as settings
from core.templates import service as templates
from core.templates import system
from core.templates.kinds import PostKind
from core.templates.models import Template
from core.templates.structure import Structure

MAX_IDEA = 16_000  # characters; what is longer is a text already, and is used as it is
_TIME_LIMIT = 60.0  # seconds per call
_STREAM_LIMIT = 120.0  # the same while the owner watches the text grow and can stop it
# Said at the end of a question that is asked again because its answer did not fit.
_BRIEFLY = "\n\nKeep it short: one compact text of at most 600 characters, and little thought before it."
# What may be thought and written, in tokens; money is reserved for all of it, so it is no more than a post needs.
_THINKING = {"low": 1_500, "medium": 3_000, "high": 8_000}
_FRAME, _MOST_TOKENS = 300, 20_000
_LONG_POST = 2_500  # characters; a longer one is written only where there is a longer one already
_PARTS = 5  # of a thread


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
    details: Mapping[str, object] = field(default_factory=dict)  # of the notice: what a cap has left, say


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
    shown: str | None = None,
    listening: Listening | None = None,
    template_id: uuid.UUID | None = None,
) -> Draft:
    """Write a post from ``idea`` (neutral Markdown). Call it outside any unit of work: it may take some minutes.

    ``purpose`` is what `ai_usage` keeps as the request's type. ``feedback`` is what the owner wants changed,
    ``previous`` the text it is about, ``data`` what an event brought. ``listening`` hears the text for the platform
    ``shown`` while it grows and may stop it: what was written by then becomes the draft if it can stand, else
    ``Stopped`` is raised. Raises ``NotFound`` for an unknown product and ``InvalidInput`` for an empty idea; a model's
    failure is not an error but a notice.
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
        ground = await _ground(runtime, session, product_id, wanted, content_id, template_id)
    if ground.choice.missing is not None:
        return _from_template(ground, Notice(ground.choice.missing.value))
    heard = Heard(listening)
    try:
        return await _by_model(runtime, ground, Purpose(purpose, product_id, content_id), shown, heard)
    except Stopped:
        return _stopped(ground, heard)
    except (ProviderError, CapReached, PriceUnknown) as error:
        draft = _from_template(ground, notice_of(error, ground.choice))
        return replace(draft, details=error.params if isinstance(error, CapReached) else {})


async def _ground(
    runtime: Runtime,
    session: AsyncSession,
    product_id: uuid.UUID,
    wanted: Assignment,
    content_id: uuid.UUID | None,
    template_id: uuid.UUID | None,
) -> _Ground:
    product = await products.get(session, product_id)
    voice = BrandVoice.of(product)
    ai = await settings.get(session, settings.Ai)
    owner = await settings.get(session, settings.General)
    chosen_language = wanted.language or language_of(voice)
    language = chosen_language or owner.language
    template_language = language if language in system.LANGUAGES else "en"
    kind = wanted.kind or PostKind.ANNOUNCEMENT
    template = await _chosen(session, content_id, template_id)
    if template is None:
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
        examples=await exemplars.best(session, product_id, wanted.platforms, runtime.clock.now()),
    )
    return _Ground(
        assignment,
        structure,
        template.id if template else None,
        await choosing.told(session, runtime.settings, ai, runtime.clock.now()),
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


async def _chosen(
    session: AsyncSession, content_id: uuid.UUID | None, template_id: uuid.UUID | None
) -> Template | None:
    """The template that was asked for, else the one the owner has chosen for this draft, if they have."""
    if template_id is not None:
        return await session.get(Template, template_id)
    draft = await session.get(Content, content_id) if content_id is not None else None
    return await session.get(Template, draft.template_id) if draft is not None and draft.template_id else None


async def _said(session: AsyncSession, wanted: Assignment, content_id: uuid.UUID | None) -> sources.Told:
    """Everything the owner has said about the draft, this wish included, which is kept with it."""
    wish = (wanted.feedback or "", sources.as_text(wanted.data) if wanted.data else "")
    if content_id is None:
        return sources.Told((wanted.idea, *wish))
    await sources.remember(session, content_id, wish)
    told = await sources.told(session, content_id)
    return replace(told, texts=(wanted.idea, *told.texts))


async def _by_model(
    runtime: Runtime, ground: _Ground, purpose: Purpose, shown: str | None, heard: Heard
) -> Draft:
    assignment = ground.assignment
    smaller = _smaller(assignment, shown)
    version = prompting.build(assignment).version
    request = _request(ground, assignment, shown, streamed=heard.streamed)
    briefly = _request(ground, smaller, shown, streamed=heard.streamed, wish=_BRIEFLY)
    briefly = replace(briefly, effort="low")
    async with choosing.opened(runtime.settings, ground.choice) as provider:
        asked: Asked[BaseModel] = await asking.ask(
            runtime,
            provider,
            request,
            models=ground.choice.models,
            purpose=purpose,
            smaller=briefly,
            listening=heard.listening,
        )
        answered = smaller if asked.smaller else assignment
        mended = await repairing.mend(
            runtime,
            provider,
            briefly if asked.smaller else request,
            asked,
            look=partial(_look, ground, answered.platforms),
            models=ground.choice.models,
            purpose=purpose,
            stop=heard.listening.stop,
        )
    text, adapted = answers.read(mended.answer, answered.platforms)
    notice = Notice.FALLBACK_MODEL if asked.by_fallback else None
    return Draft(
        text,
        adapted,
        "ai",
        model=asked.completion.model,
        prompt=version,
        notice=Notice.SMALLER if asked.smaller else notice,
        findings=mended.findings,
        usage=asked.completion.usage,
        cost_usd=mended.cost_usd,
    )


def _request(
    ground: _Ground, assignment: Assignment, shown: str | None, *, streamed: bool, wish: str = ""
) -> Request[BaseModel]:
    prompt = prompting.build(assignment)
    return Request(
        model=ground.choice.models[0],
        system=prompt.system,
        content=prompt.content + wish,
        answer=answers.answer_model(assignment.platforms, assignment.kind, shown),
        max_tokens=_room(assignment, ground.effort),
        effort=ground.effort,
        temperature=ground.temperature,
        time_limit=_STREAM_LIMIT if streamed else _TIME_LIMIT,
        shown=answers.shown_fields(assignment.platforms, shown),
    )


def _room(assignment: Assignment, effort: Literal["low", "medium", "high"]) -> int:
    """How many tokens the answer may take. A token is two characters of Russian at the least, more of English."""
    longest = max(_LONG_POST, len(assignment.previous or "") * 5 // 4)
    parts = _PARTS if assignment.kind == PostKind.THREAD else 1
    norms = [norm_of(platform) for platform in assignment.platforms] or [MODEST]
    lengths = [min(longest, norm.advised * parts) for norm in norms]
    if len(lengths) > 1:  # the text that is tied to no platform comes on top
        lengths.append(max(lengths))
    return min(_THINKING[effort] + _FRAME + sum(lengths) // 2, _MOST_TOKENS)


def _smaller(assignment: Assignment, shown: str | None) -> Assignment:
    """The same with less to write: one text, for the platform that is looked at."""
    platforms = assignment.platforms
    return replace(assignment, platforms=(shown,) if shown in platforms and shown else platforms[:1])


def _stopped(ground: _Ground, heard: Heard) -> Draft:
    """What stands of a text that the owner stopped. Raises ``Stopped`` when that is nothing."""
    text = growing.usable(heard.text)
    if text is None:
        raise Stopped("there was no whole sentence yet")
    return Draft(
        text,
        {},
        "ai",
        model=ground.choice.models[0],
        prompt=prompting.build(ground.assignment).version,
        notice=Notice.STOPPED,
        findings=check_draft(text, {}, ground.yardstick, ground.assignment.platforms),
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


def _look(ground: _Ground, platforms: Sequence[str], answer: BaseModel) -> tuple[Finding, ...]:
    """What there is to look at in a model's answer."""
    text, adapted = answers.read(answer, platforms)
    return check_draft(text, adapted, ground.yardstick, platforms)
