"""As whom may the owner post on LinkedIn? As themselves, or as the organisations they administer."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from core.platforms import oauth
from core.platforms.base import Target
from core.platforms.connecting import Consent, Granted, Offered, Way
from core.platforms.linkedin import client as api
from core.platforms.linkedin.client import OAUTH, Credentials
from core.platforms.oauth import Client

_ORGANISATIONS = dataclasses.replace(
    OAUTH, scopes=("r_organization_social", "w_organization_social", "rw_organization_admin")
)
_NOBODY = "urn:li:person:me"  # the author of a target that only asks
_MOST = 50  # organisations that are offered


async def as_person(target: Target, tokens: Mapping[str, Any], client: Client) -> Granted:
    """A login is one person."""
    found = await api.ask(_asking(target, tokens), "/v2/userinfo")
    credentials = _kept(tokens, client) | {"author": f"urn:li:person:{found.get('sub')}"}
    return Granted([Offered(credentials, str(found.get("name") or ""))], oauth.scopes_of(tokens))


async def as_organisation(target: Target, tokens: Mapping[str, Any], client: Client) -> Granted:
    """A login gives the organisations that the person administers."""
    scopes, asking = oauth.scopes_of(tokens), _asking(target, tokens)
    if scopes is not None and not scopes & {"rw_organization_admin"}:
        return Granted([], scopes)  # it may not even ask; the missing right is told by name
    params = {"q": "roleAssignee", "role": "ADMINISTRATOR", "state": "APPROVED", "count": str(_MOST)}
    found = await api.ask(asking, "/rest/organizationAcls", params)
    elements = found.get("elements")
    urns = [
        str(one["organization"])
        for one in (elements if isinstance(elements, list) else [])
        if isinstance(one, Mapping) and one.get("organization")
    ]
    offered = []
    for urn in list(dict.fromkeys(urns))[:_MOST]:
        organisation = await api.ask(asking, f"/rest/organizations/{urn.rpartition(':')[2]}")
        name = str(organisation.get("localizedName") or urn.rpartition(":")[2])
        offered.append(Offered(_kept(tokens, client) | {"author": urn}, name))
    return Granted(offered, scopes)


def _asking(target: Target, tokens: Mapping[str, Any]) -> Target:
    opened = Credentials.model_validate({"access_token": tokens["access_token"], "author": _NOBODY})
    return dataclasses.replace(target, credentials=opened)


def _kept(tokens: Mapping[str, Any], client: Client) -> dict[str, Any]:
    return oauth.kept(tokens) | {"client_id": client.id, "client_secret": client.secret}


CONSENT = (
    Way("consent", (), consent=Consent(OAUTH, as_person, frozenset(OAUTH.scopes), application="LINKEDIN")),
    Way(
        "consent_page",
        (),
        consent=Consent(
            _ORGANISATIONS,
            as_organisation,
            frozenset({"w_organization_social", "rw_organization_admin"}),
            application="LINKEDIN",
        ),
    ),
)
