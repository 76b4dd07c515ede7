"""How is a Mastodon account connected on its own server's page? NEXUS registers itself there; the token has no end."""

from collections.abc import Mapping
from typing import Any

from core.platforms import oauth
from core.platforms.base import Target
from core.platforms.connecting import Consent, Granted, Offered, Step, Way
from core.platforms.oauth import Client, OAuth

# PKCE is checked from 4.3 on; older servers pass over it. https://docs.joinmastodon.org/methods/oauth/
OAUTH = OAuth(
    authorize="/oauth/authorize",
    token="/oauth/token",  # noqa: S106 - an address
    scopes=("read:accounts", "read:statuses", "write:statuses", "write:media"),
)


def _read(text: str) -> str:
    given = text.strip().rstrip("/")
    return given if "://" in given else "https://" + given.rpartition("@")[2]


SERVER = Step("api_base", _read, setting=True)


async def login(target: Target, tokens: Mapping[str, Any], client: Client) -> Granted:
    """A login is one account; ``check`` says which."""
    return Granted([Offered(oauth.kept(tokens))], oauth.scopes_of(tokens))


def consent(server: Step) -> tuple[Way, ...]:
    """Return the way, which asks for the ``server`` first."""
    needed = frozenset({"read:accounts", "write:statuses"})
    return (Way("consent", (server,), consent=Consent(OAUTH, login, needed, register="/api/v1/apps")),)
