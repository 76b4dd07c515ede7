"""A Facebook page, as strict as the real one about tokens, files and what may be empty."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from core.platforms.facebook.client import OAUTH
from tests.fakes.platforms.consent import ConsentPage, Trouble
from tests.fakes.platforms.graph import FakeGraph, fields_of, gone, graph_error
from tests.fakes.platforms.server import WallPost

PAGE = "100200300"
SHORT, LONG = "EAAU-short-user-token-000", "EAAU-long-user-token-0000"


PERSON = "EAAG-a-person-s-token-0123456789"


class FakeFacebook(FakeGraph):
    """One page."""

    slug = "facebook"
    readable = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.photos: dict[str, dict[str, Any]] = {}
        self.pages = [(PAGE, "Acme")]  # of the person who logs in
        self.page = ConsentPage(
            self.clock, "fb-app-1", "fb-app-secret-0001", OAUTH.scopes, pkce=False, separator=","
        )
        self.granted: tuple[str, ...] = ()

    def credentials(self) -> Mapping[str, Any]:
        return {"access_token": self.token, "page_id": PAGE}

    def publishes(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path in {f"/{PAGE}/feed", f"/{PAGE}/videos"}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/v25.0/dialog/oauth", self.page.authorize),
            web.post("/oauth/access_token", self._code),
            web.get("/oauth/access_token", self._longer),
            web.get("/me/permissions", self._permissions),
            web.get("/me/accounts", self._accounts),
            web.post(f"/{PAGE}/feed", self._post),
            web.post(f"/{PAGE}/photos", self._photo),
            web.get(f"/{PAGE}/published_posts", self._posts),
            web.get(f"/{PAGE}", self._page),
            web.get("/me", self._me),
            web.get("/{id}/insights", self._insights),
            web.get("/{id}", self._one),
            web.post("/{id}", self._edit),
            web.delete("/{id}", self._delete),
        ]

    async def _code(self, request: web.Request) -> web.Response:
        return self.page.answer(request, await request.post(), self._fresh, _refused_code)

    def _fresh(self, scopes: tuple[str, ...]) -> dict[str, Any]:
        self.granted = scopes
        return {"access_token": SHORT, "token_type": "bearer", "expires_in": 5400}

    async def _longer(self, request: web.Request) -> web.Response:
        asked = request.query
        application = asked.get("client_id"), asked.get("client_secret")
        if application != (self.page.client_id, self.page.secret):
            return graph_error(400, 101, "Error validating application", "OAuthException")
        if asked.get("grant_type") != "fb_exchange_token" or asked.get("fb_exchange_token") != SHORT:
            return self.unauthorized()
        return web.json_response({"access_token": LONG, "token_type": "bearer", "expires_in": 5_184_000})

    async def _permissions(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {SHORT}":
            return self.unauthorized()
        rows = [
            {"permission": one, "status": "granted" if one in self.granted else "declined"}
            for one in OAUTH.scopes
        ]
        return web.json_response({"data": rows})

    async def _accounts(self, request: web.Request) -> web.Response:
        """A page's token is without an end only when a long-lived one asks."""
        if request.headers.get("Authorization") != f"Bearer {LONG}":
            return self.unauthorized()
        rows = [
            {"id": number, "name": name, "access_token": self.token, "tasks": ["CREATE_CONTENT", "ANALYZE"]}
            for number, name in self.pages
        ]
        return web.json_response({"data": rows})

    async def _page(self, request: web.Request) -> web.Response:
        self.check(request)
        page = {"id": PAGE, "name": "Acme", "link": f"https://www.facebook.com/{PAGE}", "followers_count": 64}
        return web.json_response(fields_of(page, request.query.get("fields", "")))

    async def _me(self, request: web.Request) -> web.Response:
        """Say whose the token is: a page's, or a person's, who has no category."""
        if request.headers.get("Authorization") == f"Bearer {PERSON}":
            if "category" in request.query.get("fields", ""):
                return graph_error(
                    400, 100, "Tried accessing nonexisting field (category) on node type (User)"
                )
            return web.json_response({"id": "55501"})
        self.check(request)
        page = {"id": PAGE, "name": "Acme", "category": "Local business"}
        return web.json_response(fields_of(page, request.query.get("fields", "")))

    async def _photo(self, request: web.Request) -> web.Response:
        self.check(request)
        form = await request.post()
        file = form.get("source")
        if not isinstance(file, web.FileField) or form.get("published") != "false":
            return graph_error(400, 324, "Missing or invalid image file")
        number = self.next_id()
        self.photos[number] = {"type": file.content_type, "alt": form.get("alt_text_custom")}
        return web.json_response({"id": number})

    async def _post(self, request: web.Request) -> web.Response:
        self.check(request)
        form = await request.post()
        message = str(form.get("message", ""))
        names = sorted(
            (name for name in form if name.startswith("attached_media[")), key=lambda one: int(one[15:-1])
        )
        media = [json.loads(str(form[name]))["media_fbid"] for name in names]
        if not message.strip() and not media:
            return graph_error(400, 100, "The status you are trying to publish is empty")
        if any(one not in self.photos for one in media):
            return graph_error(400, 100, "Param attached_media is not valid")
        files = [self.photos[one] for one in media]
        post = WallPost(f"{PAGE}_{self.next_id()}", message, None, files, None, {"time": self.clock.now()})
        self.wall.append(post)
        return web.json_response({"id": post.id})

    def _shown(self, post: WallPost) -> dict[str, Any]:
        return {
            "id": post.id, "message": post.text, "created_time": post.extra["time"].strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "permalink_url": f"https://www.facebook.com/{PAGE}/posts/{post.id.partition('_')[2]}",
            "reactions": {"summary": {"total_count": 8}}, "comments": {"summary": {"total_count": 2}},
            "shares": {"count": 1},
        }  # fmt: skip

    async def _posts(self, request: web.Request) -> web.Response:
        self.check(request)
        shown = [fields_of(self._shown(post), request.query["fields"]) for post in reversed(self.wall)]
        return web.json_response({"data": shown[: min(int(request.query["limit"]), 100)]})

    async def _one(self, request: web.Request) -> web.Response:
        self.check(request)
        post = self.find(request.match_info["id"])
        return web.json_response(fields_of(self._shown(post), request.query["fields"])) if post else gone()

    async def _insights(self, request: web.Request) -> web.Response:
        self.check(request)
        if request.query.get("metric") != "post_media_view":
            return graph_error(400, 100, "The value must be a valid insights metric")
        return web.json_response({"data": [{"name": "post_media_view", "values": [{"value": 130}]}]})

    async def _edit(self, request: web.Request) -> web.Response:
        self.check(request)
        post = self.find(request.match_info["id"])
        if post is None:
            return gone()
        post.text = str((await request.post())["message"])
        return web.json_response({"success": True})

    async def _delete(self, request: web.Request) -> web.Response:
        self.check(request)
        post = self.find(request.match_info["id"])
        if post is None:
            return gone()
        self.wall.remove(post)
        return web.json_response({"success": True})


def _refused_code(trouble: Trouble) -> web.Response:
    if trouble is Trouble.CLIENT:
        return graph_error(400, 101, "Error validating client secret.", "OAuthException")
    return graph_error(400, 100, "This authorization code has been used.", "OAuthException", 36009)
