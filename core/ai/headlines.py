"""Which first line would make people read on? Three headlines for a draft, each with its reason, and one put on top."""

import re
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from core.ai import asking, bearings, choosing, prompting, prompts, threads
from core.ai.answers import Words
from core.ai.asking import Asked, Purpose
from core.ai.bearings import Bearings
from core.ai.listening import Listening
from core.ai.models import ContentHeadlines
from core.ai.notices import Notice, notice_of
from core.ai.provider import ProviderError, Request
from core.ai.stopping import Stop
from core.ai.tools import Unfit, unfit_for_headlines
from core.ai.usage import CapReached, PriceUnknown
from core.ids import new_id
from core.runtime import Runtime
from core.text import markdown
from core.text.rich import RichText

PURPOSE = "headlines"  # what `ai_usage` keeps as the request's type
COUNT = 3
_LONGEST, _LONGEST_REASON = 120, 300  # characters; a longer first line is a paragraph
_TIME_LIMIT = 60.0  # seconds
_TOKENS = {"low": 2_500, "medium": 4_000, "high": 9_000}  # thinking included
_NAMES = {"ru": "Russian", "en": "English"}
_WHOLE_BOLD = re.compile(r"\*\*[^*\n]+\*\*")


def _line(value: str) -> str:
    """A headline is one line and short, whatever the model made of that."""
    line = " ".join(value.split()).strip("*_# ")
    if not line or len(line) > _LONGEST:
        raise ValueError("is no headline")
    return line


class Variant(BaseModel):
    """One headline, and why it works."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    headline: Annotated[Words, AfterValidator(_line)]
    reason: Annotated[Words, AfterValidator(lambda value: value[:_LONGEST_REASON])]


class _Three(BaseModel):
    model_config = ConfigDict(extra="forbid")
    variants: Annotated[list[Variant], Field(min_length=COUNT, description="exactly three")]


@dataclass(frozen=True, slots=True)
class Proposed:
    """Three variants, or why there are none."""

    variants: tuple[Variant, ...] = ()
    notice: Notice | None = None
    unfit: Unfit | None = None
    details: Mapping[str, object] = field(default_factory=dict)


async def propose(
    runtime: Runtime, *, content_id: uuid.UUID, version: int, platforms: Sequence[str], stop: Stop
) -> Proposed:
    """Have three headlines written for this version and keep them with it. Call it outside any unit of work.

    Raises ``NotFound``, ``Stale``, and ``Stopped``.
    """
    about = await bearings.load(runtime, content_id, version, platforms)
    reason = unfit_for_headlines(about.original)
    if reason is not None:
        return Proposed(unfit=reason)
    if about.choice.missing is not None:
        return Proposed(notice=Notice(about.choice.missing.value))
    purpose = Purpose(PURPOSE, about.product_id, content_id)
    try:
        async with choosing.opened(runtime.settings, about.choice) as provider:
            asked: Asked[_Three] = await asking.ask(
                runtime,
                provider,
                _request(about),
                models=about.choice.models,
                purpose=purpose,
                listening=Listening(stop=stop),
            )
    except (ProviderError, CapReached, PriceUnknown) as error:
        if stop.asked:
            raise
        details = error.params if isinstance(error, CapReached) else {}
        return Proposed(notice=notice_of(error, about.choice), details=details)
    variants = tuple(asked.completion.answer.variants[:COUNT])
    async with runtime.unit_of_work() as session:
        await _keep(session, content_id, version, variants)
    notice = Notice.FALLBACK_MODEL if asked.by_fallback else None
    return Proposed(variants, notice)


async def kept(session: AsyncSession, content_id: uuid.UUID, version: int) -> tuple[Variant, ...]:
    """Return the headlines proposed for this version; none when there were none."""
    row = await session.scalar(
        select(ContentHeadlines).where(
            ContentHeadlines.content_id == content_id, ContentHeadlines.version == version
        )
    )
    if row is None:
        return ()
    try:
        return tuple(Variant.model_validate(one) for one in row.variants)
    except ValidationError:  # a database has other visitors
        return ()


def on_top(headline: str, text: str) -> str:
    """Return ``text`` with ``headline`` as its first line, in place of the title it has, if it has one."""
    first, newline, rest = text.strip().partition("\n")
    has_title = bool(newline) and len(first) <= _LONGEST and (_is_apart(rest) or _is_bold(first))
    body = rest.strip() if has_title else text.strip()
    shown = markdown.to_markdown(RichText(headline))
    title = f"**{shown}**" if _is_bold(first) or not has_title else shown
    return f"{title}\n\n{body}"


def put_on_top(headline: str, original: str, adapted: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a draft's columns with ``headline`` on every text; a thread gets it on its first part."""
    changed: dict[str, Any] = {}
    top = on_top(headline, original)
    for platform, form in adapted.items():
        changed[platform] = dict(form)
        parts = form.get("thread")
        if isinstance(parts, list) and parts:
            strings = [str(part) for part in parts]
            opened = [on_top(headline, threads.bare(strings[0])), *strings[1:]]
            finished = threads.numbered(opened) if threads.are_numbered(strings) else opened
            changed[platform] |= {"thread": finished, "text": threads.joined(finished)}
            if threads.joined(strings) == original:
                top = threads.joined(finished)
        elif isinstance(form.get("text"), str):
            changed[platform]["text"] = on_top(headline, form["text"])
    return top, changed


def _is_apart(rest: str) -> bool:
    return rest.startswith("\n") or not rest.strip()


def _is_bold(line: str) -> bool:
    return _WHOLE_BOLD.fullmatch(line.strip()) is not None


def _request(about: Bearings) -> Request[_Three]:
    language = _NAMES.get(about.owner_language, about.owner_language)
    material = {"text": about.original}
    lines = [prompts.text("headlines").replace("{language}", language)]
    return Request(
        model=about.choice.models[0],
        system=about.system,
        content="\n".join([*lines, "", "<material>", prompting.as_data(material), "</material>"]),
        answer=_Three,
        max_tokens=_TOKENS[about.effort],
        effort=about.effort,
        temperature=about.temperature,
        time_limit=_TIME_LIMIT,
    )


async def _keep(
    session: AsyncSession, content_id: uuid.UUID, version: int, variants: tuple[Variant, ...]
) -> None:
    values = {"variants": [variant.model_dump() for variant in variants]}
    row = insert(ContentHeadlines).values(id=new_id(), content_id=content_id, version=version, **values)
    await session.execute(
        row.on_conflict_do_update(
            index_elements=[ContentHeadlines.content_id, ContentHeadlines.version], set_=values
        )
    )
