"""How is a draft rewritten? One call for all its texts, with one tool; what fails leaves the draft as it was."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from pydantic import BaseModel

from core.ai import answers, asking, bearings, choosing, growing, prompting, prompts, repairing
from core.ai.asking import Asked, Purpose
from core.ai.bearings import Bearings
from core.ai.checks.checking import check_draft
from core.ai.checks.findings import Finding, FindingCode
from core.ai.listening import Heard, Listening
from core.ai.notices import Notice, notice_of
from core.ai.provider import ProviderError, Request
from core.ai.stopping import Stopped
from core.ai.texts import Texts
from core.ai.tools import EMOJI, LANGUAGES, THREADS, Tool, Unfit, purpose_of, unfit
from core.ai.usage import CapReached, PriceUnknown
from core.ai.writer import Draft
from core.runtime import Runtime
from core.templates.kinds import PostKind

_TIME_LIMIT, _STREAM_LIMIT = 60.0, 120.0  # seconds per call; longer while the owner watches and can stop it
_THINKING = {"low": 1_500, "medium": 3_000, "high": 8_000}  # tokens
_FRAME, _MOST_TOKENS = 600, 20_000
_GROWTH = 1.6  # how much longer than the old texts the new ones may become
_BRIEFLY = (
    "\n\nThink little: the answer must be complete. Rather make the texts shorter than leave one unfinished."
)
_NAMES = {"ru": "Russian", "en": "English"}
_EMOJI_FAULTS = frozenset({FindingCode.EMOJI, FindingCode.EMOJI_COUNT})


@dataclass(frozen=True, slots=True)
class Rewritten:
    """The new texts, or why there are none: then ``draft`` is None and the old ones stay."""

    draft: Draft | None
    notice: Notice | None = None
    unfit: Unfit | None = None
    details: Mapping[str, object] = field(default_factory=dict)  # of the notice: what a cap has left, say


async def rewrite(
    runtime: Runtime,
    *,
    content_id: uuid.UUID,
    version: int,
    tool: Tool,
    platforms: Sequence[str],
    wish: str = "",
    shown: str | None = None,
    listening: Listening | None = None,
) -> Rewritten:
    """Rewrite the texts of this version with ``tool``. Call it outside any unit of work; it saves nothing of them.

    ``wish`` are the owner's words for the tools that want some; ``platforms`` are those of a thread. A text that is
    stopped counts as far as it makes sense, else ``Stopped`` is raised. Raises ``NotFound`` and ``Stale`` too.
    """
    wish = answers.clean(wish).strip()
    about = await bearings.load(
        runtime, content_id, version, platforms, wish=wish if tool is not Tool.TRANSLATE else ""
    )
    reason = unfit(tool, about.original)
    if reason is not None or about.texts.amount > 2 * _MOST_TOKENS:
        return Rewritten(None, unfit=reason or Unfit.TOO_LONG)
    if about.choice.missing is not None:
        return Rewritten(None, Notice(about.choice.missing.value))
    heard = Heard(listening)
    job = _Job(about, tool, wish, tuple(platforms), shown, heard)
    try:
        return Rewritten(await _by_model(runtime, job))
    except Stopped:
        return Rewritten(_stopped(job))
    except (ProviderError, CapReached, PriceUnknown) as error:
        details = error.params if isinstance(error, CapReached) else {}
        return Rewritten(None, notice_of(error, about.choice), details=details)


@dataclass(frozen=True, slots=True)
class _Job:
    about: Bearings
    tool: Tool
    wish: str
    platforms: tuple[str, ...]
    shown: str | None
    heard: Heard

    @property
    def threads(self) -> bool:
        return self.tool in THREADS

    @property
    def answer(self) -> type[BaseModel]:
        if self.threads:
            return answers.answer_model(self.platforms, PostKind.THREAD, self.shown)
        return self.about.texts.answer_model(self.shown)

    @property
    def shown_fields(self) -> tuple[str, ...]:
        if self.threads:
            return answers.shown_fields(self.platforms, self.shown)
        return self.about.texts.shown_fields(self.shown)

    def columns(self, answer: BaseModel) -> tuple[str, dict[str, Any]]:
        """What the draft's columns become."""
        if not self.threads:
            return self.about.texts.answered(answer).stored(self.about.adapted)
        text, made = answers.read(answer, self.platforms)
        kept = Texts("").stored(self.about.adapted)[1]  # without any words
        return text, {name: kept.get(name, {}) | made.get(name, {}) for name in dict.fromkeys([*kept, *made])}


