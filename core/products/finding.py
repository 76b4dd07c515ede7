"""Which product does the owner mean? By name or slug, in full or from its beginning, in quotes or without."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.products.models import Product

_QUOTES = {"«": "»", '"': '"', "“": "”", "„": "“", "'": "'", "‘": "’"}
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Found:
    """The products that may be meant, and where in what was typed the rest begins."""

    products: Sequence[Product]
    end: int

    def rest_of(self, typed: str) -> str:
        """Return what was typed after the product."""
        return typed[self.end :].strip()


def find(products: Sequence[Product], typed: str) -> Found:
    """Read a product off the beginning of ``typed``.

    In quotes the whole of the name is inside. Without them the longest full name or slug wins, else the first word is
    taken as the beginning of one, or of a word in it. Nothing found leaves ``end`` at the beginning.
    """
    start = len(typed) - len(typed.lstrip())
    if typed[start : start + 1] in _QUOTES:
        end = typed.find(_QUOTES[typed[start]], start + 1)
        if end > start + 1:
            return Found(_called(products, typed[start + 1 : end]), end + 1)
    full = [
        (len(name), product)
        for product in products
        for name in _names(product)
        if _begins(typed[start:], name)
    ]
    if full:
        longest = max(length for length, _ in full)
        meant = {product.id: product for length, product in full if length == longest}
        return Found(list(meant.values()), start + longest)
    word = _WORD.match(typed, start)
    if word is None:
        return Found([], 0)
    meant_by_word = _called(products, word[0])
    return Found(meant_by_word, word.end() if meant_by_word else 0)


def _called(products: Sequence[Product], name: str) -> list[Product]:
    """The products called so in full; else those whose name, slug or a word of it begins so."""
    wanted = _plain(name.strip().removeprefix("@"))
    if not wanted:
        return []
    exact = [product for product in products if wanted in map(_plain, _names(product))]
    return exact or [
        product
        for product in products
        if any(
            _plain(part).startswith(wanted) for whole in _names(product) for part in (whole, *whole.split())
        )
    ]


def _names(product: Product) -> tuple[str, str]:
    return product.name, product.slug


def _begins(typed: str, name: str) -> bool:
    after = typed[len(name) : len(name) + 1]
    return _plain(typed[: len(name)]) == _plain(name) and (not after or after.isspace())


def _plain(text: str) -> str:
    # Letter by letter, so that lengths stay as they are: "ё" is often typed as "е".
    return "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in text).replace(
        "ё", "е"
    )
