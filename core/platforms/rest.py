"""What does a JSON API with bearer tokens answer, and who must act on a refusal? Shared by the platforms that have one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from core.errors import AuthExpired, PlatformError, Rejected
from core.media.fetching import is_public
from core.platforms import http
from core.platforms.base import Target
from core.platforms.http import Answer

_REASON_LIMIT = 500  # characters of a platform's own words


@dataclass(frozen=True, slots=True)
class Api:
    """One platform's manners. ``title`` is its name in messages.

    ``reason`` reads the platform's own words from a refusal. ``refusal`` may turn an answer of 400 to 499 into an error
    of its own before the general table does; it gets the words already read and redacted. ``retry_after`` is as in
    ``core.platforms.http.Request``.
    """

    slug: str
    title: str
    reason: Callable[[Answer], str | None]
    refusal: Callable[[Answer, str], PlatformError | None] = lambda answer, reason: None
    retry_after: Callable[[Answer], float | None] | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One request to the API. ``publishes`` as in ``core.platforms.http.Request``; ``path`` may be a whole address."""

    method: str
    path: str
    publishes: bool = False
    json: Any = None
    data: Any = None
    params: Mapping[str, str] | Sequence[tuple[str, str]] | None = None  # pairs where a name comes twice
    headers: Mapping[str, str] | None = None
    timeout: aiohttp.ClientTimeout | None = None


async def call(
    target: Target, api: Api, request: Call, *, token: str, secrets: tuple[str, ...] = ()
) -> Answer:
    """Make the call with ``token`` as bearer (none when empty); return an answer below 400.

    Raises as ``core.platforms.http.request``, and the platform's refusals: ``AuthExpired`` for 401 and 403 unless the
    platform says otherwise, ``Rejected`` for other answers of 400 to 499.
    """
    hidden = tuple(secret for secret in (token, *secrets) if secret)
    headers = dict(request.headers or {})
    if token:
        headers["Authorization"] = f"Bearer {token}"
    whole = request.path.startswith(("https://", "http://"))
    if whole and not may_be_called(request.path, target.api_base):
        raise unreadable(target, api, publishes=request.publishes)
    answer = await http.request(
        target.http,
        http.Request(
            platform=api.title,
            method=request.method,
            url=request.path if whole else f"{target.api_base}{request.path}",
            publishes=request.publishes,
            clock=target.clock,
            secrets=hidden,
            json=request.json,
            data=request.data,
            headers=headers,
            params=request.params or {},
            timeout=request.timeout,
            retry_after=api.retry_after,
        ),
    )
    if answer.status < 400:
        return answer
    raise refused(api, answer, hidden)


def may_be_called(address: str, api_base: str) -> bool:
    """Tell whether an answer of the platform may send us to ``address``: by https to the internet, or to itself."""
    try:
        there, here = urlsplit(address), urlsplit(api_base)
        host = URL(address).host
    except ValueError:
        return False
    if not host or there.username or there.password:
        return False
    if there.hostname == here.hostname:
        return there.scheme in {"https", here.scheme}
    if there.scheme != "https":
        return False
    try:
        return is_public(ip_address(host.partition("%")[0]))
    except ValueError:
        return host != "localhost"


def refused(api: Api, answer: Answer, secrets: tuple[str, ...] = ()) -> PlatformError:
    """Return the error for an answer of 400 to 499."""
    words = http.redact(api.reason(answer) or f"HTTP {answer.status}", secrets)[:_REASON_LIMIT]
    own = api.refusal(answer, words)
    if own is not None:
        return own
    if answer.status == 401:
        return AuthExpired(words, error_code="bad-token", platform=api.slug, reason=words)
    if answer.status == 403:
        return AuthExpired(words, error_code="forbidden", platform=api.slug, reason=words)
    return Rejected(words, error_code=f"http-{answer.status}", platform=api.slug, reason=words)


def unreadable(target: Target, api: Api, *, publishes: bool) -> PlatformError:
    """Return the error for an answer that has not the promised form: in doubt when the call publishes."""
    request = http.Request(platform=api.title, method="", url="", publishes=publishes, clock=target.clock)
    return http.doubtful(request, f"{api.title} gave an answer that says nothing", "unreadable")
