"""What is asked for to connect a webhook? Its address; the secret is made here, for the receiver to check with."""

import base64
import secrets

from core.errors import InvalidInput
from core.platforms import pasting
from core.platforms.connecting import Step, Way

_SECRET_BYTES = 32


def new_secret() -> str:
    """Return a fresh secret in the form of Standard Webhooks."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def read_secret(text: str) -> str:
    """Find the receiver's own secret, which may be made of several words. Raises ``InvalidInput``."""
    given = text.strip()
    if not 16 <= len(given) <= 500 or not given.isprintable():
        raise InvalidInput("a secret has 16 to 500 characters on one line", reason="not-a-secret")
    return given


WAYS = (
    Way("address", (Step("url", pasting.link), Step("secret", read_secret, secret=True, make=new_secret))),
)
