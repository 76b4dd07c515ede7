"""A Mastodon server, as strict as the real one about tokens, lengths, files and keys."""

import html
import re
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from core.platforms.mastodon.consent import OAUTH
from tests.fakes.platforms.consent import ConsentPage, plain_refusal
from tests.fakes.platforms.server import FakePlatform, Refuse, WallPost

TOKEN = "mastodon-token-0123456789"
_LINK = re.compile(r"https?://[^\s<>()]+")


class FakeMastodon(FakePlatform):
    """One account. ``honours_keys`` is False for a server that ignores `Idempotency-Key`, as some do."""

    slug = "mastodon"
    readable = True
    honours_keys = True
    max_characters = 500

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.media: dict[str, dict[str, Any]] = {}
        self.scopes = ["read:accounts", "read:statuses", "write:statuses", "write:media"]
        self.user = ("77", "acme")
        self.takes_applications = True
        self.page = ConsentPage(self.clock, "", "", OAUTH.scopes)  # until somebody registers

    def credentials(self) -> Mapping[str, Any]:
        return {"access_token": TOKEN}

    def publishes(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path == "/api/v1/statuses"

    def rate_limited(self, seconds: int) -> web.Response:
        return web.json_response(
            {"error": "Too many requests"}, status=429, headers={"Retry-After": str(seconds)}
        )

    def unauthorized(self) -> web.Response:
        return web.json_response({"error": "The access token is invalid"}, status=401)

    def rejected(self) -> web.Response:
        return _refuse(422, "Validation failed: Text contains a blocked domain")

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/v1/apps", self._register),
            web.get("/oauth/authorize", self.page.authorize),
            web.post("/oauth/token", self._token),
            web.get("/api/v1/accounts/verify_credentials", self._account),
            web.get("/api/v2/instance", self._instance),
            web.get("/api/v1/apps/verify_credentials", self._application),
            web.post("/api/v2/media", self._upload),
            web.get("/api/v1/media/{id}", self._media),
            web.post("/api/v1/statuses", self._post),
            web.get("/api/v1/accounts/{id}/statuses", self._posts),
            web.get("/api/v1/statuses/{id}", self._one),
            web.put("/api/v1/statuses/{id}", self._edit),
            web.delete("/api/v1/statuses/{id}", self._delete),
        ]

    def _check(self, request: web.Request) -> None:
        if self.revoked or request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise Refuse(self.unauthorized())

    async def _register(self, request: web.Request) -> web.Response:
        form = await request.post()
        scopes = str(form.get("scopes", "")).split()
        if not self.takes_applications or not form.get("client_name") or not set(scopes) <= set(OAUTH.scopes):
            return _refuse(422, "Validation failed: Name can't be blank")
        self.page.client_id, self.page.secret = f"client-{self.next_id()}", f"app-secret-{self.next_id()}"
        self.page.redirects = {str(form["redirect_uris"])}
        return web.json_response({"client_id": self.page.client_id, "client_secret": self.page.secret})

    async def _token(self, request: web.Request) -> web.Response:
        return self.page.answer(request, await request.post(), self._fresh, plain_refusal)

    def _fresh(self, scopes: tuple[str, ...]) -> dict[str, Any]:
        return {"access_token": TOKEN, "token_type": "Bearer", "scope": " ".join(scopes), "created_at": 1}

    async def _account(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response(
            {
                "id": self.user[0],
                "username": self.user[1],
                "acct": self.user[1],
                "url": f"{self.url}/@{self.user[1]}",
                "followers_count": 12,
            }
        )

    async def _instance(self, request: web.Request) -> web.Response:
        statuses = {
            "max_characters": self.max_characters, "max_media_attachments": 4, "characters_reserved_per_url": 23,
        }  # fmt: skip
        return web.json_response(
            {"version": "4.5.0", "title": "Acme Town", "configuration": {"statuses": statuses}}
        )

    async def _application(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response({"name": "NEXUS", "scopes": self.scopes})

    async def _upload(self, request: web.Request) -> web.Response:
        self._check(request)
        form = await request.post()
        file = form.get("file")
        if not isinstance(file, web.FileField):
            return _refuse(422, "Validation failed: File can't be blank")
        if len(str(form.get("description", ""))) > 1500:
            return _refuse(422, "Validation failed: Description is too long")
        media_id = self.next_id()
        self.media[media_id] = {
            "type": file.content_type, "size": len(file.file.read()), "alt": form.get("description"), "polls": 0,
        }  # fmt: skip
        # A video is converted first; a picture is ready at once.
        status = 202 if file.content_type.startswith("video/") else 200
        return web.json_response({"id": media_id}, status=status)

    async def _media(self, request: web.Request) -> web.Response:
        self._check(request)
        known = self.media.get(request.match_info["id"])
        if known is None:
            return _refuse(404, "Record not found")
        known["polls"] += 1
        return web.json_response({"id": request.match_info["id"]}, status=206 if known["polls"] < 2 else 200)

    async def _post(self, request: web.Request) -> web.Response:
        self._check(request)
        sent = await request.json()
        key = request.headers.get("Idempotency-Key")
        known = next((post for post in self.wall if key and post.key == key), None)
        if known is not None and self.honours_keys:
            return web.json_response(self._status(known))
        text, media = sent.get("status", ""), sent.get("media_ids", [])
        problem = self._problem(text, media)
        if problem is not None:
            return problem
        reply = sent.get("in_reply_to_id")
        if reply is not None and self.find(str(reply)) is None:
            return _refuse(404, "Record not found")
        post = WallPost(
            self.next_id(), text, reply, [self.media[one] for one in media], key,
            {"created_at": self.clock.now(), "media_ids": media, "visibility": sent.get("visibility")},
        )  # fmt: skip
        self.wall.append(post)
        return web.json_response(self._status(post))

    def _problem(self, text: Any, media: Any) -> web.Response | None:
        if not isinstance(text, str) or not isinstance(media, list):
            return _refuse(422, "Validation failed")
        if not text.strip() and not media:
            return _refuse(422, "Validation failed: Text can't be blank")
        if len(_LINK.sub("x" * 23, text)) > self.max_characters:
            return _refuse(422, f"Validation failed: Text character limit of {self.max_characters} exceeded")
        if len(media) > 4 or any(one not in self.media for one in media):
            return _refuse(422, "Cannot attach files")
        kinds = {self.media[one]["type"].partition("/")[0] for one in media}
        if len(media) > 1 and kinds != {"image"}:
            return _refuse(422, "Cannot attach a video to a post that already contains images")
        return None

    async def _posts(self, request: web.Request) -> web.Response:
        self._check(request)
        if request.match_info["id"] != "77":
            return _refuse(404, "Record not found")
        limit = min(int(request.query.get("limit", "20")), 40)
        older = int(request.query.get("max_id", "999999999"))
        found = [self._status(post) for post in reversed(self.wall) if int(post.id) < older]
        return web.json_response(found[:limit])

    async def _one(self, request: web.Request) -> web.Response:
        self._check(request)
        post = self.find(request.match_info["id"])
        return web.json_response(self._status(post)) if post else _refuse(404, "Record not found")

    async def _edit(self, request: web.Request) -> web.Response:
        self._check(request)
        post, sent = self.find(request.match_info["id"]), await request.json()
        if post is None:
            return _refuse(404, "Record not found")
        problem = self._problem(sent.get("status", ""), sent.get("media_ids", []))
        if problem is not None:
            return problem
        post.text = sent["status"]
        return web.json_response(self._status(post))

    async def _delete(self, request: web.Request) -> web.Response:
        self._check(request)
        post = self.find(request.match_info["id"])
        if post is None:
            return _refuse(404, "Record not found")
        self.wall.remove(post)
        return web.json_response(self._status(post))

    def _status(self, post: WallPost) -> dict[str, Any]:
        return {
            "id": post.id,
            "url": f"{self.url}/@acme/{post.id}",
            "content": _shown(post.text),
            "in_reply_to_id": post.reply_to,
            "created_at": post.extra["created_at"].isoformat().replace("+00:00", "Z"),
            "media_attachments": [{"id": one} for one in post.extra["media_ids"]],
            "favourites_count": 3, "reblogs_count": 1, "replies_count": 0,
        }  # fmt: skip


def _shown(text: str) -> str:
    """The HTML Mastodon makes of a text: paragraphs, line breaks, links with hidden ends."""
    escaped = html.escape(text, quote=False)
    linked = _LINK.sub(
        lambda found: f'<a href="{found[0]}"><span class="invisible">https://</span>{found[0][8:]}</a>',
        escaped,
    )
    return "".join(f"<p>{block.replace(chr(10), '<br />')}</p>" for block in linked.split("\n\n"))


def _refuse(status: int, message: str) -> web.Response:
    return web.json_response({"error": message}, status=status)
