"""What can be done with products?"""

import re
import unicodedata
import uuid
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from core.db import locks
from core.db.locks import Lock
from core.errors import InvalidInput, NotFound, Stale
from core.ids import new_id
from core.products.models import Product
from core.products.voice import BrandVoice

NAME_LIMIT = 255  # characters
DESCRIPTION_LIMIT = 1000  # characters; it travels with every request to the model
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
    product_id: uuid.UUID | None = None,
) -> Product:
    """Add a product. Without a ``slug`` a free one is made from the name. Raises ``InvalidInput``.

    Where there is one with ``product_id`` already, this is a repetition, and that one is returned as it is.
    """
    if product_id is not None and (made := await session.get(Product, product_id)) is not None:
        return made
    name = _checked_name(name)
    if slug is not None and not _SLUG.fullmatch(slug):
        raise InvalidInput("a slug has small Latin letters, digits and hyphens, e.g. my-product", slug=slug)
    chosen = slug or await _free_slug(session, slug_of(name) or "product")
    if await by_slug(session, chosen) is not None:
        raise InvalidInput(f"the slug {chosen!r} is taken", slug=chosen)
    product = Product(
        id=product_id or new_id(),
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


async def list_page(
    session: AsyncSession, *, archived: bool = False, offset: int = 0, limit: int = 8
) -> list[Product]:
    """Return a page of the active or of the archived products, oldest first."""
    query = select(Product).where(_archived(archived)).order_by(Product.created_at, Product.id)
    return list(await session.scalars(query.offset(offset).limit(limit)))


async def count(session: AsyncSession, *, archived: bool = False) -> int:
    """Return how many products are active, or archived."""
    return await session.scalar(select(func.count()).select_from(Product).where(_archived(archived))) or 0


async def any_takes_events(session: AsyncSession) -> bool:
    """Tell whether an active product has a webhook secret."""
    query = select(Product.id).where(_archived(False), Product.webhook_secret.is_not(None)).limit(1)
    return await session.scalar(query) is not None


async def rename(session: AsyncSession, product_id: uuid.UUID, name: str) -> Product:
    """Give the product another name; its slug stays. Raises ``InvalidInput``, ``NotFound``."""
    product = await _locked(session, product_id)
    product.name = _checked_name(name)
    return product


async def describe(session: AsyncSession, product_id: uuid.UUID, description: str | None) -> Product:
    """Say what the product is; None or nothing but spaces takes the words away. Raises ``InvalidInput``, ``NotFound``."""
    words = (description or "").strip()
    if len(words) > DESCRIPTION_LIMIT:
        raise InvalidInput(f"a product's description has at most {DESCRIPTION_LIMIT} characters")
    product = await _locked(session, product_id)
    product.description = words or None
    return product


async def pause(session: AsyncSession, product_id: uuid.UUID, *, now: datetime) -> None:
    """Hold back everything the product has in the queue. Raises ``Stale`` when it is paused or archived already.

    Once this is committed nothing more of it leaves: whoever claims a post meanwhile is waited for.
    """
    await locks.hold(session, Lock.PAUSE)
    await _move(session, product_id, Product.paused_at.is_(None) & _archived(False), paused_at=now)


async def resume(session: AsyncSession, product_id: uuid.UUID, *, since: datetime | None = None) -> None:
    """Let the product publish again. Raises ``Stale`` when it is not paused (``since`` then, if given), or archived."""
    paused = Product.paused_at.is_not(None) if since is None else Product.paused_at == since
    await _move(session, product_id, paused & _archived(False), paused_at=None)


async def archive(session: AsyncSession, product_id: uuid.UUID, *, now: datetime) -> None:
    """Put the product away; nothing of it is deleted, and its queue waits. Raises ``Stale`` when it is archived."""
    await locks.hold(session, Lock.PAUSE)
    await _move(session, product_id, _archived(False), archived_at=now)


async def restore(session: AsyncSession, product_id: uuid.UUID) -> None:
    """Bring the product back, paused: what waited in its queue asks for a look first. Raises ``Stale``."""
    paused = func.coalesce(Product.paused_at, Product.archived_at)
    await _move(session, product_id, _archived(True), archived_at=None, paused_at=paused)


async def change_voice(
    session: AsyncSession, product_id: uuid.UUID, change: Callable[[BrandVoice], BrandVoice]
) -> BrandVoice:
    """Replace the voice by ``change`` of the present one, which is locked: two edits never undo each other.

    Raises ``NotFound`` and whatever ``change`` raises; then nothing is saved.
    """
    product = await _locked(session, product_id)
    voice = change(BrandVoice.of(product))
    product.brand_voice = voice.stored()
    return voice


async def _locked(session: AsyncSession, product_id: uuid.UUID) -> Product:
    product = await session.get(Product, product_id, with_for_update=True, populate_existing=True)
    if product is None:
        raise NotFound("there is no such product", product_id=product_id)
    return product


async def _move(
    session: AsyncSession, product_id: uuid.UUID, where: ColumnElement[bool], **values: object
) -> None:
    """Change the product's state where it is still the one that was shown; the guard is in the statement."""
    moved = await session.scalar(
        update(Product).where(Product.id == product_id, where).values(**values).returning(Product.id)
    )
    if moved is None:
        await get(session, product_id)
        raise Stale("the product has changed since", product_id=product_id)


def _archived(archived: bool) -> ColumnElement[bool]:
    return Product.archived_at.is_not(None) if archived else Product.archived_at.is_(None)


def _checked_name(name: str) -> str:
    name = " ".join(name.split())
    if not 1 <= len(name) <= NAME_LIMIT:
        raise InvalidInput(f"a product's name has 1 to {NAME_LIMIT} characters")
    return name


async def _free_slug(session: AsyncSession, wanted: str) -> str:
    taken = set(await session.scalars(select(Product.slug).where(Product.slug.startswith(wanted[:90]))))
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted[:90]}-{number}" in taken:
        number += 1
    return f"{wanted[:90]}-{number}"
