"""How does an error look? The one JSON form that every address has."""

from aiohttp import web


def error_response(
    status: int, code: str, message: str, field: str | None = None, headers: dict[str, str] | None = None
) -> web.Response:
    """Return the one JSON form that every error has: ``{"error": {"code", "message", "field"}}``."""
    body = {"error": {"code": code, "message": message, "field": field}}
    return web.json_response(body, status=status, headers=headers)
