"""Discord, as strict as the real one about tokens, lengths, embeds, files and nonces."""

import json
import re
from collections.abc import Mapping
from typing import Any

from aiohttp import web

from tests.fakes.platforms.server import FakePlatform, Refuse, WallPost

TOKEN = "MTA1-discord-bot-token-000000"
CHANNEL, GUILD, BOT = "555000111", "444000111", "333000111"
HOOK, HOOK_TOKEN = "777000111", "hook-token-abcdefghijkl"
ROLE = "222000111"
# View Channel, Send Messages, Embed Links, Attach Files, Read Message History.
RIGHTS = 1 << 10 | 1 << 11 | 1 << 14 | 1 << 15 | 1 << 16


class FakeDiscord(FakePlatform):
    """One channel of one server, with a bot and a webhook."""

    slug = "discord"
    readable = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.rights = RIGHTS  # of the bot's role
        self.overwrites: list[dict[str, Any]] = []  # what the channel says of it

    def credentials(self) -> Mapping[str, Any]:
        return {"bot_token": TOKEN, "channel_id": CHANNEL}

    def hook_credentials(self) -> Mapping[str, Any]:
        """Return the webhook's way in."""
        return {"webhook_url": f"https://discord.com/api/webhooks/{HOOK}/{HOOK_TOKEN}"}

    def settings(self) -> Mapping[str, Any]:
        return {"guild_id": GUILD}

    def publishes(self, request: web.Request) -> bool:
        paths = {f"/channels/{CHANNEL}/messages", f"/webhooks/{HOOK}/{HOOK_TOKEN}"}
        return request.method == "POST" and request.path in paths

    def rate_limited(self, seconds: int) -> web.Response:
        body = {"message": "You are being rate limited.", "retry_after": float(seconds), "global": False}
        return web.json_response(body, status=429, headers={"X-RateLimit-Scope": "user"})

    def unauthorized(self) -> web.Response:
        return _refuse(401, 0, "401: Unauthorized")

    def rejected(self) -> web.Response:
        return _refuse(400, 200000, "Message was blocked by automatic moderation")

    def routes(self) -> list[web.RouteDef]:
        channel, hook = f"/channels/{CHANNEL}", f"/webhooks/{HOOK}/{HOOK_TOKEN}"
        return [
            web.get("/users/@me", self._me),
            web.get("/channels/{id}", self._channel),
            web.get(f"/guilds/{GUILD}", self._guild),
            web.get(f"/guilds/{GUILD}/members/{BOT}", self._member),
            web.get(hook, self._hook),
            web.get("/webhooks/{id}/{token}", self._no_hook),
            web.get(f"{channel}/messages", self._messages),
            web.post(f"{channel}/messages", self._post),
            web.post(hook, self._post),
            *(
                route
                for base in (channel, hook)
                for route in (
                    web.get(f"{base}/messages/{{id}}", self._one),
                    web.patch(f"{base}/messages/{{id}}", self._edit),
                    web.delete(f"{base}/messages/{{id}}", self._delete),
                )
            ),
        ]

    def _check(self, request: web.Request) -> None:
        by_hook = request.path.startswith("/webhooks/")
        if self.revoked or (not by_hook and request.headers.get("Authorization") != f"Bot {TOKEN}"):
            raise Refuse(self.unauthorized())

    async def _me(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response({"id": BOT, "username": "acme"})

    async def _channel(self, request: web.Request) -> web.Response:
        self._check(request)
        if request.match_info["id"] != CHANNEL:
            return _refuse(404, 10003, "Unknown Channel")
        return web.json_response(
            {
                "id": CHANNEL, "type": 0, "name": "news", "guild_id": GUILD,
                "permission_overwrites": self.overwrites,
            }
        )  # fmt: skip

    async def _guild(self, request: web.Request) -> web.Response:
        self._check(request)
        roles = [{"id": GUILD, "permissions": "0"}, {"id": ROLE, "permissions": str(self.rights)}]
        return web.json_response(
            {"id": GUILD, "owner_id": "1", "roles": roles, "approximate_member_count": 120}
        )

    async def _member(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response({"user": {"id": BOT}, "roles": [ROLE]})

    async def _hook(self, request: web.Request) -> web.Response:
        self._check(request)
        return web.json_response({"id": HOOK, "name": "Acme", "guild_id": GUILD, "channel_id": CHANNEL})

    async def _no_hook(self, request: web.Request) -> web.Response:
        if request.match_info["id"] == HOOK:
            return _refuse(401, 50027, "Invalid Webhook Token")
        return _refuse(404, 10015, "Unknown Webhook")

    async def _read(self, request: web.Request) -> tuple[dict[str, Any], dict[str, Any]]:
        if request.content_type == "application/json":
            return await request.json(), {}
        form = await request.post()
        files = {name: file for name, file in form.items() if isinstance(file, web.FileField)}
        described = form["payload_json"]
        assert not isinstance(described, web.FileField)
        return json.loads(described), files

    async def _post(self, request: web.Request) -> web.Response:
        self._check(request)
        by_hook = request.path.startswith("/webhooks/")
        sent, files = await self._read(request)
        nonce = sent.get("nonce")
        if nonce is not None and len(str(nonce)) > 25:
            return _invalid("nonce", "Must be 25 or fewer in length.")
        known = next((post for post in self.wall if nonce and post.key == nonce), None)
        if known is not None and sent.get("enforce_nonce"):
            return web.json_response(self._message(known))
        problem = self._problem(sent, files)
        if problem is not None:
            return problem
        reference = sent.get("message_reference")
        if by_hook and (reference is not None or nonce is not None):
            return _invalid("message_reference", "Webhooks cannot reply.")
        media = [
            {"type": file.content_type, "alt": described.get("description"), "size": len(file.file.read())}
            for described, file in zip(sent.get("attachments", []), files.values(), strict=True)
        ]
        post = WallPost(
            self.next_id(), _shown(sent), reference and reference["message_id"], media, nonce,
            {"time": self.clock.now(), "sent": sent, "author": HOOK if by_hook else BOT},
        )  # fmt: skip
        self.wall.append(post)
        if by_hook and request.query.get("wait") != "true":
            return web.Response(status=204)
        return web.json_response(self._message(post))

    def _problem(self, sent: Mapping[str, Any], files: Mapping[str, Any]) -> web.Response | None:
        content, embeds = sent.get("content") or "", sent.get("embeds", [])
        if not content.strip() and not embeds and not files:
            return _refuse(400, 50006, "Cannot send an empty message")
        if len(content) > 2000:
            return _invalid("content", "Must be 2000 or fewer in length.")
        if len(embeds) > 10 or len(files) > 10:
            return _invalid("embeds", "Must be 10 or fewer in length.")
        for embed in embeds:
            if len(embed.get("description", "")) > 4096 or len(embed.get("title", "")) > 256:
                return _invalid("embeds.0.description", "Must be 4096 or fewer in length.")
        described = sent.get("attachments", [])
        if [f"files[{one['id']}]" for one in described] != list(files):
            return _invalid("attachments", "Attachment data not found")
        if any(len(one.get("description", "")) > 1024 for one in described):
            return _invalid("attachments.0.description", "Must be 1024 or fewer in length.")
        if sent.get("allowed_mentions") != {"parse": []}:
            return _invalid("allowed_mentions", "the test wants nobody to be rung up")
        return None

    async def _messages(self, request: web.Request) -> web.Response:
        self._check(request)
        limit = min(int(request.query.get("limit", "50")), 100)
        return web.json_response([self._message(post) for post in reversed(self.wall)][:limit])

    async def _one(self, request: web.Request) -> web.Response:
        self._check(request)
        post = self.find(request.match_info["id"])
        return web.json_response(self._message(post)) if post else _refuse(404, 10008, "Unknown Message")

    async def _edit(self, request: web.Request) -> web.Response:
        self._check(request)
        post = self.find(request.match_info["id"])
        if post is None:
            return _refuse(404, 10008, "Unknown Message")
        sent = await request.json()
        problem = self._problem(sent, {})
        if problem is not None:
            return problem
        post.text, post.extra["sent"] = _shown(sent), sent
        return web.json_response(self._message(post))

    async def _delete(self, request: web.Request) -> web.Response:
        self._check(request)
        post = self.find(request.match_info["id"])
        if post is None:
            return _refuse(404, 10008, "Unknown Message")
        self.wall.remove(post)
        return web.Response(status=204)

    def _message(self, post: WallPost) -> dict[str, Any]:
        sent = post.extra["sent"]
        return {
            "id": post.id, "channel_id": CHANNEL, "author": {"id": post.extra["author"]},
            "content": sent.get("content", ""), "timestamp": post.extra["time"].isoformat(),
            "embeds": [one | {"type": "rich"} for one in sent.get("embeds", [])],
            "attachments": [{"id": str(number)} for number, _ in enumerate(post.media)],
            "reactions": [{"emoji": {"name": "🔥"}, "count": 4}, {"emoji": {"name": "👍"}, "count": 2}],
        }  # fmt: skip


def _shown(sent: Mapping[str, Any]) -> str:
    """What a reader sees of a message's Markdown, enough of it for the tests' texts."""
    text = sent.get("content") or "".join(one.get("description", "") for one in sent.get("embeds", []))
    text = re.sub(r"\[([^\]]+)\]\((?:[^()\s]+)\)", r"\1", text)
    text = re.sub(r"(?<!\\)(\*\*|__|~~|\|\||\*|`)", "", text)
    return re.sub(r"\\([*_~|`#>\[\]()\\])", r"\1", text)


def _refuse(status: int, code: int, message: str) -> web.Response:
    return web.json_response({"message": message, "code": code}, status=status)


def _invalid(field: str, message: str) -> web.Response:
    errors = {field: {"_errors": [{"code": "BASE_TYPE_MAX_LENGTH", "message": message}]}}
    return web.json_response({"message": "Invalid Form Body", "code": 50035, "errors": errors}, status=400)
