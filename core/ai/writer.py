"""How does an idea become a draft? A model writes it in the product's voice; without one, the template does.

Whatever happens to the model, the owner gets a draft, and a notice that says plainly how it was made.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import answers, asking, choosing, grounding, growing, prompting, without_ai
from core.ai.asking import Asked, Purpose
from core.ai.choosing import Choice
from core.ai.grounding import Finding
from core.ai.listening import Heard, Listening
from core.ai.notices import Notice, notice_of
from core.ai.prompting import Assignment
from core.ai.provider import ProviderError, Request, Usage
from core.ai.stopping import Stopped
from core.ai.usage import CapReached, PriceUnknown
from core.errors import InvalidInput
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
_STREAM_LIMIT = 120.0  # the same while the owner watches the text grow and can stop it
# Said at the end of a question that is asked again because its answer did not fit.
_BRIEFLY = "\n\nKeep it short: one compact text of at most 600 characters, and little thought before it."
_TOKENS, _TOKENS_PER_PLATFORM, _MOST_TOKENS = 6_000, 2_000, 20_000  # thinking included


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
    purpose: str = "generate",
    shown: str | None = None,
    listening: Listening | None = None,
) -> Draft:
    """Write a post from ``idea`` (neutral Markdown). Call it outside any unit of work: it may take some minutes.

    ``purpose`` is what `ai_usage` keeps as the request's type. ``feedback`` is what the owner wants changed,
    ``previous`` the text it is about. ``listening`` hears the text for the platform ``shown`` while it grows and may
    stop it: what was written by then becomes the draft if it can stand, else ``Stopped`` is raised. Raises
    ``NotFound`` for an unknown product and ``InvalidInput`` for an empty idea; a model's failure is not an error but a
    notice.
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
    )
    async with runtime.unit_of_work() as session:
        ground = await _ground(runtime, session, product_id, wanted)
    if ground.choice.missing is not None:
        return _from_template(ground, Notice(ground.choice.missing.value))
    heard = Heard(listening)
    try:
        return await _by_model(runtime, ground, Purpose(purpose, product_id, content_id), shown, heard)
    except Stopped:
        return _stopped(ground, heard)
    except (ProviderError, CapReached, PriceUnknown) as error:
        return _from_template(ground, notice_of(error, ground.choice))


async def _ground(
    runtime: Runtime, session: AsyncSession, product_id: uuid.UUID, wanted: Assignment
) -> _Ground:
    product = await products.get(session, product_id)
    voice = BrandVoice.of(product)
    ai = await settings.get(session, settings.Ai)
    owner = await settings.get(session, settings.General)
    language = wanted.language or _language_of(voice) or owner.language
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
    )


async def _by_model(
    runtime: Runtime, ground: _Ground, purpose: Purpose, shown: str | None, heard: Heard
) -> Draft:
    assignment = ground.assignment
    smaller = _smaller(assignment, shown)
    version = prompting.build(assignment).version
    async with choosing.opened(runtime.settings, ground.choice) as provider:
        asked: Asked[BaseModel] = await asking.ask(
            runtime,
            provider,
            _request(ground, assignment, shown, streamed=heard.streamed),
            models=ground.choice.models,
            purpose=purpose,
            smaller=replace(
                _request(ground, smaller, shown, streamed=heard.streamed, wish=_BRIEFLY), effort="low"
            ),
            listening=heard.listening,
        )
    answered = smaller if asked.smaller else assignment
    text, adapted = answers.read(asked.completion.answer, answered.platforms)
    notice = Notice.FALLBACK_MODEL if asked.by_fallback else None
    return Draft(
        text,
        adapted,
        "ai",
        model=asked.completion.model,
        prompt=version,
        notice=Notice.SMALLER if asked.smaller else notice,
        findings=_findings(text, adapted, assignment),
        usage=asked.completion.usage,
        cost_usd=asked.cost_usd,
    )


def _request(
    ground: _Ground, assignment: Assignment, shown: str | None, *, streamed: bool, wish: str = ""
) -> Request[BaseModel]:
    prompt = prompting.build(assignment)
    tokens = _TOKENS + _TOKENS_PER_PLATFORM * max(len(assignment.platforms) - 1, 0)
    return Request(
        model=ground.choice.models[0],
        system=prompt.system,
        content=prompt.content + wish,
        answer=answers.answer_model(assignment.platforms, assignment.kind, shown),
        max_tokens=min(tokens, _MOST_TOKENS),
        effort=ground.effort,
        temperature=ground.temperature,
        time_limit=_STREAM_LIMIT if streamed else _TIME_LIMIT,
        shown=answers.shown_fields(assignment.platforms, shown),
    )


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
        findings=_findings(text, {}, ground.assignment),
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
        findings=_findings(filled.text, adapted, assignment),
        template_id=ground.template_id,
    )


def _findings(text: str, adapted: Mapping[str, Any], assignment: Assignment) -> tuple[Finding, ...]:
    sources = (
        assignment.idea,
        assignment.feedback or "",
        assignment.product,
        assignment.description,
        *assignment.voice.tone_examples.values(),
    )
    texts = dict.fromkeys([text, *(own["text"] for own in adapted.values())])
    return grounding.check(texts, sources=sources, voice=assignment.voice)


def _language_of(voice: BrandVoice) -> str | None:
    """The code of the voice's language, which the owner may have written as a word."""
    name = (voice.language or "").strip().lower()
    if name.startswith(("ru", "рус")):
        return "ru"
    if name.startswith(("en", "анг")):
        return "en"
    return name or None
