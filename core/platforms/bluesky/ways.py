"""What is asked for to connect a Bluesky account? Its handle and an app password; the server is found, or given."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from core.platforms import pasting
from core.platforms.base import Target
from core.platforms.bluesky.identity import find_server, read_identifier, read_password
from core.platforms.connecting import Step, Way


async def where_is(target: Target, given: Mapping[str, str]) -> str:
    """Say on which server the account lives. Raises like ``Check``."""
    found = await find_server(target, given)
    return urlsplit(str(found.get("api_base") or target.api_base)).netloc


_PASSWORD = Step("app_password", read_password, secret=True)
WAYS = (
    Way(
        "app_password", (Step("identifier", read_identifier, prove=where_is), _PASSWORD), complete=find_server
    ),
    Way(
        "own_server",
        (Step("api_base", pasting.server, setting=True), Step("identifier", read_identifier), _PASSWORD),
    ),
)
