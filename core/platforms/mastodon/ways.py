"""What is asked for to connect a Mastodon account by a token? The server, which is proved first, and the token."""

from collections.abc import Mapping

from core.errors import AuthExpired, Rejected, Transient
from core.platforms import pasting, rest
from core.platforms.base import Problem, Severity, Target
from core.platforms.connecting import Step, Way
from core.platforms.mastodon import client
from core.platforms.mastodon.client import API
from core.platforms.rest import Call

# Without the first nothing can be published; without the others files, or looking for a lost post.
_SCOPES = (
    ("mastodon-write-statuses", "write:statuses", Severity.BLOCKING),
    ("mastodon-write-media", "write:media", Severity.WARNING),
    ("mastodon-read-statuses", "read:statuses", Severity.WARNING),
)


def read_token(text: str) -> str:
    """Find the token. Raises ``InvalidInput``."""
    return pasting.token(text, least=16)


async def server_name(target: Target, given: Mapping[str, str]) -> str:
    """Say how the server calls itself, before a token is sent there. Raises like ``Check``: it may be no Mastodon."""
    try:
        found = (await rest.call(target, API, Call("GET", "/api/v2/instance"), token="")).data
    except (Rejected, AuthExpired) as error:
        raise _no_mastodon(target, str(error)) from None
    except Transient as error:
        if error.error_code != "unreadable":
            raise
        raise _no_mastodon(target, str(error)) from None
    if not isinstance(found, Mapping) or "configuration" not in found:
        raise _no_mastodon(target, "no configuration")
    return str(found.get("title") or found.get("domain") or target.api_base.partition("://")[2])


def _no_mastodon(target: Target, reason: str) -> Rejected:
    return Rejected(reason, error_code="not-mastodon", platform="mastodon", reason=target.api_base)


async def rights(target: Target) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return which rights were looked at, and which the token lacks; nothing where the server does not tell."""
    try:
        found = await client.ask(target, "/api/v1/apps/verify_credentials")
    except (Rejected, AuthExpired):
        return (), ()
    scopes = found.get("scopes") if isinstance(found, Mapping) else None
    if not isinstance(scopes, list):
        return (), ()
    held = {str(scope) for scope in scopes}
    missing = [
        Problem(code, how) for code, scope, how in _SCOPES if not held & {scope, scope.partition(":")[0]}
    ]
    return tuple(code for code, _, _ in _SCOPES), tuple(missing)


SERVER = Step("api_base", pasting.server, setting=True, prove=server_name)  # both ways begin with it
PASTED = (Way("token", (SERVER, Step("access_token", read_token, secret=True))),)
