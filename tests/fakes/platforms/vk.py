"""VK, as strict as the real one: a refusal is HTTP 200 with an error, files go through three calls."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, ClassVar

from aiohttp import web

from core.platforms.vk.client import OAUTH
from tests.fakes.platforms.consent import ConsentPage, Trouble
from tests.fakes.platforms.server import FakePlatform, Refuse, WallPost

TOKEN = "vk1.a.token-0123456789"
OWNER = -555
KEY = "vk1.a.key-of-the-community-0123456789"
_NOT_BY_KEY = {"photos.getWallUploadServer", "photos.saveWallPhoto", "video.save"}


class FakeVk(FakePlatform):
    """The wall of one community."""

    slug = "vk"
    readable = True
    keeps_alt = True  # as the photo's caption
    retry_seconds: ClassVar[int] = 1  # VK names no time; a second is its pace

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.photos: dict[str, dict[str, Any]] = {}
        self.uploads: dict[str, dict[str, Any]] = {}
        self.generation = 0
        self.key_rights = ["wall", "photos"]  # of the community's own key
        self.person = 1001  # who logs in
        self.edits = [(-OWNER, "Acme")]  # communities they are an editor of
        self.page = ConsentPage(self.clock, "51000", "", OAUTH.scopes, more={"device_id": "device-1"})

    def credentials(self) -> Mapping[str, Any]:
        return {
            "access_token": TOKEN, "owner_id": OWNER, "refresh_token": f"vk-refresh-{self.generation:04}",
            "client_id": "51000", "device_id": "device-1",
            "expires_at": (self.clock.now() + timedelta(hours=1)).isoformat(),
        }  # fmt: skip

    def settings(self) -> Mapping[str, Any]:
        return {"oauth_base": self.url}

    def publishes(self, request: web.Request) -> bool:
        return request.path == "/method/wall.post"

    def rate_limited(self, seconds: int) -> web.Response:
        return _error(6, "Too many requests per second")

    def unauthorized(self) -> web.Response:
        return _error(5, "User authorization failed: invalid access_token (4).")

    def rejected(self) -> web.Response:
        return _error(214, "Access to adding post denied: you can only add 50 posts a day")

    def server_error(self) -> web.Response:
        return _error(10, "Internal server error: Unknown error, try later")

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/authorize", self.page.authorize),
            web.post("/method/{name}", self._method),
            web.post("/upload/{kind}/{id}", self._upload),
            web.post("/oauth2/auth", self._token),
        ]

    async def _method(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.by_key = request.headers.get("Authorization") == f"Bearer {KEY}"
        if self.revoked or not (self.by_key or request.headers.get("Authorization") == f"Bearer {TOKEN}"):
            raise Refuse(self.unauthorized())
        if self.by_key and request.match_info["name"] in _NOT_BY_KEY:
            return _error(27, "Group authorization failed: method is unavailable with group auth.")
        if form.get("v") != "5.199":
            return _error(8, "Invalid request: v (version) is required")
        handler = getattr(self, "_" + request.match_info["name"].replace(".", "_"), None)
        if handler is None:
            return _error(3, "Unknown method passed")
        answer: web.Response = handler(form)
        return answer

    def _wall_post(self, form: Mapping[str, str]) -> web.Response:
        message, files = (
            form.get("message", ""),
            [one for one in form.get("attachments", "").split(",") if one],
        )
        if int(form["owner_id"]) != OWNER or form.get("from_group") != "1":
            return _error(214, "Access to adding post denied")
        if not message.strip() and not files:
            return _error(
                100, "One of the parameters specified was missing or invalid: post is empty, no attachments"
            )
        if len(message) > 15895:
            return _error(100, "One of the parameters specified was missing or invalid: message is too long")
        if len(files) > 10 or any(one not in self.photos for one in files):
            return _error(100, "One of the parameters specified was missing or invalid: photo is undefined")
        if len(form.get("guid", "")) > 32:
            return _error(100, "guid is too long")
        number = int(self.next_id())
        media = [self.photos[one] for one in files]
        post = WallPost(
            f"{OWNER}_{number}",
            message,
            None,
            media,
            form.get("guid"),
            {"time": self.clock.now(), "files": files},
        )
        self.wall.append(post)
        return _ok({"post_id": number})

    def _wall_get(self, form: Mapping[str, str]) -> web.Response:
        count = min(int(form.get("count", "20")), 100)
        return _ok(
            {"count": len(self.wall), "items": [self._item(post) for post in reversed(self.wall)][:count]}
        )

    def _wall_getById(self, form: Mapping[str, str]) -> web.Response:
        found = [self.find(name) for name in form["posts"].split(",")[:100]]
        return _ok({"items": [self._item(post) for post in found if post]})

    def _wall_edit(self, form: Mapping[str, str]) -> web.Response:
        post = self.find(f"{form['owner_id']}_{form['post_id']}")
        if post is None:
            return _error(210, "Access to wall's post denied")
        post.text = form["message"]
        return _ok({"post_id": int(form["post_id"])})

    def _wall_delete(self, form: Mapping[str, str]) -> web.Response:
        post = self.find(f"{form['owner_id']}_{form['post_id']}")
        if post is None:
            return _error(210, "Access to wall's post denied")
        self.wall.remove(post)
        return _ok(1)

    def _item(self, post: WallPost) -> dict[str, Any]:
        files = [
            {"type": "photo", "photo": {"owner_id": OWNER, "id": int(one.rpartition("_")[2])}}
            for one in post.extra["files"]
        ]
        return {
            "id": int(post.id.rpartition("_")[2]), "owner_id": OWNER, "date": int(post.extra["time"].timestamp()),
            "text": post.text, "attachments": files,
            "views": {"count": 210}, "likes": {"count": 9}, "comments": {"count": 2}, "reposts": {"count": 1},
        }  # fmt: skip

    def _groups_getById(self, form: Mapping[str, str]) -> web.Response:
        if self.by_key:
            group = {"id": 555, "name": "Acme", "screen_name": "acme"}
            return _ok({"groups": [group] if form.get("group_id", "555") == "555" else []})
        if "group_id" not in form:
            return _error(
                100, "One of the parameters specified was missing or invalid: group_ids is undefined"
            )
        other = dict(self.edits).get(int(form.get("group_id") or 0))
        if other is not None and form.get("group_id") != "555":
            number = int(form["group_id"])
            return _ok(
                {"groups": [{"id": number, "name": other, "screen_name": f"club{number}", "admin_level": 2}]}
            )
        if form.get("group_id") != "555":
            return _ok({"groups": []})
        return _ok({"groups": [{"id": 555, "name": "Acme", "screen_name": "acme", "admin_level": 3}]})

    def _groups_getTokenPermissions(self, form: Mapping[str, str]) -> web.Response:
        if not self.by_key:
            return _error(15, "Access denied: available with group auth only")
        permissions = [{"name": name, "setting": 1} for name in self.key_rights]
        return _ok({"mask": 1, "permissions": permissions})

    def _utils_resolveScreenName(self, form: Mapping[str, str]) -> web.Response:
        known = form.get("screen_name") == "acme"
        return _ok({"type": "group", "object_id": 555} if known else [])

    def _groups_getMembers(self, form: Mapping[str, str]) -> web.Response:
        return _ok({"count": 77, "items": []})

    def _photos_getWallUploadServer(self, form: Mapping[str, str]) -> web.Response:
        if form.get("group_id") != "555":
            return _error(129, "Invalid photo")
        return _ok({"upload_url": f"{self.url}/upload/photo/{self.next_id()}"})

    def _photos_saveWallPhoto(self, form: Mapping[str, str]) -> web.Response:
        file = self.uploads.pop(form.get("photo", ""), None)
        if file is None or form.get("hash") != "h" or form.get("server") != "1":
            return _error(129, "Invalid photo")
        number = self.next_id()
        self.photos[f"photo{OWNER}_{number}"] = {"type": file["type"], "alt": form.get("caption")}
        return _ok([{"id": int(number), "owner_id": OWNER}])

    def _video_save(self, form: Mapping[str, str]) -> web.Response:
        number = self.next_id()
        self.photos[f"video{OWNER}_{number}"] = {"type": "video/mp4", "alt": form.get("name")}
        return _ok(
            {"upload_url": f"{self.url}/upload/video/{number}", "owner_id": OWNER, "video_id": int(number)}
        )

    async def _upload(self, request: web.Request) -> web.Response:
        if "Authorization" in request.headers:
            return web.json_response({"error": "the token is not for here"})
        form = await request.post()
        file = form.get("photo") or form.get("video_file")
        assert isinstance(file, web.FileField)
        key = f"upload-{request.match_info['id']}"
        self.uploads[key] = {"type": file.content_type, "size": len(file.file.read())}
        return web.json_response({"server": 1, "photo": key, "hash": "h"})

    def _groups_get(self, form: Mapping[str, str]) -> web.Response:
        if form.get("filter") != "editor" or form.get("extended") != "1":
            return _error(100, "One of the parameters specified was missing or invalid")
        items = [{"id": number, "name": name} for number, name in self.edits]
        return _ok({"count": len(items), "items": items})

    def _users_get(self, form: Mapping[str, str]) -> web.Response:
        return _ok([{"id": int(form["user_ids"]), "first_name": "Anna", "last_name": "Acme"}])

    def _fresh(self, scopes: tuple[str, ...]) -> dict[str, Any]:
        renewal = f"vk-refresh-{self.generation:04}"
        return {
            "access_token": TOKEN, "refresh_token": renewal, "expires_in": 3600, "user_id": self.person,
            "token_type": "Bearer", "scope": " ".join(scopes),
        }  # fmt: skip

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("grant_type") == "authorization_code":
            if form.get("device_id") != "device-1" or not form.get("state"):
                return _refused_code(Trouble.CODE)
            return self.page.answer(request, form, self._fresh, _refused_code)
        known = f"vk-refresh-{self.generation:04}"
        if (
            form.get("refresh_token") != known
            or form.get("device_id") != "device-1"
            or form.get("client_id") != "51000"
        ):
            return web.json_response({"error": "invalid_grant", "error_description": "refresh token is over"})
        self.generation += 1
        renewal = f"vk-refresh-{self.generation:04}"
        return web.json_response({"access_token": TOKEN, "refresh_token": renewal, "expires_in": 3600})


def _refused_code(trouble: Trouble) -> web.Response:
    """VK refuses with HTTP 200 here as well."""
    name = "invalid_client" if trouble is Trouble.CLIENT else "invalid_grant"
    return web.json_response({"error": name, "error_description": "code is invalid or expired"})


def _ok(response: Any) -> web.Response:
    return web.json_response({"response": response})


def _error(code: int, message: str) -> web.Response:
    return web.json_response({"error": {"error_code": code, "error_msg": message, "request_params": []}})
