"""X, as strict as the real one about tokens, weighted lengths, files in pieces, duplicates and replies."""

import base64
import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from aiohttp import web

from core.platforms.twitter.client import OAUTH
from core.platforms.twitter.count import links, weighted
from tests.fakes.platforms.consent import ConsentPage, Trouble
from tests.fakes.platforms.server import FakePlatform, Refuse, WallPost

CLIENT, CLIENT_SECRET = "x-client-id-000", "x-client-secret-000000"


_COUNTS = {
    "retweet_count": 2, "reply_count": 1, "like_count": 7, "quote_count": 0, "bookmark_count": 1, "impression_count": 350,
}  # fmt: skip


class FakeTwitter(FakePlatform):
    """One account of one application. Refresh tokens work once; using one twice ends the whole family."""

    slug = "twitter"
    readable = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.generation = 0
        self.used: set[str] = set()
        self.files: dict[str, dict[str, Any]] = {}
        self.user = ("42", "acme")
        self.page = ConsentPage(self.clock, CLIENT, CLIENT_SECRET, OAUTH.scopes)

    @property
    def access(self) -> str:
        """The access token that works now."""
        return f"x-access-token-{self.generation:04}"

    @property
    def renewal(self) -> str:
        """The refresh token that works now."""
        return f"x-refresh-token-{self.generation:04}"

    def credentials(self) -> Mapping[str, Any]:
        return {
            "access_token": self.access, "refresh_token": self.renewal, "client_id": CLIENT,
            "client_secret": CLIENT_SECRET, "expires_at": (self.clock.now() + timedelta(hours=2)).isoformat(),
        }  # fmt: skip

    def settings(self) -> Mapping[str, Any]:
        return {"username": "acme"}

    def publishes(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path == "/2/tweets"

    def rate_limited(self, seconds: int) -> web.Response:
        reset = str(int(self.clock.now().timestamp()) + seconds)
        body = {"title": "Too Many Requests", "detail": "Too Many Requests", "status": 429}
        return web.json_response(body, status=429, headers={"x-rate-limit-reset": reset})

    def unauthorized(self) -> web.Response:
        return _refuse(401, "Unauthorized")

    def rejected(self) -> web.Response:
        return _refuse(403, "You are not allowed to create a Tweet with duplicate content.")

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/i/oauth2/authorize", self.page.authorize),
            web.post("/2/oauth2/token", self._token),
            web.get("/2/users/me", self._me),
            web.get("/2/users/{id}/tweets", self._posts),
            web.post("/2/tweets", self._post),
            web.get("/2/tweets", self._many),
            web.get("/2/tweets/{id}", self._one),
            web.delete("/2/tweets/{id}", self._delete),
            web.post("/2/media/upload/initialize", self._begin),
            web.post("/2/media/upload/{id}/append", self._append),
            web.post("/2/media/upload/{id}/finalize", self._finish),
            web.get("/2/media/upload", self._status),
            web.post("/2/media/metadata", self._describe),
        ]

    def _check(self, request: web.Request) -> None:
        if self.revoked or request.headers.get("Authorization") != f"Bearer {self.access}":
            raise Refuse(self.unauthorized())

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("grant_type") == "authorization_code":
            return self.page.answer(request, form, self._fresh, _refused_code, basic=True)
        basic = base64.b64encode(f"{CLIENT}:{CLIENT_SECRET}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {basic}":
            return web.json_response({"error": "unauthorized_client"}, status=401)
        token = str(form.get("refresh_token", ""))
        if token in self.used:
            self.revoked = True
        if self.revoked or form.get("grant_type") != "refresh_token" or token != self.renewal:
            body = {
                "error": "invalid_request",
                "error_description": "Value passed for the token was invalid.",
            }
            return web.json_response(body, status=400)
        self.used.add(token)
        self.generation += 1
        return web.json_response(
            {
                "token_type": "bearer",
                "expires_in": 7200,
                "access_token": self.access,
                "refresh_token": self.renewal,
            }
        )

    def _fresh(self, scopes: tuple[str, ...]) -> dict[str, Any]:
        self.generation += 1
        self.revoked = False
        tokens = {
            "token_type": "bearer",
            "expires_in": 7200,
            "access_token": self.access,
            "scope": " ".join(scopes),
        }
        return tokens | ({"refresh_token": self.renewal} if "offline.access" in scopes else {})

    async def _me(self, request: web.Request) -> web.Response:
        self._check(request)
        number, username = self.user
        me: dict[str, Any] = {"id": number, "username": username, "name": username.title()}
        if "public_metrics" in request.query.get("user.fields", ""):
            me["public_metrics"] = {"followers_count": 900}
        return web.json_response({"data": me})

    async def _post(self, request: web.Request) -> web.Response:
        self._check(request)
        sent = await request.json()
        text, media = sent.get("text", ""), sent.get("media", {}).get("media_ids", [])
        if not text.strip() and not media:
            return _refuse(400, "text is required")
        if weighted(text) > 280:
            return _refuse(403, "Your Tweet text is too long.")
        if len(media) > 4 or any(not self.files.get(one, {}).get("done") for one in media):
            return _refuse(400, "Your media IDs are invalid.")
        if len(media) > 1 and any(self.files[one]["category"] != "tweet_image" for one in media):
            return _refuse(400, "Your media IDs are invalid.")
        reply = sent.get("reply", {}).get("in_reply_to_tweet_id")
        if reply is not None and self.find(reply) is None:
            return _refuse(403, "You attempted to reply to a Tweet that is deleted or not visible to you.")
        if any(post.text == text and post.reply_to == reply for post in self.wall) and text:
            return self.rejected()
        post = WallPost(
            self.next_id(), text, reply,
            [{"type": self.files[one]["type"], "alt": self.files[one].get("alt")} for one in media],
            None, {"time": self.clock.now()},
        )  # fmt: skip
        self.wall.append(post)
        return web.json_response({"data": {"id": post.id, "text": self._shown(post)["text"]}}, status=201)

    def _shown(self, post: WallPost) -> dict[str, Any]:
        """The post as X gives it back: every link shortened, files as one more link."""
        text, urls = post.text, []
        for number, (start, end) in reversed(list(enumerate(links(post.text)))):
            short = f"https://t.co/{int(post.id):06}{number:04}"
            written = post.text[start:end]
            expanded = written if re.match("https?://", written) else f"http://{written}"
            urls.append({"url": short, "expanded_url": expanded})
            text = text[:start] + short + text[end:]
        if post.media:
            text += " https://t.co/media00000"
            urls.append(
                {
                    "url": "https://t.co/media00000",
                    "expanded_url": "https://x.com/acme/status/1/photo/1",
                    "media_key": "3_1",
                }
            )
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return {
            "id": post.id, "text": text.strip(), "created_at": post.extra["time"].isoformat().replace("+00:00", "Z"),
            "entities": {"urls": urls},
        }  # fmt: skip

    async def _posts(self, request: web.Request) -> web.Response:
        self._check(request)
        count = int(request.query.get("max_results", "10"))
        if not 5 <= count <= 100:
            return _refuse(400, "max_results must be between 5 and 100")
        begin = request.query.get("start_time", "")
        if begin and not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", begin):
            return _refuse(400, "The `start_time` query parameter value is not a valid timestamp")
        shown = [self._shown(post) for post in reversed(self.wall)]
        found = [post for post in shown if post["created_at"] >= begin][:count]
        return web.json_response({"data": found} if found else {"meta": {"result_count": 0}})

    async def _one(self, request: web.Request) -> web.Response:
        self._check(request)
        post = self.find(request.match_info["id"])
        if post is None:
            return web.json_response(
                {"errors": [{"title": "Not Found Error", "detail": "Could not find tweet"}]}
            )
        return web.json_response({"data": self._shown(post) | {"public_metrics": _COUNTS}})

    async def _many(self, request: web.Request) -> web.Response:
        self._check(request)
        ids = request.query["ids"].split(",")
        if not 1 <= len(ids) <= 100 or "public_metrics" not in request.query.get("tweet.fields", ""):
            return web.json_response(
                {"errors": [{"message": "The `ids` query parameter is invalid"}]}, status=400
            )
        found = [post for post in map(self.find, ids) if post]
        missing = [{"title": "Not Found Error", "value": one} for one in ids if not self.find(one)]
        shown = [self._shown(post) | {"public_metrics": _COUNTS} for post in found]
        return web.json_response(
            ({"data": shown} if shown else {}) | ({"errors": missing} if missing else {})
        )

    async def _delete(self, request: web.Request) -> web.Response:
        self._check(request)
        post = self.find(request.match_info["id"])
        if post is None:
            return _refuse(404, "Could not find tweet")
        self.wall.remove(post)
        return web.json_response({"data": {"deleted": True}})

    async def _begin(self, request: web.Request) -> web.Response:
        self._check(request)
        sent = await request.json()
        limits = {"tweet_image": 5, "tweet_gif": 15, "tweet_video": 512}
        category = sent.get("media_category")
        if category not in limits or sent["total_bytes"] > limits[category] * 1024 * 1024:
            return _refuse(400, "File size exceeds the limit")
        media_id = self.next_id()
        self.files[media_id] = {
            "type": sent["media_type"],
            "category": category,
            "total": sent["total_bytes"],
            "got": b"",
        }
        return web.json_response({"data": {"id": media_id}})

    async def _append(self, request: web.Request) -> web.Response:
        self._check(request)
        form = await request.post()
        piece = form["media"]
        assert isinstance(piece, web.FileField)
        file = self.files[request.match_info["id"]]
        if int(str(form["segment_index"])) != file.get("pieces", 0):
            return _refuse(400, "Segments do not add up")
        file["pieces"] = file.get("pieces", 0) + 1
        file["got"] += piece.file.read()
        return web.json_response({"data": {"expires_at": 0}})

    async def _finish(self, request: web.Request) -> web.Response:
        self._check(request)
        media_id = request.match_info["id"]
        file = self.files[media_id]
        if len(file["got"]) != file["total"]:
            return _refuse(400, "Segments do not add up to provided total file size.")
        if file["category"] == "tweet_image":
            file["done"] = True
            return web.json_response({"data": {"id": media_id}})
        info = {"state": "pending", "check_after_secs": 0}
        return web.json_response({"data": {"id": media_id, "processing_info": info}})

    async def _status(self, request: web.Request) -> web.Response:
        self._check(request)
        media_id = request.query["media_id"]
        self.files[media_id]["done"] = True
        return web.json_response({"data": {"id": media_id, "processing_info": {"state": "succeeded"}}})

    async def _describe(self, request: web.Request) -> web.Response:
        self._check(request)
        sent = await request.json()
        words = sent["metadata"]["alt_text"]["text"]
        if len(words) > 1000:
            return _refuse(400, "alt_text is too long")
        self.files[sent["id"]]["alt"] = words
        return web.json_response({"data": {"id": sent["id"]}})


def _refused_code(trouble: Trouble) -> web.Response:
    if trouble is Trouble.CLIENT:
        return web.json_response({"error": "unauthorized_client"}, status=401)
    words = "Value passed for the authorization code was invalid."
    return web.json_response({"error": "invalid_request", "error_description": words}, status=400)


def _refuse(status: int, detail: str) -> web.Response:
    return web.json_response({"title": "Error", "detail": detail, "status": status}, status=status)
