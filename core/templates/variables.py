"""Which variables does a template ask for, and what does it say once they are given?"""

import re
from collections.abc import Mapping
from typing import Any

from core.products.models import Product
from core.products.voice import BrandVoice
from core.templates import rendering
from core.templates.rendering import Filled, Markdown
from core.templates.structure import Structure
from core.text import markdown
from core.text.rich import RichText

# Filled in from the product and its voice, without being asked for.
GIVEN = frozenset({"product", "emoji", "must_say"})
_BRACES = re.compile(r"\{\{|\}\}|\{([^{}\n]{1,100})\}")
_NAME = re.compile(r"[^\W\d]\w*(?:\.\w+)*\??")


def asked(structure: Structure) -> list[str]:
    """Return the variables that somebody has to fill in, in order of appearance."""
    return of_texts(structure.texts)


def of_texts(texts: tuple[str, ...] | list[str]) -> list[str]:
    """Return the variables of ``texts`` but for those that are given."""
    names = dict.fromkeys(name for text in texts for name in rendering.names_in(text))
    return [name for name in names if name.partition(".")[0] not in GIVEN]


def misspelt(text: str) -> list[str]:
    """Return what stands in braces and was surely meant as a variable, but is no name: `{the title}`."""
    inside = (match[1] for match in _BRACES.finditer(text) if match[1])
    return list(dict.fromkeys(name for name in inside if not _NAME.fullmatch(name)))


def without_marks(text: str) -> str:
    """Return Markdown in which names in braces are as they were typed: `{first\\_name}` is `{first_name}`."""
    return _BRACES.sub(lambda match: match[0].replace("\\", ""), text)


def example_of(structure: Structure) -> dict[str, str]:
    """Return the values of the first example that has some."""
    for example in structure.examples:
        if isinstance(example, Mapping):
            return {str(name): str(value) for name, value in example.items() if isinstance(value, str | int)}
    return {}


def fill(structure: Structure, values: Mapping[str, str], product: Product) -> Filled:
    """Fill in ``values`` (neutral Markdown, as the owner wrote it) and what the product gives by itself."""
    voice = BrandVoice.of(product)
    said = " ".join(values.values())
    required = [phrase.strip() for phrase in voice.must_say if phrase.strip() and phrase.strip() not in said]
    given: dict[str, Any] = {
        "emoji": next((emoji for emoji in voice.emoji_set if emoji.strip()), None),
        "product": {"name": product.name, "description": product.description or ""},
        "must_say": Markdown("\n".join(_quoted(phrase) for phrase in required)),
    }
    written = {name: Markdown(value) for name, value in values.items()}
    return rendering.fill(structure, given | written, quote=_quoted)


def _quoted(text: str) -> str:
    """Plain text as Markdown that shows it literally."""
    return markdown.to_markdown(RichText(text))
