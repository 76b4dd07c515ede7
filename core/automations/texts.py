"""What does a rule's text say once the event's values are in it? Values are shown literally: no markup, no second meaning."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from core.products.models import Product
from core.products.voice import BrandVoice
from core.templates import rendering
from core.templates.rendering import Filled, Markdown
from core.templates.structure import Structure
from core.text import markdown
from core.text.rich import RichText

_LONGEST = 2000  # characters of one value; an event may bring a whole book
_MATERIAL = 12_000  # characters of facts for a model
_DEEPEST, _WIDEST = 6, 60  # of nested facts


def variables_of(known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a text may ask for: ``{token_id}`` and ``{data.token_id}`` are the same, ``{event}`` its name."""
    data = known.get("data")
    return (dict(data) if isinstance(data, Mapping) else {}) | dict(known)


def fill(text: str, known: Mapping[str, Any]) -> Filled:
    """Fill in a text (neutral Markdown); a line that lacks a value is left out, and the value is named."""
    return rendering.fill(Structure(body=text), variables_of(known), quote=quoted)


def fill_plain(text: str, known: Mapping[str, Any]) -> Filled:
    """The same for a plain text."""
    return rendering.fill(Structure(body=text), variables_of(known), quote=_cut)


def fill_template(structure: Structure, known: Mapping[str, Any], product: Product) -> Filled:
    """Fill in a template from what is known and what the product gives by itself."""
    voice = BrandVoice.of(product)
    phrases = [phrase.strip() for phrase in voice.must_say if phrase.strip()]
    given: dict[str, Any] = {
        "emoji": next((emoji for emoji in voice.emoji_set if emoji.strip()), None),
        "product": {"name": product.name, "description": product.description or ""},
        "must_say": Markdown("\n".join(quoted(phrase) for phrase in phrases)),
    }
    return rendering.fill(structure, variables_of(known) | given, quote=quoted)


def quoted(text: str) -> str:
    """Plain text as Markdown that shows it literally."""
    return markdown.to_markdown(RichText(_cut(text)))


def reported(missing: Sequence[str]) -> dict[str, Any]:
    """Return the part of a step's result that names missing values."""
    return {"missing": list(missing)[:20]} if missing else {}


def trimmed(known: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known in so many words as a model needs: a service's whole payload is mostly addresses and flags."""
    found: Any = {}
    for depth in range(_DEEPEST, 0, -1):
        found = _shallow(known, depth)
        if len(json.dumps(found, ensure_ascii=False, default=str)) <= _MATERIAL:
            return dict(found)
    return {name: value for name, value in found.items() if isinstance(value, str | int | float)}


def _shallow(value: Any, depth: int) -> Any:
    if isinstance(value, str):
        return _cut(value)
    if isinstance(value, Mapping):
        inner = list(value.items())[:_WIDEST] if depth else []
        return {str(name): _shallow(item, depth - 1) for name, item in inner}
    if isinstance(value, list):
        return [_shallow(item, depth - 1) for item in value[:_WIDEST]] if depth else []
    return value


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
