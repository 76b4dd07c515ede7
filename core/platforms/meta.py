"""How are Meta's platforms called? One Graph API for Facebook and Instagram, one like it for Threads.

Refusals are ``{"error": {"message", "type", "code", "error_subcode", "is_transient"}}``
(https://developers.facebook.com/docs/graph-api/guides/error-handling).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from core.errors import AuthExpired, OutcomeUnknown, PlatformError, RateLimited, Rejected, Transient
from core.platforms import http, rest
from core.platforms.base import Target
from core.platforms.http import Answer
from core.platforms.rest import Api, Call

_TOKEN = {102, 190, 463, 467}
_SLOW_DOWN = {4, 17, 32, 341, 613, 80001, 80002, 80006, 80007}
_RIGHTS = {3, 10, *range(200, 300)}
_BLOCKED = {368, 459, 464}
_DUPLICATE = {506}
_UNSETTLED = {1, 2}  # "an unknown error", "service temporarily unavailable"
_GONE_SUBCODES = {33}
_USUAL_WAIT = 300.0  # seconds; Meta's windows are long


def _error(answer: Answer) -> Mapping[str, Any]:
    error = answer.data.get("error") if isinstance(answer.data, dict) else None
    return error if isinstance(error, Mapping) else {}


def _reason(answer: Answer) -> str | None:
    error = _error(answer)
    words = error.get("error_user_msg") or error.get("message")
    return str(words) if words else None


def api(slug: str, title: str) -> Api:
    """Return the manners of one of Meta's platforms."""
    return Api(slug, title, _reason)


async def call(target: Target, api: Api, request: Call, *, token: str, secrets: tuple[str, ...] = ()) -> Any:
    """Make one call and return the answer's body. Raises as ``core.platforms.rest.call``, and what Meta's codes mean."""
    own = Api(
        api.slug, api.title, _reason, lambda answer, reason: _refusal(target, api, request, answer, reason)
    )
    return (await rest.call(target, own, request, token=token, secrets=secrets)).data


def _refusal(target: Target, api: Api, request: Call, answer: Answer, reason: str) -> PlatformError | None:
    error = _error(answer)
    code, more = error.get("code"), {"platform": api.slug, "reason": reason}
    if code in _TOKEN:
        return AuthExpired(reason, error_code="bad-token", **more)
    if code in _SLOW_DOWN:
        return RateLimited(
            f"{api.title} asks to slow down", retry_at=_when(target, answer), platform=api.title
        )
    if code in _UNSETTLED or error.get("is_transient") is True:
        kind = OutcomeUnknown if request.publishes else Transient
        return kind(reason, error_code=f"meta-{code}", platform=api.title)
    if code == 100 and error.get("error_subcode") in _GONE_SUBCODES:
        return Rejected(reason, error_code="not-found", **more)
    if code in _RIGHTS:
        return AuthExpired(reason, error_code="rights-missing", **more)
    if code in _BLOCKED:
        return AuthExpired(reason, error_code="blocked", **more)
    if code in _DUPLICATE:
        return Rejected(reason, error_code="duplicate", **more)
    return None if code is None else Rejected(reason, error_code=f"meta-{code}", **more)


def _when(target: Target, answer: Answer) -> datetime:
    now = target.clock.now()
    return http.retry_moment(http.header_seconds(answer, now) or _USUAL_WAIT, now)


def text_of(target: Target, api: Api, found: Any, name: str, *, publishes: bool) -> str:
    """Return the string ``found[name]``; in doubt when it is not there."""
    value = found.get(name) if isinstance(found, Mapping) else None
    if not isinstance(value, str) or not value:
        raise rest.unreadable(target, api, publishes=publishes)
    return value


def goes_on(found: Any) -> bool:
    """Tell whether a list has a next page: Graph may give fewer entries than it was asked for."""
    paging = found.get("paging") if isinstance(found, Mapping) else None
    return isinstance(paging, Mapping) and bool(paging.get("next"))


def moment(stamp: object) -> datetime:
    """Read Graph's times ("2026-03-02T09:00:00+0000")."""
    try:
        return datetime.strptime(str(stamp), "%Y-%m-%dT%H:%M:%S%z")
    except ValueError:
        return datetime.fromtimestamp(0, UTC)


async def prolonged(
    target: Target,
    api: Api,
    path: str,
    params: Mapping[str, str],
    *,
    token: str,
    secrets: tuple[str, ...] = (),
) -> dict[str, Any]:
    """Exchange a token for one that lives longer: `access_token` and `expires_at`. Raises as ``Refresh``."""
    found = await call(target, api, Call("GET", path, params=params), token="", secrets=(token, *secrets))
    fresh = text_of(target, api, found, "access_token", publishes=False)
    seconds = found.get("expires_in") if isinstance(found, Mapping) else None
    tokens: dict[str, Any] = {"access_token": fresh}
    if isinstance(seconds, int) and seconds > 0:
        tokens["expires_at"] = (target.clock.now() + timedelta(seconds=seconds)).isoformat()
    return tokens