async def _by_model(runtime: Runtime, job: _Job) -> Draft:
    about = job.about
    request = _request(job)
    briefly = replace(request, content=request.content + _BRIEFLY, effort="low")
    purpose = Purpose(purpose_of(job.tool), about.product_id, about.content_id)
    async with choosing.opened(runtime.settings, about.choice) as provider:
        asked: Asked[BaseModel] = await asking.ask(
            runtime,
            provider,
            request,
            models=about.choice.models,
            purpose=purpose,
            smaller=briefly,
            listening=job.heard.listening,
        )
        mended = await repairing.mend(
            runtime,
            provider,
            briefly if asked.smaller else request,
            asked,
            look=partial(_look, job),
            models=about.choice.models,
            purpose=purpose,
            stop=job.heard.listening.stop,
        )
    text, adapted = job.columns(mended.answer)
    return Draft(
        text,
        adapted,
        "ai",
        model=asked.completion.model,
        prompt=prompts.version(),
        notice=Notice.FALLBACK_MODEL if asked.by_fallback else None,
        findings=mended.findings,
        usage=asked.completion.usage,
        cost_usd=mended.cost_usd,
    )


def _request(job: _Job) -> Request[BaseModel]:
    about = job.about
    streamed = job.heard.streamed
    tokens = _THINKING[about.effort] + _FRAME + int(about.texts.amount * _GROWTH * max(1, _copies(job)) / 2)
    return Request(
        model=about.choice.models[0],
        system=about.system,
        content=_content(job),
        answer=job.answer,
        max_tokens=min(tokens, _MOST_TOKENS),
        effort=about.effort,
        temperature=about.temperature,
        time_limit=_STREAM_LIMIT if streamed else _TIME_LIMIT,
        shown=job.shown_fields,
    )


def _copies(job: _Job) -> int:
    """A thread is written for each platform anew; other tools give back as many texts as there are."""
    return len(job.platforms) + 1 if job.threads and len(job.platforms) > 1 else 1


def _content(job: _Job) -> str:
    instructions = prompts.tools()
    language = LANGUAGES.get(job.tool)
    if language is not None:
        task = instructions["translate"].replace("{language}", _NAMES[language])
    else:
        task = instructions["translate-typed" if job.tool is Tool.TRANSLATE else job.tool.value]
    material: dict[str, object] = {"texts": job.about.texts.fields}
    if job.about.idea:
        material["idea"] = job.about.idea
    if job.wish:
        material["owner_wish"] = job.wish
    thread = [prompts.text("thread")] if job.threads else []
    lines = [prompts.text("rewrite"), f"The task: {task}", *thread]
    return "\n".join([*lines, "", "<material>", prompting.as_data(material), "</material>"])


def _look(job: _Job, answer: BaseModel) -> tuple[Finding, ...]:
    """What there is to look at; how many emoji there are is what the owner has just decided."""
    text, adapted = job.columns(answer)
    found = check_draft(text, adapted, job.about.yardstick, job.platforms)
    if job.tool in EMOJI:
        return tuple(one for one in found if one.code not in _EMOJI_FAULTS)
    return found


def _stopped(job: _Job) -> Draft:
    """What stands of a text that the owner stopped. Raises ``Stopped`` when that is nothing, or a piece of a thread."""
    text = None if job.threads else growing.usable(job.heard.text)
    texts = job.about.texts.with_shown(text, job.shown) if text is not None else None
    if texts is None:
        raise Stopped("there was nothing yet that could stand")
    original, adapted = texts.stored(job.about.adapted)
    model = job.about.choice.models[0]
    return Draft(original, adapted, "ai", model=model, prompt=prompts.version(), notice=Notice.STOPPED)
