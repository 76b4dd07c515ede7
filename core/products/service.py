"""What can be done with products?"""

import re
import unicodedata
import uuid

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import InvalidInput, NotFound
from core.products.models import Product
from core.products.voice import BrandVoice

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")
_CYRILLIC = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True)) | {
    "ё": "e", "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip


def slug_of(name: str) -> str:
    """Return a slug for ``name``; Cyrillic is transliterated. Empty when nothing usable is left."""
    latin = "".join(_CYRILLIC.get(letter, letter) for letter in name.lower())
    ascii_only = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:100].strip("-")


async def create(
    session: AsyncSession,
    *,
    name: str,
    slug: str | None = None,
    description: str | None = None,
    brand_voice: BrandVoice | None = None,
) -> Product:
    """Add a product. Without a ``slug`` a free one is made from the name. Raises ``InvalidInput``."""
    name = name.strip()
    if not 1 <= len(name) <= 255:
        raise InvalidInput("a product's name has 1 to 255 characters")
    if slug is not None and not _SLUG.fullmatch(slug):
        raise InvalidInput("a slug has small Latin letters, digits and hyphens, e.g. my-product", slug=slug)
    chosen = slug or await _free_slug(session, slug_of(name) or "product")
    if await by_slug(session, chosen) is not None:
        raise InvalidInput(f"the slug {chosen!r} is taken", slug=chosen)
    product = Product(
        name=name,
        slug=chosen,
        description=description,
        brand_voice=(brand_voice or BrandVoice()).stored(),
        settings={},
    )
    session.add(product)
    await session.flush()
    return product


async def get(session: AsyncSession, product_id: uuid.UUID) -> Product:
    """Return the product. Raises ``NotFound``."""
    product = await session.get(Product, product_id)
    if product is None:
        raise NotFound("there is no such product", product_id=product_id)
    return product


async def by_slug(session: AsyncSession, slug: str) -> Product | None:
    """Return the product called ``slug``, if there is one."""
    return await session.scalar(select(Product).where(Product.slug == slug))


async def list_active(session: AsyncSession) -> list[Product]:
    """Return the products that are not archived, oldest first."""
    query = select(Product).where(Product.archived_at.is_(None)).order_by(Product.created_at, Product.id)
    return list(await session.scalars(query))


async def _free_slug(session: AsyncSession, wanted: str) -> str:
    taken = set(await session.scalars(select(Product.slug).where(Product.slug.startswith(wanted[:90]))))
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted[:90]}-{number}" in taken:
        number += 1
    return f"{wanted[:90]}-{number}"
