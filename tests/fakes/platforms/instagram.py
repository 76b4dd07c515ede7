"""Instagram, as strict as the real one: files are fetched, containers are waited for, captions have limits.

It is lax where the real one is feared to be: publishing a container again makes a second post.
"""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from core.platforms.instagram.client import OAUTH
from tests.fakes.platforms.consent import ConsentPage, Trouble
from tests.fakes.platforms.graph import FakeGraph, fields_of, gone, graph_error
from tests.fakes.platforms.server import WallPost

USER = "17841400000"
SHORT = "IGAA-short-token-01234"


class FakeInstagram(FakeGraph):
    """One professional account."""

    slug = "instagram"
    fetches_addresses = True
    readable = True
    tells_itself = True
    needs_media = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.page = ConsentPage(
            self.clock, "ig-app-1", "ig-app-secret-0001", OAUTH.scopes, pkce=False, separator=","
        )

    def credentials(self) -> Mapping[str, Any]:
        return {"access_token": self.token, "user_id": USER}

    def publishes(self, request: web.Request) -> bool:
        return request.path == f"/{USER}/media_publish"

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/oauth/authorize", self.page.authorize),
            web.post("/oauth/access_token", self._code),
            web.get("/access_token", self._longer),
            web.get("/me", self._me),
            web.post(f"/{USER}/media", self._container),
            web.post(f"/{USER}/media_publish", self._publish),
            web.get(f"/{USER}/media", self._posts),
            web.get(f"/{USER}", self._account),
            web.get("/refresh_access_token", self._refresh),
            web.get("/{id}/insights", self._insights),
            web.get("/{id}", self._one),
        ]

    async def _code(self, request: web.Request) -> web.Response:
        return self.page.answer(request, await request.post(), self._fresh, _refused_code)

    def _fresh(self, scopes: tuple[str, ...]) -> dict[str, Any]:
        return {"access_token": SHORT, "user_id": 999, "permissions": list(scopes)}

    async def _longer(self, request: web.Request) -> web.Response:
        asked = request.query
        if asked.get("grant_type") != "ig_exchange_token" or asked.get("client_secret") != self.page.secret:
            return graph_error(400, 101, "Error validating client secret", "OAuthException")
        if asked.get("access_token") != SHORT:
            return self.unauthorized()
        return web.json_response(
            {"access_token": self.token, "token_type": "bearer", "expires_in": 5_183_944}
        )

    async def _me(self, request: web.Request) -> web.Response:
        """The account's number is `user_id`; `id` is only this application's name for it."""
        self.check(request)
        return web.json_response({"id": "999", "user_id": USER, "username": "acme"})

    async def _account(self, request: web.Request) -> web.Response:
        self.check(request)
        account = {"id": USER, "username": "acme", "followers_count": 55}
        return web.json_response(fields_of(account, request.query["fields"]))

    async def _refresh(self, request: web.Request) -> web.Response:
        if self.revoked or request.query.get("access_token") != self.token:
            return self.unauthorized()
        if request.query.get("grant_type") != "ig_refresh_token":
            return graph_error(400, 100, "Invalid grant_type")
        return web.json_response(
            {"access_token": self.token, "token_type": "bearer", "expires_in": 5_184_000}
        )

    async def _container(self, request: web.Request) -> web.Response:
        self.check(request)
        form = {name: str(value) for name, value in (await request.post()).items()}
        caption = form.get("caption", "")
        if len(caption) > 2200 or caption.count("#") > 30:
            return graph_error(400, 2207010, "The caption is too long")
        files: list[dict[str, Any]] = []
        if form.get("media_type") == "CAROUSEL":
            children = form["children"].split(",")
            if not 2 <= len(children) <= 10 or any(one not in self.containers for one in children):
                return graph_error(400, 100, "Invalid children")
            files = [self.containers[one]["files"][0] for one in children]
        elif "image_url" in form:
            kind = await self.fetched(form["image_url"], formats=("JPEG",))
            files = [{"type": kind, "alt": form.get("alt_text")}]
        else:
            return graph_error(400, 100, "The parameter image_url is required")
        number = self.next_id()
        child = form.get("is_carousel_item") == "true"
        self.containers[number] = {
            "caption": caption,
            "files": files,
            "child": child,
            "asked": 0,
            "published": False,
        }
        return web.json_response({"id": number})

    async def _publish(self, request: web.Request) -> web.Response:
        self.check(request)
        form = await request.post()
        container = self.containers.get(str(form.get("creation_id")))
        if container is None or container["child"]:
            return graph_error(400, 9007, "Media ID is not available")
        if not container["asked"]:
            return graph_error(400, 9007, "The media is not ready for publishing, please wait")
        container["published"] = True
        post = WallPost(
            self.next_id(), container["caption"], None, container["files"], None, {"time": self.clock.now()}
        )
        self.wall.append(post)
        return web.json_response({"id": post.id})

    def _shown(self, post: WallPost) -> dict[str, Any]:
        return {
            "id": post.id, "caption": post.text, "timestamp": post.extra["time"].strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "permalink": f"https://www.instagram.com/p/{post.id}/",
        }  # fmt: skip

    async def _posts(self, request: web.Request) -> web.Response:
        self.check(request)
        shown = [fields_of(self._shown(post), request.query["fields"]) for post in reversed(self.wall)]
        return web.json_response({"data": shown[: min(int(request.query["limit"]), 100)]})

    async def _one(self, request: web.Request) -> web.Response:
        self.check(request)
        number = request.match_info["id"]
        container = self.containers.get(number)
        if container is not None:
            container["asked"] += 1
            if container["published"]:
                status = "PUBLISHED"
            else:
                status = "FINISHED" if container["asked"] > 1 else "IN_PROGRESS"
            return web.json_response({"id": number, "status_code": status, "status": status.title()})
        post = self.find(number)
        return web.json_response(fields_of(self._shown(post), request.query["fields"])) if post else gone()

    async def _insights(self, request: web.Request) -> web.Response:
        self.check(request)
        if self.find(request.match_info["id"]) is None:
            return gone()
        numbers = {
            "reach": 210,
            "likes": 20,
            "comments": 4,
            "shares": 2,
            "saved": 3,
            "total_interactions": 29,
        }
        wanted = request.query["metric"].split(",")
        if any(name not in numbers for name in wanted):
            return graph_error(400, 100, "metric must be one of the following values")
        return web.json_response(
            {"data": [{"name": name, "values": [{"value": numbers[name]}]} for name in wanted]}
        )


def _refused_code(trouble: Trouble) -> web.Response:
    words = "Invalid client_secret" if trouble is Trouble.CLIENT else "Invalid authorization code"
    body = {"error_type": "OAuthException", "code": 400, "error_message": words}
    return web.json_response(body, status=400)
