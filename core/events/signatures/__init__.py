"""Who signed a delivery, and with what? Pure functions over its raw bytes, its headers and the product's secrets."""

from core.events.signatures.checking import authentic, covers_delivery, scheme_of, sent_at
from core.events.signatures.digest import WINDOW, timely
from core.events.signatures.schemes import Scheme

__all__ = ["WINDOW", "Scheme", "authentic", "covers_delivery", "scheme_of", "sent_at", "timely"]
