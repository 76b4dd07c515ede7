"""How is a product's webhook secret kept? Sealed, bound to its row; after a rotation the old one counts for a while."""

import base64
import os
from datetime import datetime, timedelta

from core import redaction
from core.products.models import Product
from core.security.keyring import Keyring

BOTH_COUNT = timedelta(days=7)  # after a rotation; time to change the sender
SHORTEST, LONGEST = 8, 128  # bytes; sealed it must fit the column's 255 characters
_BYTES = 24  # of a new one, as Standard Webhooks recommends

_NOW, _BEFORE = "webhook_secret", "previous_webhook_secret"


def new() -> str:
    """Return a fresh secret in the form of Standard Webhooks; every other scheme takes it as the text it is."""
    return "whsec_" + base64.b64encode(os.urandom(_BYTES)).decode()


def seal(keyring: Keyring, product: Product, secret: str | None) -> None:
    """Set the product's only webhook secret; None switches its endpoint off."""
    product.webhook_secret = _sealed(keyring, product, _NOW, secret)
    drop_previous(product)


def rotate(keyring: Keyring, product: Product, secret: str, *, now: datetime) -> None:
    """Set another secret; the one before still counts for a week. The one before that counts no more."""
    before = reveal(keyring, product)
    product.webhook_secret = _sealed(keyring, product, _NOW, secret)
    product.previous_webhook_secret = _sealed(keyring, product, _BEFORE, before)
    product.previous_secret_until = now + BOTH_COUNT if before is not None else None


def drop_previous(product: Product) -> None:
    """Have only the newest secret count."""
    product.previous_webhook_secret = product.previous_secret_until = None


def reveal(keyring: Keyring, product: Product) -> str | None:
    """Return the secret in the clear. Raises ``core.security.keyring.CannotOpen``."""
    return _opened(keyring, product, _NOW, product.webhook_secret)


def previous_counts(product: Product, now: datetime) -> bool:
    """Tell whether the secret before this one is still good."""
    until = product.previous_secret_until
    return product.previous_webhook_secret is not None and until is not None and now < until


def live(keyring: Keyring, product: Product, now: datetime) -> tuple[str, ...]:
    """Return the secrets that count now, the newest first. Raises ``core.security.keyring.CannotOpen``."""
    before = product.previous_webhook_secret if previous_counts(product, now) else None
    found = (reveal(keyring, product), _opened(keyring, product, _BEFORE, before))
    return tuple(secret for secret in found if secret)


def _sealed(keyring: Keyring, product: Product, column: str, secret: str | None) -> str | None:
    redaction.learn(secret)
    return None if secret is None else keyring.seal(secret.encode(), "products", str(product.id), column)


def _opened(keyring: Keyring, product: Product, column: str, stored: str | None) -> str | None:
    if stored is None or not keyring.is_sealed(stored):
        redaction.learn(stored)
        return stored  # a row written by hand
    opened = keyring.open(stored, "products", str(product.id), column).decode()
    redaction.learn(opened)
    return opened
