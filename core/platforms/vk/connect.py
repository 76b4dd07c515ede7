"""Whose wall is it, may the token write there, and how is the token renewed?"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from core.errors import AuthExpired, Rejected
from core.platforms import oauth
from core.platforms.base import Account, Problem, Severity, Target
from core.platforms.oauth import Client, Way
from core.platforms.vk import client
from core.platforms.vk.client import API, OAUTH, Credentials
from core.platforms.vk.mapping import COMMUNITY_KEY

_EDITOR = 2  # admin_level: moderator 1, editor 2, administrator 3


async def check(target: Target) -> Account:
    """Show the wall. Raises ``AuthExpired``, ``Rejected`` or ``Transient``."""
    owner = client.credentials(target).owner_id
    if owner > 0:
        found = await client.call(target, "users.get", user_ids=owner, fields="screen_name")
        person = _first(found)
        name = " ".join(str(person.get(part, "")) for part in ("first_name", "last_name")).strip()
        return Account(name=name or f"id{owner}", url=f"https://vk.com/id{owner}", known_as=(str(owner),))
    found = await client.call(target, "groups.getById", group_id=-owner, fields="screen_name,admin_level")
    group = _first(found.get("groups") if isinstance(found, Mapping) else found)
    checked, problems, by_key = await _rights(target, group)
    return Account(
        str(group.get("name") or f"club{-owner}"),
        problems,
        url=f"https://vk.com/{group.get('screen_name') or f'club{-owner}'}",
        settings={COMMUNITY_KEY: by_key},
        checked=checked,
        known_as=(str(owner),),
    )


async def _rights(
    target: Target, group: Mapping[str, Any]
) -> tuple[tuple[str, ...], tuple[Problem, ...], bool]:
    """Return what was looked at and what is missing, and whether the token is the community's own key."""
    level = group.get("admin_level")
    if isinstance(level, int) and level >= _EDITOR:
        return ("vk-not-editor",), (), False
    try:
        told = await client.call(target, "groups.getTokenPermissions")
    except (AuthExpired, Rejected):
        return ("vk-not-editor",), (Problem("vk-not-editor", Severity.BLOCKING),), False
    given = told.get("permissions") if isinstance(told, Mapping) else None
    names = {one.get("name") for one in given or () if isinstance(one, Mapping)}
    # A key may not ask for an address to upload to, whatever it may do else.
    files = Problem("vk-files", Severity.WARNING)
    missing = (files,) if "wall" in names else (Problem("vk-wall", Severity.BLOCKING), files)
    return ("vk-wall", "vk-files"), missing, True


def _first(found: Any) -> Mapping[str, Any]:
    if isinstance(found, list) and found and isinstance(found[0], Mapping):
        return found[0]
    raise AuthExpired(
        "there is no such wall, or this token may not see it", error_code="no-wall", platform="vk"
    )


def expires_at(credentials: BaseModel) -> datetime | None:
    """Tell when the access token ends; None for one without an end."""
    if not isinstance(credentials, Credentials):
        raise TypeError("these are not VK credentials")
    return credentials.expires_at


def lasts_until(credentials: BaseModel) -> datetime | None:
    """Tell when only the owner can help: with its access token, if there is nothing to renew it by."""
    if not isinstance(credentials, Credentials):
        raise TypeError("these are not VK credentials")
    renewed = credentials.refresh_token and credentials.client_id and credentials.device_id
    return None if renewed else credentials.expires_at


async def refresh(target: Target) -> Mapping[str, Any]:
    """Return new tokens. Raises as ``core.platforms.base.Refresh``."""
    opened = client.credentials(target)
    if opened.refresh_token is None or not opened.client_id or not opened.device_id:
        raise AuthExpired(
            "this token cannot be renewed; connect the wall again",
            error_code="no-refresh-token",
            platform="vk",
        )
    address = str(target.settings.get("oauth_base") or "").rstrip("/")
    token_address = f"{address}/oauth2/auth" if address else OAUTH.token
    way = Way(target.http, target.clock, token_address, API.slug, API.title)
    tokens = await oauth.renew(
        way, OAUTH, Client(opened.client_id),
        refresh_token=opened.refresh_token.get_secret_value(), device_id=opened.device_id,
    )  # fmt: skip
    return {name: tokens[name] for name in ("access_token", "refresh_token", "expires_at") if name in tokens}
