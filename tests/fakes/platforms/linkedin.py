"""LinkedIn, as strict as the real one about versions, escaping, uploads and who may read."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import unquote

from aiohttp import web

from core.platforms.linkedin.consent import CONSENT
from tests.fakes.platforms.consent import ConsentPage, Trouble
from tests.fakes.platforms.server import FakePlatform, Refuse, WallPost

TOKEN = "AQX-linkedin-token-0123456789"
AUTHOR = "urn:li:organization:2414183"
PERSON = "urn:li:person:p-77"
SCOPES = tuple(scope for way in CONSENT if way.consent for scope in way.consent.oauth.scopes)
_UNESCAPED = re.compile(r"(?<!\\)[|{}@\[\]()<>*_~]")


class FakeLinkedIn(FakePlatform):
    """One organisation's feed. ``may_read`` is False for an application without that permission."""

    slug = "linkedin"
    readable: ClassVar[bool] = True
    may_read = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.files: dict[str, dict[str, Any]] = {}
        self.person = ("p-77", "Anna Acme")  # who logs in
        self.organisations = {AUTHOR: "Acme"}  # that they administer
        self.page = ConsentPage(self.clock, "li-client-1", "li-client-secret-01", SCOPES, pkce=False)

    def credentials(self) -> Mapping[str, Any]:
        return {"access_token": TOKEN, "author": AUTHOR}

    def publishes(self, request: web.Request) -> bool:
        return request.method == "POST" and request.path == "/rest/posts"

    def rate_limited(self, seconds: int) -> web.Response:
        body = {"status": 429, "message": "Resource level throttle limit reached"}
        return web.json_response(body, status=429, headers={"Retry-After": str(seconds)})

    def unauthorized(self) -> web.Response:
        return _refuse(401, "INVALID_ACCESS_TOKEN", "Invalid access token")

    def rejected(self) -> web.Response:
        return _refuse(422, "UNPROCESSABLE_ENTITY", "Content is a duplicate of urn:li:share:1")

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/oauth/v2/authorization", self.page.authorize),
            web.post("/oauth/v2/accessToken", self._token),
            web.get("/v2/userinfo", self._person),
            web.get("/rest/organizationAcls", self._administered),
            web.get("/rest/organizations/{id}", self._organisation),
            web.post("/rest/images", self._begin),
            web.post("/rest/videos", self._begin),
            web.put("/upload/{id}", self._upload),
            web.post("/rest/posts", self._post),
            web.get("/rest/posts", self._posts),
            web.post("/rest/posts/{urn}", self._edit),
            web.delete("/rest/posts/{urn}", self._delete),
            web.get("/rest/socialActions/{urn}", self._social),
            web.get("/rest/organizationalEntityShareStatistics", self._statistics),
            web.get("/rest/networkSizes/{urn}", self._followers),
        ]

    def _check(self, request: web.Request) -> None:
        if self.revoked or request.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise Refuse(self.unauthorized())
        version = request.headers.get("LinkedIn-Version", "")
        if request.path.startswith("/rest/") and not re.fullmatch(
            r"20(2[6-9]|[3-9]\d)(0[1-9]|1[0-2])", version
        ):
            raise Refuse(_refuse(426, "NONEXISTENT_VERSION", f"Requested version {version} is not active"))

    async def _token(self, request: web.Request) -> web.Response:
        return self.page.answer(request, await request.post(), self._fresh, _refused_code)

    def _fresh(self, scopes: tuple[str, ...]) -> dict[str, Any]:
        return {"access_token": TOKEN, "expires_in": 5_184_000, "scope": ",".join(scopes)}

    async def _person(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response({"sub": self.person[0], "name": self.person[1]})

    async def _administered(self, request: web.Request) -> web.Response:
        self._check(request)
        asked = request.query
        if (asked.get("q"), asked.get("role"), asked.get("state")) != (
            "roleAssignee",
            "ADMINISTRATOR",
            "APPROVED",
        ):
            return _refuse(400, "BAD_REQUEST", "q, role and state are wrong")
        rows = [
            {"organization": urn, "role": "ADMINISTRATOR", "state": "APPROVED"} for urn in self.organisations
        ]
        return web.json_response({"elements": rows, "paging": {"start": 0, "count": 50, "links": []}})

    async def _organisation(self, request: web.Request) -> web.Response:
        self._check(request)
        urn = f"urn:li:organization:{request.match_info['id']}"
        if urn not in self.organisations:
            return _refuse(404, "NOT_FOUND", "Could not find organization")
        name = self.organisations[urn]
        return web.json_response({"localizedName": name, "vanityName": name.lower()})

    async def _begin(self, request: web.Request) -> web.Response:
        self._check(request)
        sent = await request.json()
        if request.query.get("action") == "finalizeUpload":
            finished = sent["finalizeUploadRequest"]
            if len(finished["uploadedPartIds"]) != self.files[finished["video"]]["parts"]:
                return _refuse(400, "BAD_REQUEST", "Parts are missing")
            return web.Response(status=200)
        wanted = sent["initializeUploadRequest"]
        if wanted["owner"] != AUTHOR:
            return _refuse(403, "ACCESS_DENIED", "Not enough permissions to upload")
        number = self.next_id()
        if request.path.endswith("images"):
            urn = f"urn:li:image:{number}"
            self.files[urn] = {"type": "", "parts": 0}
            return web.json_response({"value": {"uploadUrl": f"{self.url}/upload/{number}", "image": urn}})
        urn, size = f"urn:li:video:{number}", wanted["fileSizeBytes"]
        self.files[urn] = {"type": "", "parts": 0}
        pieces = [{"uploadUrl": f"{self.url}/upload/{number}", "firstByte": 0, "lastByte": size - 1}]
        return web.json_response({"value": {"video": urn, "uploadToken": "", "uploadInstructions": pieces}})

    async def _upload(self, request: web.Request) -> web.Response:
        self._check(request)
        number = request.match_info["id"]
        urn = next(one for one in self.files if one.endswith(f":{number}"))
        self.files[urn] |= {"type": request.content_type, "size": len(await request.read())}
        self.files[urn]["parts"] += 1
        return web.Response(status=201, headers={"ETag": '"part"'})

    async def _post(self, request: web.Request) -> web.Response:
        self._check(request)
        sent = await request.json()
        problem = self._problem(sent)
        if problem is not None:
            return problem
        content = sent.get("content", {})
        media = content.get("multiImage", {}).get("images") or (
            [content["media"]] if "media" in content else []
        )
        if any(not self.files.get(one["id"], {}).get("size") for one in media):
            return _refuse(400, "BAD_REQUEST", "Media is not uploaded")
        urn = f"urn:li:share:{self.next_id()}"
        files = [{"type": self.files[one["id"]]["type"], "alt": one.get("altText")} for one in media]
        text = re.sub(r"\\(.)", r"\1", sent["commentary"])
        self.wall.append(WallPost(urn, text, None, files, None, {"time": self.clock.now(), "sent": sent}))
        return web.Response(status=201, headers={"x-restli-id": urn})

    def _problem(self, sent: Mapping[str, Any]) -> web.Response | None:
        needed = {"author", "commentary", "visibility", "distribution", "lifecycleState"}
        if (
            not needed <= set(sent)
            or sent["author"] not in {AUTHOR, PERSON}
            or sent["lifecycleState"] != "PUBLISHED"
        ):
            return _refuse(422, "UNPROCESSABLE_ENTITY", "ERROR :: /author :: field is required")
        if _UNESCAPED.search(sent["commentary"]):
            return _refuse(422, "UNPROCESSABLE_ENTITY", "ERROR :: /commentary :: is not valid little text")
        if len(re.sub(r"\\(.)", r"\1", sent["commentary"])) > 3000:
            return _refuse(422, "UNPROCESSABLE_ENTITY", "ERROR :: /commentary :: length is greater than 3000")
        if not sent["commentary"] and "content" not in sent:
            return _refuse(422, "UNPROCESSABLE_ENTITY", "ERROR :: /commentary :: is empty")
        return None

    async def _posts(self, request: web.Request) -> web.Response:
        self._check(request)
        if not self.may_read:
            return _refuse(
                403, "ACCESS_DENIED", "Not enough permissions to access: partnerApiPosts.FINDER-author"
            )
        if request.query.get("q") != "author" or request.query.get("author") != AUTHOR:
            return _refuse(400, "BAD_REQUEST", "author is wrong")
        found = [
            {
                "id": post.id, "commentary": post.extra["sent"]["commentary"],
                "publishedAt": int(post.extra["time"].timestamp() * 1000),
            }
            for post in reversed(self.wall)
        ]  # fmt: skip
        return web.json_response({"elements": found[: min(int(request.query.get("count", "10")), 100)]})

    async def _edit(self, request: web.Request) -> web.Response:
        self._check(request)
        post = self.find(unquote(request.match_info["urn"]))
        if post is None or request.headers.get("X-RestLi-Method") != "PARTIAL_UPDATE":
            return _refuse(404, "NOT_FOUND", "Could not find post")
        commentary = (await request.json())["patch"]["$set"]["commentary"]
        if _UNESCAPED.search(commentary):
            return _refuse(422, "UNPROCESSABLE_ENTITY", "ERROR :: /commentary :: is not valid little text")
        post.text = re.sub(r"\\(.)", r"\1", commentary)
        return web.Response(status=204)

    async def _delete(self, request: web.Request) -> web.Response:
        self._check(request)
        post = self.find(unquote(request.match_info["urn"]))
        if post is None:
            return _refuse(404, "NOT_FOUND", "Could not find post")
        self.wall.remove(post)
        return web.Response(status=204)

    async def _social(self, request: web.Request) -> web.Response:
        self._check(request)
        if self.find(unquote(request.match_info["urn"])) is None:
            return _refuse(404, "NOT_FOUND", "Could not find post")
        summary = {"likesSummary": {"totalLikes": 12}, "commentsSummary": {"aggregatedTotalComments": 3}}
        return web.json_response(summary)

    async def _statistics(self, request: web.Request) -> web.Response:
        self._check(request)
        totals = {
            "impressionCount": 900,
            "clickCount": 15,
            "shareCount": 2,
            "likeCount": 12,
            "commentCount": 3,
        }
        return web.json_response({"elements": [{"totalShareStatistics": totals}]})

    async def _followers(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response({"firstDegreeSize": 340})


def _refused_code(trouble: Trouble) -> web.Response:
    if trouble is Trouble.CLIENT:
        body = {"error": "invalid_client", "error_description": "Client authentication failed"}
        return web.json_response(body, status=401)
    words = (
        "Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code."
    )
    return web.json_response({"error": "invalid_request", "error_description": words}, status=400)


def _refuse(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"status": status, "code": code, "message": message}, status=status)
