"""What Meta's platforms have in common: errors with codes, containers, files fetched from where they are said to be."""

import io
from collections.abc import Mapping
from typing import Any

import aiohttp
from aiohttp import web
from PIL import Image

from tests.fakes.platforms.server import FakePlatform, Refuse


class FakeGraph(FakePlatform):
    """One of Meta's platforms."""

    token = "EAAG-meta-token-0123456789"

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.containers: dict[str, dict[str, Any]] = {}

    def rate_limited(self, seconds: int) -> web.Response:
        answer = graph_error(400, 4, "Application request limit reached", "OAuthException")
        answer.headers["Retry-After"] = str(seconds)
        return answer

    def unauthorized(self) -> web.Response:
        return graph_error(400, 190, "Error validating access token: Session has expired", "OAuthException")

    def rejected(self) -> web.Response:
        return graph_error(400, 100, "Invalid parameter", "OAuthException")

    def server_error(self) -> web.Response:
        return graph_error(500, 2, "An unexpected error has occurred. Please retry your request later.")

    async def text_in(self, request: web.Request) -> str:
        """A container is published by its number: its text is what was put in."""
        if "application/json" not in request.content_type and self.containers:
            number = str((await request.post()).get("creation_id"))
            return str(self.containers.get(number, {}))
        return await super().text_in(request)

    def check(self, request: web.Request) -> None:
        """Refuse a wrong token."""
        if self.revoked or request.headers.get("Authorization") != f"Bearer {self.token}":
            raise Refuse(self.unauthorized())

    async def fetched(self, address: str, *, formats: tuple[str, ...]) -> str:
        """Fetch a picture as the platform does and return its media type. Raises ``Refuse``."""
        async with aiohttp.ClientSession() as http, http.get(address) as answer:
            content = await answer.read()
            if answer.status != 200:
                raise Refuse(graph_error(400, 9004, "The media could not be fetched from this URI"))
        kind = Image.open(io.BytesIO(content)).format or ""
        if kind not in formats:
            raise Refuse(graph_error(400, 36001, f"The image format is not supported: {kind}"))
        return f"image/{kind.lower()}"


def graph_error(
    status: int, code: int, message: str, kind: str = "GraphMethodException", subcode: int | None = None
) -> web.Response:
    """Return an error in Graph's form."""
    error: dict[str, Any] = {"message": message, "type": kind, "code": code, "fbtrace_id": "A1"}
    if subcode is not None:
        error["error_subcode"] = subcode
    return web.json_response({"error": error}, status=status)


def gone() -> web.Response:
    """Return "there is no such object"."""
    return graph_error(400, 100, "Unsupported get request. Object does not exist", subcode=33)


def fields_of(values: Mapping[str, Any], wanted: str) -> dict[str, Any]:
    """Return the asked fields, and the id that always comes."""
    names = {one.partition(".")[0].partition("(")[0] for one in wanted.split(",")}
    return {name: value for name, value in values.items() if name in names | {"id"}}
