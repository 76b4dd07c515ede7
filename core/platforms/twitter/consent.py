"""How is an X account connected on X's own page? Its tokens are renewed by the owner's application from then on."""

from collections.abc import Mapping
from typing import Any

from core.platforms import oauth
from core.platforms.base import Target
from core.platforms.connecting import Consent, Granted, Offered, Way
from core.platforms.oauth import Client
from core.platforms.twitter.client import OAUTH


async def login(target: Target, tokens: Mapping[str, Any], client: Client) -> Granted:
    """A login is one account; ``check`` says which."""
    credentials = oauth.kept(tokens) | {"client_id": client.id, "client_secret": client.secret}
    return Granted([Offered(credentials)], oauth.scopes_of(tokens))


CONSENT = (
    Way(
        "consent",
        (),
        # Without offline.access the channel would end after two hours.
        consent=Consent(OAUTH, login, frozenset(OAUTH.scopes) - {"media.write"}, application="X"),
    ),
)
