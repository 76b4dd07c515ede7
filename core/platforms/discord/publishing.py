"""How does a rendered part reach a channel, how is it found again, changed, or taken away?"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import aiohttp

from core.errors import OutcomeUnknown, PlatformError
from core.platforms import rest
from core.platforms.base import CLOCK_SKEW, Part, Sent, Target
from core.platforms.discord import client
from core.platforms.discord.mapping import MEDIA
from core.platforms.media_files import ready
from core.platforms.read_back import be_conclusive
from core.platforms.rest import Call

_UPLOAD = aiohttp.ClientTimeout(total=600, connect=10, sock_read=60)
_NONCE = 25  # characters Discord takes
_READ_BACK = 100  # messages, the most that Discord gives at once


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Send one message. Raises as ``core.platforms.base.Publish``."""
    payload = dict(part.payload)
    hook = client.credentials(target).webhook
    if hook is None:
        payload |= {"nonce": nonce(key), "enforce_nonce": True}
        if earlier:
            payload["message_reference"] = {"message_id": earlier[0].post_ids[0], "fail_if_not_exists": False}
    body = await _with_files(target, part, payload)
    if hook is None:
        request = Call("POST", "/messages", publishes=True, timeout=_UPLOAD if part.media else None, **body)
    else:
        request = Call(
            "POST",
            "",
            publishes=True,
            params={"wait": "true"},
            timeout=_UPLOAD if part.media else None,
            **body,
        )
    return _sent(target, (await client.call(target, request)).data, publishes=True)


async def edit(target: Target, sent: Sent, part: Part) -> None:
    """Give a message another text or embed; its files stay. Raises as ``Publish``."""
    payload = {
        name: part.payload[name] for name in ("content", "embeds", "allowed_mentions") if name in part.payload
    }
    await client.call(target, Call("PATCH", f"/messages/{sent.post_ids[0]}", json=payload))


async def delete(target: Target, sent: Sent) -> None:
    """Remove a message; one that is gone already counts as removed. Raises as ``Publish``."""
    try:
        await client.call(target, Call("DELETE", f"/messages/{sent.post_ids[0]}"))
    except PlatformError as error:
        if error.error_code != "not-found":
            raise


async def look_up(target: Target, part: Part, *, key: str, since: datetime) -> Sent | None:
    """Look for the part among the channel's newest messages of this bot. A webhook cannot read: ``OutcomeUnknown``."""
    if client.credentials(target).webhook is not None:
        raise OutcomeUnknown("a webhook cannot read its channel", error_code="no-look-up", platform="Discord")
    me = (await client.call(target, Call("GET", "//users/@me"))).data
    found = (await client.call(target, Call("GET", "/messages", params={"limit": str(_READ_BACK)}))).data
    if not isinstance(found, list) or not isinstance(me, Mapping):
        raise rest.unreadable(target, client.API, publishes=False)
    for message in found:
        if _is_ours(message, me.get("id")) and _time(message) >= since - CLOCK_SKEW and _same(message, part):
            return _sent(target, message, publishes=False)
    be_conclusive("Discord", [_time(message) for message in found], asked=_READ_BACK, since=since)
    return None


def nonce(key: str) -> str:
    """Return the nonce for a publication's key: at most 25 characters."""
    return hashlib.sha256(key.encode()).hexdigest()[:_NONCE]


async def _with_files(target: Target, part: Part, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the request's body: JSON, or a form with the files and the JSON in it."""
    if not part.media:
        return {"json": dict(payload)}
    form = aiohttp.FormData(quote_fields=False)
    described = []
    files = [await ready(target, item, MEDIA) for item in part.media]
    for number, (item, file) in enumerate(zip(part.media, files, strict=True)):
        entry: dict[str, Any] = {"id": number, "filename": _safe(file.name)}
        if item.alt:
            entry["description"] = item.alt[: MEDIA.alt_limit]
        described.append(entry)
    form.add_field(
        "payload_json", json.dumps({**payload, "attachments": described}, ensure_ascii=False),
        content_type="application/json",
    )  # fmt: skip
    for number, file in enumerate(files):
        form.add_field(f"files[{number}]", file.content, filename=_safe(file.name), content_type=file.mime)
    return {"data": form}


def _safe(name: str) -> str:
    return "".join("_" if character in '"\\/\r\n\0' else character for character in name)[:200] or "file"


def _is_ours(message: Any, own_id: object) -> bool:
    author = message.get("author") if isinstance(message, Mapping) else None
    return isinstance(author, Mapping) and author.get("id") == own_id


def _same(message: Mapping[str, Any], part: Part) -> bool:
    embeds = [
        str(one.get("description", "")) for one in message.get("embeds", []) if one.get("type") != "link"
    ]
    wanted = [str(one.get("description", "")) for one in part.payload.get("embeds", [])]
    return (
        str(message.get("content", "")).strip() == str(part.payload["content"]).strip()
        and (not wanted or embeds == wanted)
        and len(message.get("attachments", [])) == len(part.media)
    )


def _time(message: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(message.get("timestamp", "")).replace("Z", "+00:00"))


def _sent(target: Target, message: Any, *, publishes: bool) -> Sent:
    if not isinstance(message, Mapping) or not isinstance(message.get("id"), str):
        raise rest.unreadable(target, client.API, publishes=publishes)
    guild = target.settings.get("guild_id")
    channel = message.get("channel_id")
    known = isinstance(guild, str) and isinstance(channel, str)
    return Sent(
        (message["id"],), f"https://discord.com/channels/{guild}/{channel}/{message['id']}" if known else None
    )
