"""How is a Mastodon account connected on its own server's page? NEXUS registers itself there; the token has no end."""

from collections.abc import Mapping
from typing import Any

from core.platforms import oauth
from core.platforms.base import Target
from core.platforms.connecting import Consent, Granted, Offered, Way
from core.platforms.mastodon.ways import SERVER
from core.platforms.oauth import Client, OAuth

# PKCE is checked from 4.3 on; older servers pass over it. https://docs.joinmastodon.org/methods/oauth/
OAUTH = OAuth(
    authorize="/oauth/authorize",
    token="/oauth/token",  # noqa: S106 - an address
    scopes=("read:accounts", "read:statuses", "write:statuses", "write:media"),
)


async def login(target: Target, tokens: Mapping[str, Any], client: Client) -> Granted:
    """A login is one account; ``check`` says which."""
    return Granted([Offered(oauth.kept(tokens))], oauth.scopes_of(tokens))


_NEEDED = frozenset({"read:accounts", "write:statuses"})
CONSENT = (Way("consent", (SERVER,), consent=Consent(OAUTH, login, _NEEDED, register="/api/v1/apps")),)
