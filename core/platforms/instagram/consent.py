"""How is an Instagram account connected? By its own login, or through the Facebook page it belongs to."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from core.platforms import meta, oauth
from core.platforms.base import Target
from core.platforms.connecting import Consent, Granted, Offered, Way
from core.platforms.facebook import client as facebook
from core.platforms.facebook.consent import pages_of, permissions
from core.platforms.instagram.client import API, OAUTH
from core.platforms.oauth import Client
from core.platforms.rest import Call

GRAPH = "https://graph.facebook.com/v25.0"  # where accounts are found that a page's token opens
_THROUGH_PAGE = dataclasses.replace(
    facebook.OAUTH,
    token=f"{GRAPH}/oauth/access_token",
    scopes=(
        "instagram_basic",
        "instagram_content_publish",
        "instagram_manage_insights",
        "pages_show_list",
        "pages_read_engagement",
    ),
)


async def login(target: Target, tokens: Mapping[str, Any], client: Client) -> Granted:
    """A login is one professional account; its token of an hour is exchanged for one of 60 days."""
    # Meta's pages show the answer in a list of one, its servers send the bare object.
    inside = tokens.get("data")
    flat = inside[0] if isinstance(inside, list) and inside and isinstance(inside[0], Mapping) else tokens
    short = str(flat["access_token"])
    params = {"grant_type": "ig_exchange_token", "client_secret": client.secret, "access_token": short}
    lasting = await meta.prolonged(
        target, API, "/access_token", params, token=short, secrets=(client.secret,)
    )
    call = Call("GET", "/me", params={"fields": "user_id,username"})
    me = await meta.call(target, API, call, token=lasting["access_token"])
    number = str(me.get("user_id") or me.get("id") or "") if isinstance(me, Mapping) else ""
    given = flat.get("permissions")
    scopes = oauth.scopes_of({"scope": given if isinstance(given, str) else ",".join(given or [])})
    return Granted([Offered({**lasting, "user_id": number})], scopes)


async def through_page(target: Target, tokens: Mapping[str, Any], client: Client) -> Granted:
    """A login gives the accounts of the person's pages. A page's token does not end."""
    graph = dataclasses.replace(target, api_base=str(target.settings.get("oauth_base") or GRAPH).rstrip("/"))
    scopes = await permissions(graph, str(tokens["access_token"]))
    fields = "id,name,access_token,instagram_business_account{id,username}"
    offered = []
    for page in await pages_of(graph, tokens, client, fields):
        account = page.get("instagram_business_account")
        if isinstance(account, Mapping) and account.get("id"):
            credentials = {"access_token": page["access_token"], "user_id": str(account["id"])}
            name = f"@{account['username']}" if account.get("username") else str(page.get("name") or "")
            offered.append(Offered(credentials, name, {"api_base": graph.api_base}))
    return Granted(offered, scopes)


_OPTIONAL = {"instagram_business_manage_insights", "instagram_manage_insights"}
CONSENT = (
    Way(
        "consent",
        (),
        consent=Consent(OAUTH, login, frozenset(OAUTH.scopes) - _OPTIONAL, application="INSTAGRAM"),
    ),
    Way(
        "consent_page",
        (),
        consent=Consent(
            _THROUGH_PAGE, through_page, frozenset(_THROUGH_PAGE.scopes) - _OPTIONAL, application="FACEBOOK"
        ),
    ),
)
