"""How does a rendered part become a record, and how is it found again or taken away?"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.errors import PlatformError, Rejected
from core.platforms import rest
from core.platforms.base import Part, Sent, Target
from core.platforms.bluesky import client
from core.platforms.bluesky.media import embed

_COLLECTION = "app.bsky.feed.post"
_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz"
# Record keys are moments; ours come from the publication's key and are laid into this span, long past, so that they
# are valid, the same for every try, and never meet a key made from a clock. Readers see `createdAt`.
_FROM = int(datetime(2022, 12, 1, tzinfo=UTC).timestamp() * 1_000_000)
_SPAN = 60 * 24 * 3600 * 1_000_000  # microseconds


async def publish(target: Target, part: Part, *, key: str, earlier: Sequence[Sent]) -> Sent:
    """Write the record, unless it stands there already. Raises as ``core.platforms.base.Publish``."""
    record = await _record(target, part, earlier)
    rkey = record_key(key)
    body = {
        "repo": client.account_id(target),
        "collection": _COLLECTION,
        "rkey": rkey,
        "record": record,
        "swapRecord": None,  # only where there is none
    }
    try:
        answer = await client.xrpc(target, "com.atproto.repo.putRecord", body=body, publishes=True)
    except Rejected as error:
        if error.error_code != "exists":
            raise
        found = await look_up(target, part, key=key, since=target.clock.now())
        if found is None:
            raise
        return found
    return _sent(target, answer, rkey, publishes=True)


async def delete(target: Target, sent: Sent) -> None:
    """Remove the record; one that is gone already counts as removed. Raises as ``Publish``."""
    rkey = sent.post_ids[0].rpartition("/")[2]
    body = {"repo": client.account_id(target), "collection": _COLLECTION, "rkey": rkey}
    try:
        await client.xrpc(target, "com.atproto.repo.deleteRecord", body=body)
    except PlatformError as error:
        if error.error_code != "not-found":
            raise


async def look_up(target: Target, part: Part, *, key: str, since: datetime) -> Sent | None:
    """Look for the record under the publication's own key: exact, whatever its words. Raises as ``LookUp``."""
    rkey = record_key(key)
    params = {"repo": client.account_id(target), "collection": _COLLECTION, "rkey": rkey}
    try:
        answer = await client.xrpc(target, "com.atproto.repo.getRecord", params=params)
    except Rejected as error:
        if error.error_code == "not-found":
            return None
        raise
    return _sent(target, answer, rkey, publishes=False)


def record_key(key: str) -> str:
    """Return the record key (a valid TID: 13 characters) for a publication's key."""
    digest = int.from_bytes(hashlib.sha256(key.encode()).digest())
    moment = _FROM + digest % _SPAN
    number = (moment << 10) | (digest >> 64) % 1024
    letters = [_ALPHABET[(number >> (5 * place)) & 31] for place in range(12, -1, -1)]
    return "".join(letters)


async def _record(target: Target, part: Part, earlier: Sequence[Sent]) -> dict[str, Any]:
    found = [*part.payload.get("facets", []), *await _mentions(target, part.payload.get("mentions", []))]
    record: dict[str, Any] = {
        "$type": _COLLECTION,
        "text": part.payload["text"],
        "createdAt": target.clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    if found:
        record["facets"] = found
    if "langs" in part.payload:
        record["langs"] = part.payload["langs"]
    if part.media:
        record["embed"] = await embed(target, part.media)
    if earlier:
        root, parent = earlier[0].post_ids, earlier[-1].post_ids
        record["reply"] = {
            "root": {"uri": root[0], "cid": root[1]},
            "parent": {"uri": parent[0], "cid": parent[1]},
        }
    return record


async def _mentions(target: Target, mentions: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Turn handles into facets; a handle that is nobody's stays plain text."""
    facets = []
    for mention in mentions:
        try:
            answer = await client.xrpc(
                target, "com.atproto.identity.resolveHandle", params={"handle": mention["handle"]}
            )
        except Rejected:
            continue
        if isinstance(answer, dict) and isinstance(answer.get("did"), str):
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": answer["did"]}
            facets.append({"index": mention["index"], "features": [feature]})
    return facets


def _sent(target: Target, answer: Any, rkey: str, *, publishes: bool) -> Sent:
    data = answer if isinstance(answer, dict) else {}
    uri, cid = data.get("uri"), data.get("cid")
    if not isinstance(uri, str) or not isinstance(cid, str):
        raise rest.unreadable(target, client.API, publishes=publishes)
    opened = client.credentials(target)
    return Sent((uri, cid), f"https://bsky.app/profile/{opened.handle or opened.did}/post/{rkey}")
