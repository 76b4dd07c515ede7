"""What becomes of an idea when no model writes? The template filled in with the owner's own words, none of them lost."""

from dataclasses import dataclass

from core.products.voice import BrandVoice
from core.templates import rendering
from core.templates.rendering import Filled, Markdown
from core.templates.structure import Structure
from core.text import markdown
from core.text.rich import RichText, Span

_LONGEST_TITLE = 120  # characters; a longer first line is a paragraph


@dataclass(frozen=True, slots=True)
class Words:
    """An idea cut into what templates ask for; both are neutral Markdown and either may be empty."""

    title: str
    text: str


def words_of(idea: str) -> Words:
    """Cut ``idea`` (neutral Markdown) after its first line, if that is short enough to be a title."""
    rich = markdown.parse(idea.strip())
    first, _, _ = rich.text.partition("\n")
    if len(first) > _LONGEST_TITLE:
        return Words("", idea.strip())
    # The template sets the title in bold itself, so its own formatting goes.
    return Words(quoted(first.strip()), _slice(rich, len(first)))


def fill(structure: Structure, *, idea: str, product: str, description: str, voice: BrandVoice) -> Filled:
    """Fill ``structure`` from ``idea``. A template that asks for neither its title nor its text gets them around it."""
    words = words_of(idea)
    required = [phrase for phrase in voice.must_say if phrase.strip() and phrase.strip() not in idea]
    filled = rendering.fill(
        structure,
        {
            "title": Markdown(words.title),
            "text": Markdown(words.text),
            "idea": Markdown(idea),
            "emoji": next((emoji for emoji in voice.emoji_set if emoji.strip()), None),
            "product": {"name": product, "description": description},
            "must_say": Markdown("\n".join(quoted(phrase.strip()) for phrase in required)),
        },
        quote=quoted,
    )
    if "idea" in filled.used:
        return filled
    before = (words.title,) if words.title and "title" not in filled.used else ()
    after = (words.text,) if words.text and "text" not in filled.used else ()
    if structure.format == "thread":
        return Filled((*before, *filled.parts, *after), filled.missing, filled.used)
    whole = "\n\n".join((*before, *filled.parts, *after))
    return Filled((whole,), filled.missing, filled.used)


def quoted(text: str) -> str:
    """Plain text as Markdown that shows it literally."""
    return markdown.to_markdown(RichText(text))


def _slice(rich: RichText, start: int) -> str:
    """The Markdown of everything from ``start`` on, without white space around it."""
    rest = rich.text[start:]
    left = start + len(rest) - len(rest.lstrip())
    length = len(rest.strip())
    spans = tuple(
        Span(max(span.start - left, 0), min(span.end - left, length), span.kind, span.value)
        for span in rich.spans
        if span.end > left and span.start < left + length
    )
    return markdown.to_markdown(RichText(rest.strip(), spans))
