"""Which pages does a Facebook login give? Each with a token of its own, which does not end."""

from collections.abc import Mapping
from typing import Any

from core.platforms import meta
from core.platforms.base import Target
from core.platforms.connecting import Consent, Granted, Offered, Way
from core.platforms.facebook.client import API, OAUTH
from core.platforms.oauth import Client
from core.platforms.rest import Call

_MOST = "100"  # pages that are offered
_TASK = "CREATE_CONTENT"


async def login(target: Target, tokens: Mapping[str, Any], client: Client) -> Granted:
    """Return the pages on which the person may publish."""
    granted = await permissions(target, str(tokens["access_token"]))
    pages = await pages_of(target, tokens, client, "id,name,access_token,tasks")
    offered = [
        Offered(
            {"access_token": page["access_token"], "page_id": str(page["id"])}, str(page.get("name") or "")
        )
        for page in pages
        if _TASK in page.get("tasks", [_TASK])
    ]
    return Granted(offered, granted)


async def permissions(target: Target, token: str) -> frozenset[str]:
    """Return what the person has agreed to."""
    found = await meta.call(target, API, Call("GET", "/me/permissions"), token=token)
    rows = found.get("data") if isinstance(found, Mapping) else None
    return frozenset(
        str(row.get("permission"))
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, Mapping) and row.get("status") == "granted"
    )


async def pages_of(
    target: Target, tokens: Mapping[str, Any], client: Client, fields: str
) -> list[Mapping[str, Any]]:
    """Return the person's pages; their tokens do not end, because they are asked for with a long-lived one."""
    params = {"grant_type": "fb_exchange_token", "client_id": client.id, "client_secret": client.secret}
    params["fb_exchange_token"] = str(tokens["access_token"])
    lasting = await meta.prolonged(
        target,
        API,
        "/oauth/access_token",
        params,
        token=params["fb_exchange_token"],
        secrets=(client.secret,),
    )
    token = str(lasting["access_token"])
    call = Call("GET", "/me/accounts", params={"fields": fields, "limit": _MOST})
    found = await meta.call(target, API, call, token=token)
    rows = found.get("data") if isinstance(found, Mapping) else None
    return [
        row
        for row in (rows if isinstance(rows, list) else [])
        if isinstance(row, Mapping) and row.get("id") and isinstance(row.get("access_token"), str)
    ]


CONSENT = (
    Way(
        "consent",
        (),
        consent=Consent(
            OAUTH, login, frozenset(OAUTH.scopes) - {"pages_read_user_content"}, application="FACEBOOK"
        ),
    ),
)
