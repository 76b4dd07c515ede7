"""A personal data server, as strict as the real one about sessions, record keys, facets and blobs."""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import regex
from aiohttp import web

from tests.fakes.platforms.server import FakePlatform, Refuse, WallPost

DID = "did:plc:acme0000000000000000000"
PASSWORD = "abcd-efgh-ijkl-mnop"
_TID = re.compile(r"[234567abcdefghij][234567a-z]{12}")


class FakeBluesky(FakePlatform):
    """One account on one server."""

    slug = "bluesky"
    readable = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.blobs: dict[str, dict[str, Any]] = {}
        self.logins = 0
        self.lives_at = ""  # another server, where the account has moved to
        self.access = self._token("access", 0)
        self.renewal = self._token("refresh", 0)

    def _token(self, what: str, number: int) -> str:
        claims = {"scope": what, "n": number, "exp": int((self.clock.now() + timedelta(hours=2)).timestamp())}
        body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
        return f"eyJhbGciOiJub25lIn0.{body}.sig{what}{number:06}"

    def credentials(self) -> Mapping[str, Any]:
        return {
            "identifier": "acme.example", "app_password": PASSWORD, "did": DID, "handle": "acme.example",
            "access_jwt": self.access, "refresh_jwt": self.renewal,
            "expires_at": (self.clock.now() + timedelta(hours=2)).isoformat(),
        }  # fmt: skip

    def publishes(self, request: web.Request) -> bool:
        return request.path == "/xrpc/com.atproto.repo.putRecord"

    def rate_limited(self, seconds: int) -> web.Response:
        body = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
        return web.json_response(body, status=429, headers={"Retry-After": str(seconds)})

    def unauthorized(self) -> web.Response:
        return _refuse(401, "AuthMissing", "Authentication Required")

    def rejected(self) -> web.Response:
        return _refuse(400, "InvalidRequest", "Invalid app.bsky.feed.post record")

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/xrpc/com.atproto.server.createSession", self._create_session),
            web.post("/xrpc/com.atproto.server.refreshSession", self._refresh_session),
            web.get("/xrpc/com.atproto.server.getSession", self._get_session),
            web.post("/xrpc/com.atproto.repo.putRecord", self._put),
            web.get("/xrpc/com.atproto.repo.getRecord", self._get),
            web.post("/xrpc/com.atproto.repo.deleteRecord", self._delete),
            web.post("/xrpc/com.atproto.repo.uploadBlob", self._upload),
            web.get("/xrpc/com.atproto.identity.resolveHandle", self._resolve),
            web.get(f"/directory/{DID}", self._document),
            web.get("/xrpc/app.bsky.feed.getPosts", self._posts),
            web.get("/xrpc/app.bsky.actor.getProfile", self._profile),
        ]

    def _check(self, request: web.Request) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.revoked:
            raise Refuse(self.unauthorized())
        if token != self.access:
            raise Refuse(_refuse(400, "ExpiredToken", "Token has expired"))

    async def _create_session(self, request: web.Request) -> web.Response:
        sent = await request.json()
        if self.revoked or sent != {"identifier": "acme.example", "password": PASSWORD}:
            return _refuse(401, "AuthenticationRequired", "Invalid identifier or password")
        return self._new_session()

    async def _refresh_session(self, request: web.Request) -> web.Response:
        if self.revoked or request.headers.get("Authorization") != f"Bearer {self.renewal}":
            return _refuse(400, "ExpiredToken", "Token has been revoked")
        return self._new_session()

    def _new_session(self) -> web.Response:
        self.logins += 1
        self.access = self._token("access", self.logins)
        self.renewal = self._token("refresh", self.logins)
        return web.json_response(
            {"did": DID, "handle": "acme.example", "accessJwt": self.access, "refreshJwt": self.renewal}
        )

    async def _get_session(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response({"did": DID, "handle": "acme.example"})

    async def _put(self, request: web.Request) -> web.Response:
        self._check(request)
        sent = await request.json()
        if sent.get("repo") != DID or sent.get("collection") != "app.bsky.feed.post":
            return _refuse(400, "InvalidRequest", "Could not find repo")
        if not _TID.fullmatch(sent.get("rkey", "")):
            return _refuse(400, "InvalidRequest", "Invalid TID")
        uri = f"at://{DID}/app.bsky.feed.post/{sent['rkey']}"
        if self.find(uri) is not None and "swapRecord" in sent and sent["swapRecord"] is None:
            return _refuse(400, "InvalidSwap", "Record was at another CID")
        record = sent["record"]
        problem = self._problem(record)
        if problem:
            return _refuse(400, "InvalidRequest", f"Invalid app.bsky.feed.post record: {problem}")
        cid = "bafyrei" + hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()[:40]
        reply = record.get("reply", {}).get("parent", {}).get("uri")
        images = record.get("embed", {}).get("images", [])
        media = [
            {"type": self.blobs[one["image"]["ref"]["$link"]]["type"], "alt": one["alt"]} for one in images
        ]
        self.wall.append(WallPost(uri, record["text"], reply, media, None, {"cid": cid, "record": record}))
        return web.json_response({"uri": uri, "cid": cid})

    def _problem(self, record: Mapping[str, Any]) -> str | None:
        text = record.get("text")
        if record.get("$type") != "app.bsky.feed.post" or not isinstance(text, str):
            return "Record must have the property text"
        if not isinstance(record.get("createdAt"), str) or not record["createdAt"].endswith("Z"):
            return "Record/createdAt must be a valid datetime"
        if len(regex.findall(r"\X", text)) > 300:
            return "Record/text must not be longer than 300 graphemes"
        size = len(text.encode())
        if size > 3000:
            return "Record/text must not be longer than 3000 characters"
        for facet in record.get("facets", []):
            start, end = facet["index"]["byteStart"], facet["index"]["byteEnd"]
            if not 0 <= start < end <= size or not facet["features"]:
                return "Record/facets/index is out of range"
            text.encode()[start:end].decode()  # between characters, or this fails
        reply = record.get("reply")
        if reply is not None:
            for end in (reply["root"], reply["parent"]):
                known = self.find(end["uri"])
                if known is None or known.extra["cid"] != end["cid"]:
                    return "Record/reply is unknown"
        return self._embed_problem(record.get("embed"))

    def _embed_problem(self, embed: Any) -> str | None:
        if embed is None:
            return None
        images = embed.get("images", [])
        if len(images) > 4:
            return "Record/embed/images must not have more than 4 elements"
        blobs = [one["image"] for one in images] or [embed["video"]]
        if any(one["ref"]["$link"] not in self.blobs for one in blobs):
            return "Could not find blob"
        return None

    async def _get(self, request: web.Request) -> web.Response:
        self._check(request)
        query = request.query
        post = self.find(f"at://{query['repo']}/{query['collection']}/{query['rkey']}")
        if post is None:
            return _refuse(400, "RecordNotFound", f"Could not locate record: {query['rkey']}")
        return web.json_response({"uri": post.id, "cid": post.extra["cid"], "value": post.extra["record"]})

    async def _delete(self, request: web.Request) -> web.Response:
        self._check(request)
        sent = await request.json()
        post = self.find(f"at://{sent['repo']}/{sent['collection']}/{sent['rkey']}")
        if post is not None:  # deleting what is not there is fine, as on the real server
            self.wall.remove(post)
        return web.json_response({})

    async def _upload(self, request: web.Request) -> web.Response:
        self._check(request)
        content = await request.read()
        kind = request.content_type
        if kind.startswith("image/") and len(content) > 1_000_000:
            return _refuse(400, "BlobTooLarge", "This file is too large")
        link = "bafkrei" + hashlib.sha256(content).hexdigest()[:40]
        self.blobs[link] = {"type": kind, "size": len(content)}
        blob = {"$type": "blob", "ref": {"$link": link}, "mimeType": kind, "size": len(content)}
        return web.json_response({"blob": blob})

    async def _resolve(self, request: web.Request) -> web.Response:
        known = {"friend.example": "did:plc:friend", "acme.example": DID}
        if request.query["handle"] not in known:
            return _refuse(400, "InvalidRequest", "Unable to resolve handle")
        return web.json_response({"did": known[request.query["handle"]]})

    async def _document(self, request: web.Request) -> web.Response:
        """What the directory of accounts says, which stands beside the server here."""
        service = {
            "id": "#atproto_pds",
            "type": "AtprotoPersonalDataServer",
            "serviceEndpoint": self.lives_at or self.url,
        }
        return web.json_response({"id": DID, "alsoKnownAs": ["at://acme.example"], "service": [service]})

    async def _posts(self, request: web.Request) -> web.Response:
        self._check(request)
        uris = request.query.getall("uris")
        if len(uris) > 25:
            return web.json_response({"error": "InvalidRequest", "message": "too many uris"}, status=400)
        found = [self.find(uri) for uri in uris]
        counts = {"likeCount": 5, "repostCount": 2, "quoteCount": 1, "replyCount": 0}
        return web.json_response({"posts": [{"uri": post.id} | counts for post in found if post]})

    async def _profile(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response({"did": DID, "handle": "acme.example", "followersCount": 41})


def _refuse(status: int, error: str, message: str) -> web.Response:
    return web.json_response({"error": error, "message": message}, status=status)
