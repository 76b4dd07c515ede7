"""How is a Threads account connected on its own page? The token of an hour is exchanged for one of 60 days."""

from collections.abc import Mapping
from typing import Any

from core.errors import AuthExpired, Rejected
from core.platforms import meta
from core.platforms.base import Target
from core.platforms.connecting import Consent, Granted, Offered, Way
from core.platforms.oauth import Client
from core.platforms.rest import Call
from core.platforms.threads.client import API, OAUTH


async def login(target: Target, tokens: Mapping[str, Any], client: Client) -> Granted:
    """A login is one account."""
    short = str(tokens["access_token"])
    params = {"grant_type": "th_exchange_token", "client_secret": client.secret, "access_token": short}
    lasting = await meta.prolonged(
        target, API, "/access_token", params, token=short, secrets=(client.secret,)
    )
    token = str(lasting["access_token"])
    me = await meta.call(target, API, Call("GET", "/me", params={"fields": "id,username"}), token=token)
    number = meta.text_of(target, API, me, "id", publishes=False)
    return Granted([Offered({**lasting, "user_id": number})], await _scopes(target, token))


async def _scopes(target: Target, token: str) -> frozenset[str] | None:
    """Return what was agreed to; Threads tells it of the tokens of an application's testers only."""
    call = Call("GET", "/debug_token", params={"input_token": token})
    try:
        found = await meta.call(target, API, call, token=token, secrets=(token,))
    except (AuthExpired, Rejected):
        return None
    data = found.get("data") if isinstance(found, Mapping) else None
    scopes = data.get("scopes") if isinstance(data, Mapping) else None
    return frozenset(map(str, scopes)) if isinstance(scopes, list) else None


CONSENT = (
    Way(
        "consent",
        (),
        consent=Consent(
            OAUTH, login, frozenset({"threads_basic", "threads_content_publish"}), application="THREADS"
        ),
    ),
)
