"""A receiver that checks signatures, times and repetitions as Standard Webhooks say."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from aiohttp import web

from tests.fakes.platforms.server import FakePlatform, WallPost

SECRET = "whsec_" + base64.b64encode(b"a webhook's own secret, 32 bytes").decode()


class FakeWebhook(FakePlatform):
    """One address. What is live is what it has taken."""

    slug = "webhook"
    fetches_addresses = True
    any_body: ClassVar[bool] = True

    def credentials(self) -> Mapping[str, Any]:
        return {"url": f"{self.url}/hook", "secret": SECRET}

    def publishes(self, request: web.Request) -> bool:
        return not request.headers.get("webhook-id", "").startswith("msg_ping")

    def rate_limited(self, seconds: int) -> web.Response:
        return web.Response(status=429, headers={"Retry-After": str(seconds)})

    def unauthorized(self) -> web.Response:
        return web.Response(status=401, text="no")

    def rejected(self) -> web.Response:
        return web.Response(status=422, text="not this")

    def routes(self) -> list[web.RouteDef]:
        return [web.post("/hook", self._take)]

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        message_id, moment = request.headers["webhook-id"], request.headers["webhook-timestamp"]
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        wanted = hmac.new(key, f"{message_id}.{moment}.".encode() + body, hashlib.sha256).digest()
        if self.revoked or request.headers["webhook-signature"] != "v1," + base64.b64encode(wanted).decode():
            return self.unauthorized()
        if abs(int(moment) - self.clock.now().timestamp()) > 300:
            return self.unauthorized()
        sent = json.loads(body)
        if sent["type"] == "post.published" and self.find(message_id) is None:
            media = [
                {"type": f"{one['type']}/*", "alt": one["alt"], "url": one["url"]}
                for one in sent["data"]["media"]
            ]
            self.wall.append(WallPost(message_id, sent["data"]["text"], None, media))
        return web.Response(text="taken")
