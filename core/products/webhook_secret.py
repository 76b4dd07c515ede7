"""How is a product's webhook secret kept? Sealed, bound to its row."""

from core.products.models import Product
from core.security.keyring import Keyring


def seal(keyring: Keyring, product: Product, secret: str | None) -> None:
    """Set the product's webhook secret; None switches its endpoint off."""
    product.webhook_secret = (
        None
        if secret is None
        else keyring.seal(secret.encode(), "products", str(product.id), "webhook_secret")
    )


def reveal(keyring: Keyring, product: Product) -> str | None:
    """Return the secret in the clear. Raises ``core.security.keyring.CannotOpen``."""
    stored = product.webhook_secret
    if stored is None or not keyring.is_sealed(stored):
        return stored  # a row written by hand
    return keyring.open(stored, "products", str(product.id), "webhook_secret").decode()
