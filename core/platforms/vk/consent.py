"""Whose walls does a VK login give? The communities in which the person is an editor, and their own."""

import dataclasses
from collections.abc import Mapping
from typing import Any

from core.platforms import oauth
from core.platforms.base import Target
from core.platforms.connecting import Consent, Granted, Offered, Way
from core.platforms.oauth import Client
from core.platforms.vk import client as api
from core.platforms.vk.client import OAUTH, Credentials

_MOST = 200  # communities that are offered


async def login(target: Target, tokens: Mapping[str, Any], client: Client) -> Granted:
    """Return the walls; a token is renewed with the device it was given to."""
    scopes = oauth.scopes_of(tokens)
    person = int(tokens.get("user_id") or 0)
    credentials = oauth.kept(tokens) | {"client_id": client.id, "device_id": tokens.get("device_id")}
    offered = [
        Offered(credentials | {"owner_id": -number}, name)
        for number, name in await _communities(target, tokens, person, scopes)
    ]
    if person:
        offered.append(Offered(credentials | {"owner_id": person}, f"id{person}"))
    return Granted(offered, scopes)


async def _communities(
    target: Target, tokens: Mapping[str, Any], person: int, scopes: frozenset[str] | None
) -> list[tuple[int, str]]:
    if scopes is not None and "groups" not in scopes:
        return []  # it may not even ask; the missing right is told by name
    opened = Credentials.model_validate({"access_token": tokens["access_token"], "owner_id": person or 1})
    found = await api.call(
        dataclasses.replace(target, credentials=opened),
        "groups.get",
        filter="editor",
        extended=1,
        count=_MOST,
    )
    items = found.get("items") if isinstance(found, Mapping) else None
    return [
        (int(one["id"]), str(one.get("name") or f"club{one['id']}"))
        for one in (items if isinstance(items, list) else [])
        if isinstance(one, Mapping) and isinstance(one.get("id"), int)
    ]


CONSENT = (
    Way(
        "consent",
        (),
        consent=Consent(
            OAUTH,
            login,
            frozenset({"wall", "groups"}),
            application="VK",
            echoed=("device_id", "state"),
        ),
    ),
)
