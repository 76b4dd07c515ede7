"""Threads, as strict as the real one: containers, replies, 500 characters, files fetched from their addresses."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from core.platforms.threads.client import OAUTH
from tests.fakes.platforms.consent import ConsentPage, Trouble
from tests.fakes.platforms.graph import FakeGraph, fields_of, gone, graph_error
from tests.fakes.platforms.server import WallPost

USER = "98765432100"
SHORT = "THQW-short-token-01234"


class FakeThreads(FakeGraph):
    """One account."""

    slug = "threads"
    fetches_addresses = True
    readable = True
    tells_itself = True
    token = "THQW-threads-token-0123456789"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.granted: tuple[str, ...] = ()
        self.tells_scopes = True  # False for the token of somebody who is no tester of the application
        self.page = ConsentPage(
            self.clock, "th-app-1", "th-app-secret-0001", OAUTH.scopes, pkce=False, separator=","
        )

    def credentials(self) -> Mapping[str, Any]:
        return {"access_token": self.token, "user_id": USER}

    def publishes(self, request: web.Request) -> bool:
        return request.path == f"/{USER}/threads_publish"

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/oauth/authorize", self.page.authorize),
            web.post("/oauth/access_token", self._code),
            web.get("/access_token", self._longer),
            web.get("/debug_token", self._debug),
            web.get("/me", self._account),
            web.post(f"/{USER}/threads", self._container),
            web.post(f"/{USER}/threads_publish", self._publish),
            web.get(f"/{USER}/threads", self._posts),
            web.get(f"/{USER}/replies", self._posts),
            web.get(f"/{USER}/threads_insights", self._account_insights),
            web.get(f"/{USER}", self._account),
            web.get("/{id}/insights", self._insights),
            web.get("/{id}", self._one),
            web.delete("/{id}", self._delete),
        ]

    async def _code(self, request: web.Request) -> web.Response:
        return self.page.answer(request, await request.post(), self._fresh, _refused_code)

    def _fresh(self, scopes: tuple[str, ...]) -> dict[str, Any]:
        self.granted = scopes
        return {"access_token": SHORT, "user_id": int(USER)}

    async def _longer(self, request: web.Request) -> web.Response:
        asked = request.query
        if asked.get("grant_type") != "th_exchange_token" or asked.get("client_secret") != self.page.secret:
            return graph_error(400, 101, "Error validating client secret", "OAuthException")
        if asked.get("access_token") != SHORT:
            return self.unauthorized()
        return web.json_response(
            {"access_token": self.token, "token_type": "bearer", "expires_in": 5_183_944}
        )

    async def _debug(self, request: web.Request) -> web.Response:
        self.check(request)
        if not self.tells_scopes or request.query.get("input_token") != self.token:
            return graph_error(400, 100, "The access token must belong to a tester", "OAuthException")
        return web.json_response({"data": {"is_valid": True, "scopes": list(self.granted), "user_id": USER}})

    async def _account(self, request: web.Request) -> web.Response:
        self.check(request)
        return web.json_response(fields_of({"id": USER, "username": "acme"}, request.query["fields"]))

    async def _container(self, request: web.Request) -> web.Response:
        self.check(request)
        form = {name: str(value) for name, value in (await request.post()).items()}
        text, kind = form.get("text", ""), form.get("media_type")
        if len(text) > 500:
            return graph_error(400, 100, "Param text must be at most 500 characters long.")
        if "reply_to_id" in form and self.find(form["reply_to_id"]) is None:
            return gone()
        files: list[dict[str, Any]] = []
        if kind == "CAROUSEL":
            children = form["children"].split(",")
            if not 2 <= len(children) <= 20 or any(one not in self.containers for one in children):
                return graph_error(400, 100, "Invalid children")
            files = [self.containers[one]["files"][0] for one in children]
        elif kind == "IMAGE":
            fetched = await self.fetched(form["image_url"], formats=("JPEG", "PNG"))
            files = [{"type": fetched, "alt": form.get("alt_text")}]
        elif kind != "TEXT" or not text.strip():
            return graph_error(400, 100, "Param text is required for TEXT posts")
        number = self.next_id()
        self.containers[number] = {
            "text": text, "files": files, "reply": form.get("reply_to_id"), "asked": 0, "published": False,
        }  # fmt: skip
        return web.json_response({"id": number})

    async def _publish(self, request: web.Request) -> web.Response:
        self.check(request)
        container = self.containers.get(str((await request.post()).get("creation_id")))
        if container is None or not container["asked"]:
            return graph_error(400, 24, "The requested resource does not exist")
        container["published"] = True
        post = WallPost(
            self.next_id(),
            container["text"],
            container["reply"],
            container["files"],
            None,
            {"time": self.clock.now()},
        )
        self.wall.append(post)
        return web.json_response({"id": post.id})

    def _shown(self, post: WallPost) -> dict[str, Any]:
        return {
            "id": post.id, "text": post.text, "timestamp": post.extra["time"].strftime("%Y-%m-%dT%H:%M:%S+0000"),
            "permalink": f"https://www.threads.net/@acme/post/{post.id}",
        }  # fmt: skip

    async def _posts(self, request: web.Request) -> web.Response:
        self.check(request)
        replies = request.path.endswith("replies")
        found = [post for post in reversed(self.wall) if bool(post.reply_to) is replies]
        shown = [fields_of(self._shown(post), request.query["fields"]) for post in found]
        return web.json_response({"data": shown[: min(int(request.query["limit"]), 100)]})

    async def _one(self, request: web.Request) -> web.Response:
        self.check(request)
        number = request.match_info["id"]
        container = self.containers.get(number)
        if container is not None:
            container["asked"] += 1
            return web.json_response(
                {"id": number, "status": "PUBLISHED" if container["published"] else "FINISHED"}
            )
        post = self.find(number)
        return web.json_response(fields_of(self._shown(post), request.query["fields"])) if post else gone()

    async def _delete(self, request: web.Request) -> web.Response:
        self.check(request)
        post = self.find(request.match_info["id"])
        if post is None:
            return gone()
        self.wall.remove(post)
        return web.json_response({"success": True, "deleted_id": post.id})

    async def _insights(self, request: web.Request) -> web.Response:
        self.check(request)
        if self.find(request.match_info["id"]) is None:
            return gone()
        numbers = {"views": 95, "likes": 6, "replies": 1, "reposts": 1, "quotes": 0, "shares": 2}
        wanted = request.query["metric"].split(",")
        return web.json_response(
            {"data": [{"name": name, "values": [{"value": numbers[name]}]} for name in wanted]}
        )

    async def _account_insights(self, request: web.Request) -> web.Response:
        self.check(request)
        return web.json_response({"data": [{"name": "followers_count", "total_value": {"value": 31}}]})


def _refused_code(trouble: Trouble) -> web.Response:
    if trouble is Trouble.CLIENT:
        return graph_error(400, 101, "Error validating client secret", "OAuthException")
    return graph_error(400, 100, "This authorization code has been used", "OAuthException", 36009)
