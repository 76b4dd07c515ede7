"""What should the owner look at twice in this text? Every check, in the order in which the findings are shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.ai.checks import wording
from core.ai.checks.findings import Finding, distinct
from core.ai.checks.given import Given
from core.ai.checks.grounding import invented
from core.ai.norms import norm_of
from core.products.voice import BrandVoice
from core.text import markdown
from core.text.rich import RichText

_LONGEST = 20_000  # characters that are checked; what is longer than four whole posts is nobody's draft


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a text is held against. ``language`` is "" where any will do."""

    given: Given
    voice: BrandVoice = field(default_factory=BrandVoice)
    language: str = ""
    has_media: bool = False


def check(
    parts: Sequence[RichText], yardstick: Yardstick, platform: str, *, length: bool = True
) -> tuple[Finding, ...]:
    """Return the findings about ``parts`` as they are on ``platform``; a place each, so words may come up again.

    ``length`` is left out where the platform's own rendering reports it.
    """
    parts = [rich if len(rich.text) <= _LONGEST else RichText(rich.text[:_LONGEST]) for rich in parts]
    voice, norm = yardstick.voice, norm_of(platform)
    return (
        *invented(parts, yardstick.given),
        *wording.unwanted(parts, voice),
        *wording.missing(parts, voice),
        *wording.foreign(parts, yardstick.language),
        *(wording.too_long(parts, norm, has_media=yardstick.has_media) if length else ()),
        *wording.emoji(parts, voice, yardstick.given),
        *wording.hashtags(parts, voice, yardstick.given, norm),
    )


def check_draft(
    text: str, adapted: Mapping[str, Any], yardstick: Yardstick, platforms: Sequence[str]
) -> tuple[Finding, ...]:
    """Return what there is to look at in a draft as it is on each of ``platforms``, each thing once."""
    found: list[Finding] = []
    for platform in platforms or ("",):
        own = adapted.get(platform, {})
        texts = own.get("thread") or [own.get("text", text)]
        found += check([markdown.parse(one) for one in texts], yardstick, platform)
    return distinct(found)


def language_of(voice: BrandVoice) -> str:
    """Return the code of the voice's language, which the owner may have written as a word; "" when none is set."""
    name = (voice.language or "").strip().lower()
    if name.startswith(("ru", "рус")):
        return "ru"
    if name.startswith(("en", "анг")):
        return "en"
    return name
