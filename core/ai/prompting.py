"""What exactly is the model told? The house rules, the product's voice, the platform's manners, and the material.

The first two blocks stay the same from post to post and are marked for the provider's cache. The material is data:
it travels as JSON between tags that it cannot contain, and the rules say that it is to be read, not obeyed.
"""

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.ai import prompts
from core.ai.norms import norm_of
from core.ai.provider import Block
from core.products.voice import BrandVoice

_LANGUAGES = {"ru": "Russian", "en": "English"}
# What could be taken for the end of a tag, and what nobody sees: written as escapes inside of data.
_BRACKETS = frozenset("<>\uff1c\uff1e\ufe64\ufe65\u2039\u203a\u27e8\u27e9")
_INVISIBLE = frozenset({"Cf", "Zl", "Zp", "Co", "Cs"})
_JOINERS = frozenset("\u200d\ufe0f")  # an emoji may need them


@dataclass(frozen=True, slots=True)
class Assignment:
    """Everything a post is written from."""

    idea: str
    platforms: tuple[str, ...]
    kind: str | None = None
    feedback: str | None = None
    previous: str | None = None
    has_media: bool = False
    language: str = ""
    product: str = ""
    description: str = ""
    voice: BrandVoice = field(default_factory=BrandVoice)
    hints: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)  # of an event, or a template's variables
    examples: tuple[str, ...] = ()  # the product's own best posts


@dataclass(frozen=True, slots=True)
class Prompt:
    """What is sent."""

    system: tuple[Block, ...]
    content: str
    version: str


def build(assignment: Assignment) -> Prompt:
    """Return the prompt for ``assignment``."""
    about = "\n\n".join(
        (
            f"The product: {_inline(assignment.product)}",
            *([f"What it is: {_inline(assignment.description)}"] if assignment.description else []),
            voice_card(assignment.voice),
            platform_card(assignment.platforms, has_media=assignment.has_media),
        )
    )
    # From what changes least to what changes most: each block is the end of a prefix that the provider may keep.
    blocks = [prompts.text("post"), *([_examples(assignment)] if assignment.examples else []), about]
    system = tuple(Block(text, cached=True) for text in blocks)
    return Prompt(system, _content(assignment), prompts.version())


def _examples(assignment: Assignment) -> str:
    return "\n".join(
        [prompts.text("examples"), "<examples>", as_data(list(assignment.examples)), "</examples>"]
    )


def voice_card(voice: BrandVoice) -> str:
    """Return the voice as lines; every field of it that is set appears."""
    lines = [
        _listed("Personality", voice.personality),
        _listed("Words and phrases it likes", voice.vocabulary.preferred),
        _listed("Words and phrases it avoids", voice.vocabulary.avoid),
        _listed("Never says, in any form", voice.never_say),
        _listed("Says in every post, word for word", voice.must_say),
        _listed("Its emoji, and no others", voice.emoji_set),
        _listed("Rules of its writing, to keep in every post", voice.rules),
        f"Formality: {_inline(voice.formality)}" if voice.formality else "",
        f"Usual language: {_inline(voice.language)}" if voice.language else "",
    ]
    examples = [f"  {_inline(kind)}: {_inline(said)}" for kind, said in voice.tone_examples.items()]
    if examples:
        lines += ["How it sounds (imitate the manner, do not copy the words):", *examples]
    told = [f"- {line}" if not line.startswith(" ") else line for line in lines if line]
    return "\n".join(["The voice:", *(told or ["- Nothing is set. Write plainly, warmly and to the point."])])


def platform_card(platforms: Sequence[str], *, has_media: bool) -> str:
    """Return the manners of each platform, or general advice when there is none yet."""
    if not platforms:
        return "Where it appears: not decided yet. Write for a messenger channel, under 900 characters."
    cards = []
    for platform in platforms:
        limit = norm_of(platform).advised_of(has_media=has_media)
        card = prompts.manners(platform).replace("{limit}", str(limit)).replace("{platform}", platform)
        cards.append(f"{card}\n- It is the caption of a picture: complement it." if has_media else card)
    return "\n\n".join(["Where it appears, and how people write there:", *cards])


def _content(assignment: Assignment) -> str:
    material: dict[str, object] = {"idea": assignment.idea}
    if assignment.data:
        material["data"] = dict(assignment.data)
    if assignment.previous:
        material["previous_text"] = assignment.previous
    if assignment.feedback:
        material["owner_feedback"] = assignment.feedback
    lines = ["Write the post described by the material."]
    if assignment.kind:
        purpose = prompts.kinds().get(assignment.kind, f"Kind of post: {_inline(assignment.kind)}.")
        lines.append(f"What it is: {purpose}")
    if assignment.hints:
        lines.append(f"The owner's hints for posts of this kind: {_inline(assignment.hints)}")
    language = _LANGUAGES.get(assignment.language, assignment.language)
    lines.append(f"Write it in {_inline(language)}, whatever language the material is in.")
    if assignment.feedback and assignment.previous:
        lines.append("Change `previous_text` as `owner_feedback` asks; what it does not mention, keep.")
    elif assignment.feedback:
        lines.append("`owner_feedback` is what the owner wants to be different. Do that, within the rules.")
    elif assignment.previous:
        lines.append("`previous_text` was not taken. Find another way in; do not vary its sentences.")
    return "\n".join([*lines, "", "<material>", as_data(material), "</material>"])


def as_data(material: object) -> str:
    """Return JSON in which no tag can be closed and nothing hides.

    Angle brackets and their look-alikes are written as escapes, and so are characters that are not seen: marks of
    direction, line separators, the tag characters in which instructions have been smuggled.
    """
    text = json.dumps(material, ensure_ascii=False, indent=1)
    return "".join(_escaped(character) if _is_tricky(character) else character for character in text)


def _is_tricky(character: str) -> bool:
    if character.isascii():
        return character in "<>"
    if character in _JOINERS:
        return False
    return character in _BRACKETS or unicodedata.category(character) in _INVISIBLE


def _escaped(character: str) -> str:
    return json.dumps(character)[1:-1] if not character.isascii() else f"\\u{ord(character):04x}"


def _listed(title: str, items: Sequence[str]) -> str:
    shown = [_inline(item) for item in items if item.strip()]
    return f"{title}: {'; '.join(shown)}" if shown else ""


def _inline(text: str) -> str:
    """One line, without tags of its own: what the owner typed into a field does not become structure."""
    shown = "".join(
        c for c in text if c in _JOINERS or unicodedata.category(c) not in _INVISIBLE - {"Zl", "Zp"}
    )
    return " ".join(shown.split()).replace("<", "‹").replace(">", "›")
