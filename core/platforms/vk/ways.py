"""What is asked for to connect a VK wall? A community's key, which names its community, or a person's token and the wall."""

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from core.errors import AuthExpired, InvalidInput, Rejected
from core.platforms import pasting
from core.platforms.base import Target
from core.platforms.connecting import Step, Way
from core.platforms.vk import client

_LINK = re.compile(r"(?:https?://)?(?:www\.|m\.)?vk\.(?:com|ru)/", re.IGNORECASE)
_WALL = re.compile(r"(?:.*[?&]w=)?wall(-?\d{1,12})(?:_\d+)?.*")
_NUMBERED = re.compile(r"(club|public|event|id)(\d{1,12})")
_NAME = re.compile(r"[A-Za-z][\w.]{1,40}", re.ASCII)
_ANYBODY = 1  # a wall for the calls that are about the token alone


def read_token(text: str) -> str:
    """Find the token or the key. Raises ``InvalidInput``."""
    return pasting.token(text, least=20)


def read_wall(text: str) -> str:
    """Find whose wall it is: a number (a community's below zero), or the name in a link. Raises ``InvalidInput``."""
    given = _LINK.sub("", text.strip(), count=1).strip("/@ ").replace("−", "-")
    if wall := _WALL.fullmatch(given):
        given = wall[1]
    given = given.partition("?")[0]
    if numbered := _NUMBERED.fullmatch(given):
        return numbered[2] if numbered[1] == "id" else f"-{numbered[2]}"
    if re.fullmatch(r"-?[1-9]\d{0,11}", given) or _NAME.fullmatch(given):
        return given
    raise InvalidInput("this is no wall", reason="not-a-wall")


async def community_of(target: Target, given: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the wall of the community that a key belongs to. Raises like ``Check``."""
    return {"owner_id": -int((await _community(target, given))["id"])}


async def name_of_community(target: Target, given: Mapping[str, str]) -> str:
    """Say which community a key belongs to. Raises like ``Check``."""
    found = await _community(target, given)
    return str(found.get("name") or found["id"])


async def _community(target: Target, given: Mapping[str, str]) -> Mapping[str, Any]:
    opened = client.Credentials(access_token=given["access_token"], owner_id=_ANYBODY)
    try:
        found = await client.call(dataclasses.replace(target, credentials=opened), "groups.getById")
    except Rejected:
        found = None
    groups = found.get("groups") if isinstance(found, Mapping) else found
    first = groups[0] if isinstance(groups, list) and groups else None
    if not isinstance(first, Mapping) or not isinstance(first.get("id"), int):
        raise AuthExpired("this is not a community's key", error_code="not-a-community-key", platform="vk")
    return first


async def wall_of(target: Target, given: Mapping[str, str]) -> Mapping[str, Any]:
    """Return the number behind the name in a link. Raises like ``Check``."""
    name = given["owner_id"]
    if name.lstrip("-").isdecimal():
        return {}
    opened = client.Credentials(access_token=given["access_token"], owner_id=_ANYBODY)
    found = await client.call(
        dataclasses.replace(target, credentials=opened), "utils.resolveScreenName", screen_name=name
    )
    number = found.get("object_id") if isinstance(found, Mapping) else None
    if not isinstance(number, int) or not isinstance(found, Mapping):
        raise AuthExpired("there is no such wall", error_code="no-wall", platform="vk")
    return {"owner_id": number if found.get("type") == "user" else -number}


PASTED = (
    Way(
        "community",
        (Step("access_token", read_token, secret=True, prove=name_of_community),),
        complete=community_of,
    ),
    Way(
        "user",
        (Step("access_token", read_token, secret=True), Step("owner_id", read_wall)),
        complete=wall_of,
    ),
)
