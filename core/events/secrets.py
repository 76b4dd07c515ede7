"""How does the owner change a product's webhook secret? Each change names the secret it was decided about."""

import uuid
import zlib
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from core.errors import InvalidInput, NotFound, Stale
from core.events import endpoints
from core.products import webhook_secret
from core.products.models import Product
from core.security.keyring import Keyring


def version_of(product: Product) -> int:
    """Return a number that is another one after every change; 0 without a secret."""
    stored = (product.webhook_secret or "") + (product.previous_webhook_secret or "")
    return zlib.crc32(stored.encode()) if stored else 0


async def renew(
    session: AsyncSession,
    keyring: Keyring,
    product_id: uuid.UUID,
    *,
    version: int,
    now: datetime,
    given: str | None = None,
) -> str:
    """Set a new secret, made or ``given``, and return it; the one before counts for a week more.

    Raises ``Stale`` when it is not the one of ``version`` any more, ``InvalidInput`` for a secret that cannot be used.
    """
    secret = webhook_secret.new() if given is None else _usable(given)
    product = await _locked(session, product_id, version)
    webhook_secret.rotate(keyring, product, secret, now=now)
    return secret


async def drop_previous(session: AsyncSession, product_id: uuid.UUID, *, version: int) -> None:
    """Have only the newest secret count from now on. Raises ``Stale``."""
    webhook_secret.drop_previous(await _locked(session, product_id, version))


async def remove(session: AsyncSession, keyring: Keyring, product_id: uuid.UUID, *, version: int) -> None:
    """Switch the product's endpoint off. Raises ``Stale``."""
    webhook_secret.seal(keyring, await _locked(session, product_id, version), None)


def _usable(secret: str) -> str:
    secret = secret.strip()
    fits = webhook_secret.SHORTEST <= len(secret.encode()) <= webhook_secret.LONGEST
    if not fits or not secret.isprintable() or " " in secret:
        raise InvalidInput(
            f"a webhook secret has {webhook_secret.SHORTEST} to {webhook_secret.LONGEST} characters and no spaces"
        )
    return secret


async def _locked(session: AsyncSession, product_id: uuid.UUID, version: int) -> Product:
    product = await session.get(Product, product_id, with_for_update=True, populate_existing=True)
    if product is None:
        raise NotFound("there is no such product", product_id=product_id)
    if version_of(product) != version or product.archived_at is not None:
        raise Stale("the webhook secret has changed since", product_id=product_id)
    endpoints.forget_after_commit(session)
    return product
