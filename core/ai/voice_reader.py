"""How does a product sound? A model reads sample posts and proposes a voice; what the samples do not show is left out.

The samples are data: they travel as JSON between tags they cannot close. What comes back is checked against them, so
that neither an inventive model nor a sample that gives orders can put words into the voice that nobody wrote.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex
from pydantic import BaseModel, ConfigDict

from core.ai import answers, asking, choosing, prompting, prompts
from core.ai.asking import Asked, Purpose
from core.ai.notices import Notice, notice_of
from core.ai.provider import Block, ProviderError, Request
from core.ai.usage import CapReached, PriceUnknown
from core.errors import InvalidInput
from core.products import service as products
from core.products import voice_fields
from core.products.voice import BrandVoice, Vocabulary
from core.products.voice_fields import LIMITS, VoiceField
from core.runtime import Runtime
from core.settings import service as settings
from core.templates.kinds import PostKind

FEWEST, MOST = 3, 10  # samples
SAMPLE_LENGTH = 4096  # characters of each
_TIME_LIMIT = 60.0  # seconds per call
_TOKENS = 6_000  # thinking included
_LANGUAGES = {"ru": "Russian", "en": "English"}


class _Example(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: PostKind
    text: str


class _Form(BaseModel):
    """What the model is asked to fill in; every field may be empty."""

    model_config = ConfigDict(extra="forbid")
    personality: list[str]
    preferred: list[str]
    avoid: list[str]
    tone_examples: list[_Example]
    emoji_set: list[str]
    language: str
    formality: str
    must_say: list[str]
    never_say: list[str]


@dataclass(frozen=True, slots=True)
class Reading:
    """A proposal, or why there is none: then ``voice`` is None and ``notice`` says what happened."""

    voice: BrandVoice | None
    notice: Notice | None = None
    cost_usd: Decimal | None = None


async def read_voice(runtime: Runtime, *, product_id: uuid.UUID, samples: Sequence[str]) -> Reading:
    """Read the voice out of 3 to 10 sample posts. Call it outside any unit of work: it may take two minutes.

    Saves nothing but the call's `ai_usage` row. Raises ``InvalidInput`` for too few, too many or too long samples and
    ``NotFound`` for an unknown product; a model's failure is not an error but a notice.
    """
    posts = voice_fields.unique(answers.clean(sample) for sample in samples)
    if not FEWEST <= len(posts) <= MOST or max(map(len, posts)) > SAMPLE_LENGTH:
        raise InvalidInput(
            f"a voice is read from {FEWEST} to {MOST} posts of at most {SAMPLE_LENGTH} characters"
        )
    async with runtime.unit_of_work() as session:
        product = await products.get(session, product_id)
        ai = await settings.get(session, settings.Ai)
        owner = await settings.get(session, settings.General)
    choice = choosing.choose(runtime.settings, ai)
    if choice.missing is not None:
        return Reading(None, Notice(choice.missing.value))
    request = Request(
        model=choice.models[0],
        system=(Block(prompts.text("voice"), cached=True),),
        content=content_of(product.name, posts, owner.language),
        answer=_Form,
        max_tokens=_TOKENS,
        effort=ai.effort,
        time_limit=_TIME_LIMIT,
    )
    try:
        async with choosing.opened(runtime.settings, choice) as provider:
            asked: Asked[_Form] = await asking.ask(
                runtime, provider, request, models=choice.models, purpose=Purpose("voice", product_id)
            )
    except (ProviderError, CapReached, PriceUnknown) as error:
        return Reading(None, notice_of(error, choice))
    return Reading(
        _grounded(asked.completion.answer, posts),
        Notice.FALLBACK_MODEL if asked.by_fallback else None,
        asked.cost_usd,
    )


def content_of(product: str, samples: Sequence[str], language: str) -> str:
    """Return the user's message; ``language`` (ru, en) is the owner's, for what describes the voice."""
    name = " ".join(product.split()).replace("<", "‹").replace(">", "›")
    return "\n".join(
        [
            f"Fill in the form about the voice of {name}.",
            f"Write personality and formality in {_LANGUAGES[language]}: the owner reads them.",
            "",
            "<samples>",
            prompting.as_data(list(samples)),
            "</samples>",
        ]
    )


def _grounded(form: _Form, samples: Sequence[str]) -> BrandVoice:
    """Keep what fits its field and, where a field quotes the samples, what really stands in them."""
    spoken = [_plain(sample) for sample in samples]
    everything = "\n".join(spoken)
    used = {found for found in regex.findall(r"\X", "\n".join(samples)) if voice_fields.is_emoji(found)}
    personality = _fitting(VoiceField.PERSONALITY, form.personality)
    preferred = [
        item for item in _fitting(VoiceField.PREFERRED, form.preferred) if _plain(item) in everything
    ]
    must_say = [
        item
        for item in _fitting(VoiceField.MUST_SAY, form.must_say)
        if all(_plain(item) in sample for sample in spoken)
    ]
    wanted = {item.casefold() for item in (*preferred, *must_say)}
    unwanted = {
        field: [
            item
            for item in _fitting(field, said)
            if item.casefold() not in wanted and _plain(item) in everything
        ]
        for field, said in ((VoiceField.AVOID, form.avoid), (VoiceField.NEVER_SAY, form.never_say))
    }
    examples = {
        example.kind.value: answers.clean(example.text).strip()
        for example in form.tone_examples
        if _fitting(VoiceField.TONE, [example.text]) and _plain(example.text) in everything
    }
    return BrandVoice(
        personality=personality,
        vocabulary=Vocabulary(preferred=preferred, avoid=unwanted[VoiceField.AVOID]),
        tone_examples=examples,
        emoji_set=[item for item in _fitting(VoiceField.EMOJI, form.emoji_set) if item in used],
        language=next(iter(_fitting(VoiceField.LANGUAGE, [form.language])), None),
        formality=next(iter(_fitting(VoiceField.FORMALITY, [form.formality])), None),
        must_say=must_say,
        never_say=unwanted[VoiceField.NEVER_SAY],
    )


def _fitting(field: VoiceField, said: Sequence[str]) -> list[str]:
    """What of ``said`` the field has room for: nothing empty, nothing too long, not too many."""
    limit = LIMITS[field]
    kept = [item for item in voice_fields.unique(map(answers.clean, said)) if len(item) <= limit.length]
    return kept[: limit.entries]


def _plain(text: str) -> str:
    """Text for comparing: one case, single spaces."""
    return " ".join(answers.clean(text).casefold().split())
