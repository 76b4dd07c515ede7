"""How is one field of the voice read, checked and changed? Typed words become a new voice or a clear refusal."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

import regex

from core.errors import InvalidInput, Stale
from core.products.voice import BrandVoice


class VoiceField(StrEnum):
    """The fields of ``BrandVoice``, those of its vocabulary among them, in the order in which they are shown."""

    PERSONALITY = "personality"
    PREFERRED = "preferred"
    AVOID = "avoid"
    TONE = "tone_examples"
    EMOJI = "emoji_set"
    LANGUAGE = "language"
    FORMALITY = "formality"
    MUST_SAY = "must_say"
    NEVER_SAY = "never_say"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Limit:
    """How much a field holds: entries, and characters of each."""

    entries: int
    length: int


LIMITS = {
    VoiceField.PERSONALITY: Limit(12, 60),
    VoiceField.PREFERRED: Limit(40, 80),
    VoiceField.AVOID: Limit(60, 80),
    VoiceField.TONE: Limit(15, 1000),
    VoiceField.EMOJI: Limit(20, 16),
    VoiceField.LANGUAGE: Limit(1, 40),
    VoiceField.FORMALITY: Limit(1, 120),
    VoiceField.MUST_SAY: Limit(5, 200),
    VoiceField.NEVER_SAY: Limit(60, 200),
    VoiceField.RULES: Limit(20, 200),
}
TEXTS = frozenset({VoiceField.LANGUAGE, VoiceField.FORMALITY})
LISTS = frozenset(VoiceField) - TEXTS - {VoiceField.TONE}
_WANTED = frozenset({VoiceField.PREFERRED, VoiceField.MUST_SAY})
_UNWANTED = frozenset({VoiceField.AVOID, VoiceField.NEVER_SAY})
_EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\ufe0f?\u20e3")
_BULLET = regex.compile(r"^(?:[•·*–—-]|\d{1,2}[.)])\s+")
# Between commas or semicolons; quotation marks around an entry keep the commas in it.
_ENTRY = regex.compile(r"\s*(?:«([^»]*)»|“([^”]*)”|\"([^\"]*)\")\s*(?=[,;]|$)|([^,;]+)")


class VoiceInputError(InvalidInput):
    """Root of what may be wrong with words typed for the voice; each has a text of its own."""

    code: ClassVar[str] = "voice-input"


class NothingTyped(VoiceInputError):
    """There is no entry in what was typed."""

    code = "voice-empty"


class TooMany(VoiceInputError):
    """The field would hold more entries than it may."""

    code = "voice-too-many"


class TooLong(VoiceInputError):
    """An entry is too long."""

    code = "voice-too-long"


class NotEmoji(VoiceInputError):
    """Something that is not an emoji was typed as one."""

    code = "voice-not-emoji"


class Contradiction(VoiceInputError):
    """The same words would be both wanted and unwanted."""

    code = "voice-contradiction"


def entries(voice: BrandVoice, field: VoiceField) -> list[str]:
    """Return what a field of words holds; a text is one entry, or none. For examples: their kinds."""
    if field in {VoiceField.PREFERRED, VoiceField.AVOID}:
        return list(getattr(voice.vocabulary, field.value))
    value = getattr(voice, field.value)
    if field in TEXTS:
        return [value] if value else []
    return list(value)


def filled(voice: BrandVoice) -> list[VoiceField]:
    """Return the fields that hold something."""
    return [field for field in VoiceField if entries(voice, field)]


def read(field: VoiceField, typed: str) -> list[str]:
    """Return the entries of what was typed: one a line, else separated by commas. Raises ``VoiceInputError``."""
    if field is VoiceField.EMOJI:
        found = _emoji(typed)
    elif field in LISTS:
        found = _words(typed)
    else:
        found = [" ".join(typed.split())] if field is not VoiceField.TONE else [typed.strip()]
    return check(field, found)


def check(field: VoiceField, found: Iterable[str]) -> list[str]:
    """Return ``found`` without repetitions. Raises ``NothingTyped``, ``TooLong`` or ``TooMany``."""
    kept = unique(found)
    if not kept:
        raise NothingTyped
    limit = LIMITS[field]
    longest = max(kept, key=len)
    if len(longest) > limit.length:
        raise TooLong(value=longest[:60], length=len(longest), limit=limit.length)
    if len(kept) > limit.entries:
        raise TooMany(n=len(kept), limit=limit.entries)
    return kept


def added(voice: BrandVoice, field: VoiceField, new: Sequence[str]) -> BrandVoice:
    """Return the voice with ``new`` in the field: a list grows, a text is replaced. Raises ``VoiceInputError``."""
    if field in TEXTS:
        return _with(voice, field, check(field, new)[:1])
    _refuse_contradiction(voice, field, new)
    present = entries(voice, field)
    merged = unique([*present, *new])
    if len(merged) > len(present) and len(merged) > LIMITS[field].entries:
        raise TooMany(n=len(merged), limit=LIMITS[field].entries)
    return _with(voice, field, merged)


def removed(voice: BrandVoice, field: VoiceField, mark: int) -> BrandVoice:
    """Return the voice without the entry marked ``mark``. Raises ``Stale`` when it has gone already."""
    gone = entry(voice, field, mark)
    if field is VoiceField.TONE:
        kept = {kind: text for kind, text in voice.tone_examples.items() if kind != gone}
        return voice.model_copy(update={"tone_examples": kept})
    return _with(voice, field, [item for item in entries(voice, field) if item != gone])


def cleared(voice: BrandVoice, field: VoiceField) -> BrandVoice:
    """Return the voice with an empty field."""
    if field is VoiceField.TONE:
        return voice.model_copy(update={"tone_examples": {}})
    return _with(voice, field, [])


def with_example(voice: BrandVoice, kind: str, text: str) -> BrandVoice:
    """Return the voice with ``text`` as the example of ``kind``. Raises ``VoiceInputError``."""
    (checked,) = check(VoiceField.TONE, [text.strip()])
    examples = {**voice.tone_examples, kind: checked}
    limit = LIMITS[VoiceField.TONE].entries
    if kind not in voice.tone_examples and len(examples) > limit:
        raise TooMany(n=len(examples), limit=limit)
    return voice.model_copy(update={"tone_examples": examples})


def mark_of(text: str) -> int:
    """Return a number that names ``text`` on a button: its place in a list may change, its content does not."""
    return zlib.crc32(text.encode())


def entry(voice: BrandVoice, field: VoiceField, mark: int) -> str:
    """Return the entry marked ``mark``. Raises ``Stale``."""
    for item in entries(voice, field):
        if mark_of(item) == mark:
            return item
    raise Stale("the entry is not there any more", field=field.value)


def unique(items: Iterable[str]) -> list[str]:
    """Return ``items`` trimmed, without empty ones and without repetitions in another case."""
    first: dict[str, str] = {}
    for item in (item.strip() for item in items):
        if item:
            first.setdefault(item.casefold(), item)
    return list(first.values())


def is_emoji(grapheme: str) -> bool:
    """Tell whether one visible character is an emoji."""
    return _EMOJI.match(grapheme) is not None


def _with(voice: BrandVoice, field: VoiceField, items: list[str]) -> BrandVoice:
    if field in {VoiceField.PREFERRED, VoiceField.AVOID}:
        return voice.model_copy(
            update={"vocabulary": voice.vocabulary.model_copy(update={field.value: items})}
        )
    value = next(iter(items), None) if field in TEXTS else items
    return voice.model_copy(update={field.value: value})


def _words(typed: str) -> list[str]:
    lines = [_BULLET.sub("", line.strip()).strip() for line in typed.splitlines() if line.strip()]
    if len(lines) > 1:
        return [line.rstrip(",;") for line in lines]
    return [
        " ".join(next((part for part in match.groups() if part), "").split())
        for match in _ENTRY.finditer(" ".join(lines))
    ]


def _emoji(typed: str) -> list[str]:
    found = []
    for grapheme in regex.findall(r"\X", typed):
        if is_emoji(grapheme):
            found.append(grapheme)
        elif grapheme.strip(" \t\r\n,;."):
            raise NotEmoji(value=grapheme[:20])
    return found


def _refuse_contradiction(voice: BrandVoice, field: VoiceField, new: Sequence[str]) -> None:
    others = _UNWANTED if field in _WANTED else _WANTED if field in _UNWANTED else frozenset()
    for other in others:
        taken = {item.casefold() for item in entries(voice, other)}
        for item in new:
            if item.casefold() in taken:
                raise Contradiction(value=item[:60], field=other.value)
