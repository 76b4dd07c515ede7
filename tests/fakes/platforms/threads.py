"""Threads, as strict as the real one: containers, replies, 500 characters, files fetched from their addresses."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.fakes.platforms.graph import FakeGraph, fields_of, gone, graph_error
from tests.fakes.platforms.server import WallPost

USER = "98765432100"


class FakeThreads(FakeGraph):
    """One account."""

    slug = "threads"
    readable = True
    tells_itself = True
    token = "THQW-threads-token-0123456789"

    def credentials(self) -> Mapping[str, Any]:
        return {"access_token": self.token, "user_id": USER}

    def publishes(self, request: web.Request) -> bool:
        return request.path == f"/{USER}/threads_publish"

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post(f"/{USER}/threads", self._container),
            web.post(f"/{USER}/threads_publish", self._publish),
            web.get(f"/{USER}/threads", self._posts),
            web.get(f"/{USER}/replies", self._posts),
            web.get(f"/{USER}/threads_insights", self._account_insights),
            web.get(f"/{USER}", self._account),
            web.get("/me", self._account),
            web.get("/{id}/insights", self._insights),
            web.get("/{id}", self._one),
            web.delete("/{id}", self._delete),
        ]

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
        return web.json_response({"data": shown[: int(request.query["limit"])]})

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
        numbers = {"views": 95, "likes": 6, "replies": 1, "reposts": 1, "quotes": 0, "shares": 2}
        wanted = request.query["metric"].split(",")
        return web.json_response(
            {"data": [{"name": name, "values": [{"value": numbers[name]}]} for name in wanted]}
        )

    async def _account_insights(self, request: web.Request) -> web.Response:
        self.check(request)
        return web.json_response({"data": [{"name": "followers_count", "total_value": {"value": 31}}]})
