"""What became of a call to a platform? One request, and an honest verdict when it fails.

The verdict that matters is whether the request may have had its effect:

* it never left (name not found, connection refused, no secure connection): ``Transient``;
* it left and no usable answer came (time-out, cut, 5xx, unreadable): ``OutcomeUnknown`` for a call that publishes,
  ``Transient`` for one that may be repeated;
* 429: ``RateLimited`` until a moment, not for a duration.

A publishing call gets a connection of its own. A kept-alive connection that the server has just closed fails exactly
like one that was cut after the effect, so reuse would turn every idle minute into a doubtful post. aiohttp repeats
requests by itself when such a connection fails (PUT and DELETE in 3.14); that is switched off, and redirects are not
followed, because both would send a post a second time.

No message, and no exception behind it, holds an address or a secret: bot tokens are part of addresses.
"""

import asyncio
import json
import math
import re
import types
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn

import aiohttp

from core.clock import Clock
from core.errors import OutcomeUnknown, PlatformError, RateLimited, Rejected, Transient

MAX_ANSWER_BYTES = 8 * 1024 * 1024
DEFAULT_WAIT_SECONDS = 30.0
LONGEST_WAIT_SECONDS = 24 * 3600.0
_LONGEST_NUMBER = 100  # digits; one that is longer fits into no fraction, either
_BREAKING = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")  # would end a header and begin another
_BOT_TOKEN = re.compile(r"\d{5,}:[A-Za-z0-9_-]{3,}")


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform said. ``data`` is the parsed JSON, None when there was none."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    data: Any = None

    @property
    def text(self) -> str:
        """The body as text, whatever it is."""
        return self.body.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Request:
    """One call. ``publishes`` marks what must not happen twice; ``secrets`` never appear in an error.

    ``retry_after`` finds the seconds to wait in an answer's body, where a platform puts them there.
    ``nothing_done`` are 5xx statuses by which this platform promises that it did nothing.
    """

    platform: str
    method: str
    url: str
    publishes: bool
    clock: Clock
    secrets: Sequence[str] = ()
    json: Any = None
    data: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, str] | Sequence[tuple[str, str]] = field(default_factory=dict)
    timeout: aiohttp.ClientTimeout | None = None
    max_answer_bytes: int = MAX_ANSWER_BYTES
    retry_after: Callable[[Answer], float | None] | None = None
    nothing_done: frozenset[int] = frozenset()
    any_body: bool = False  # success is the status alone

    def __repr__(self) -> str:
        return f"Request({self.platform} {self.method})"  # the address may hold a token


async def request(http: aiohttp.ClientSession, call: Request) -> Answer:
    """Make one call, once. Answers below 500 other than 429 are returned, 4xx included.

    Raises ``Transient``, ``RateLimited``, ``OutcomeUnknown`` as told above, ``Rejected`` for an address or a redirect
    that cannot be used.
    """
    if any(_BREAKING.search(name + value) for name, value in call.headers.items()):
        raise Rejected(
            f"what is set for {call.platform} holds a line break or another character no header may hold",
            error_code="bad-header",
            platform=call.platform,
        )
    outcome = await _attempt(http, call)
    if isinstance(outcome, PlatformError):
        raise outcome  # not from within a handler: what aiohttp raised holds the address, and must not travel along
    return _judged(call, outcome)


def redact(text: str, secrets: Sequence[str] = ()) -> str:
    """``text`` with every secret, and everything that looks like a bot token, blacked out."""
    for secret in secrets:
        if secret:
            text = text.replace(secret, "•••")
    return _BOT_TOKEN.sub("•••", text)


def retry_moment(seconds: float | None, now: datetime) -> datetime:
    """When to come back: at least a second from now and at most a day, whatever a platform says."""
    wait = DEFAULT_WAIT_SECONDS if seconds is None else seconds
    return now + timedelta(seconds=min(max(wait, 1.0), LONGEST_WAIT_SECONDS))


def header_seconds(answer: Answer, now: datetime) -> float | None:
    """Seconds named by ``Retry-After``, which is a number or a date; None when there is no usable one."""
    value = answer.headers.get("Retry-After", "").strip()
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        pass
    else:
        return seconds if seconds == seconds else None  # "nan" is a float, too
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()


def doubtful(call: Request, message: str, error_code: str) -> PlatformError:
    """The error for a call that left and has no usable answer."""
    kind = OutcomeUnknown if call.publishes else Transient
    return kind(redact(message, call.secrets), error_code=error_code, platform=call.platform)


async def _attempt(http: aiohttp.ClientSession, call: Request) -> Answer | PlatformError:
    sent = _Sent()
    try:
        async with _session(http, call, sent) as session:
            return await _exchange(session, call)
    except (aiohttp.ClientError, OSError, _TooLarge) as error:
        return _verdict(call, error, left=sent.headers)


class _TooLarge(Exception):
    """The answer is longer than anything this platform has to say."""


@dataclass(slots=True)
class _Sent:
    headers: bool = False


@asynccontextmanager
async def _session(
    http: aiohttp.ClientSession, call: Request, sent: _Sent
) -> AsyncGenerator[aiohttp.ClientSession]:
    if not call.publishes:
        yield http  # every failure means "try again", so nobody needs to know how far it came
        return

    async def note(
        _session: aiohttp.ClientSession,
        _context: types.SimpleNamespace,
        _params: aiohttp.TraceRequestHeadersSentParams,
    ) -> None:
        sent.headers = True

    trace = aiohttp.TraceConfig()
    trace.on_request_headers_sent.append(note)
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(force_close=True),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=http.timeout,
        trust_env=http.trust_env,
        trace_configs=[trace],
    ) as session:
        # aiohttp's own switch, private but used by its test client; see the module's text.
        session._retry_connection = False
        yield session


async def _exchange(session: aiohttp.ClientSession, call: Request) -> Answer:
    async with session.request(
        call.method,
        call.url,
        json=call.json,
        data=call.data,
        headers=dict(call.headers),
        params=call.params or None,
        allow_redirects=False,
        timeout=call.timeout or session.timeout,
    ) as response:
        body = bytearray()
        async for chunk in response.content.iter_chunked(64 * 1024):
            body += chunk
            if len(body) > call.max_answer_bytes:
                raise _TooLarge
        return Answer(response.status, response.headers.copy(), bytes(body))


def _verdict(call: Request, error: Exception, *, left: bool) -> PlatformError:
    """The error to raise for ``error``; ``left`` says whether any byte of a publishing request was on its way."""
    if isinstance(error, aiohttp.InvalidURL | aiohttp.NonHttpUrlClientError):
        return Rejected(
            f"the address set for {call.platform} is not a web address",
            error_code="bad-address",
            platform=call.platform,
        )
    error_code, what = _failure(error)
    message = f"{call.platform} {what}"
    if call.publishes and not left:
        return Transient(f"{message} (nothing was sent)", error_code=error_code, platform=call.platform)
    return doubtful(call, message, error_code)


def _failure(error: Exception) -> tuple[str, str]:
    """A stable code and plain words; never ``str(error)``, which may hold the address."""
    kinds: tuple[tuple[type[Exception], str, str], ...] = (
        (_TooLarge, "too-large", "answered with more than can be read"),
        (aiohttp.ClientConnectorDNSError, "dns", "was not found: its name has no address"),
        (aiohttp.ClientSSLError, "tls", "could not be reached securely"),
        (aiohttp.ConnectionTimeoutError, "connect-timeout", "did not take the connection in time"),
        (aiohttp.ClientConnectorError, "refused", "did not take the connection"),
        (asyncio.TimeoutError, "timeout", "did not answer in time"),
        (aiohttp.ClientPayloadError, "cut", "broke off in the middle of its answer"),
        (aiohttp.ClientResponseError, "unreadable", "answered with something that is not HTTP"),
        (aiohttp.ClientError, "cut", "closed the connection without an answer"),
    )
    for kind, error_code, what in kinds:
        if isinstance(error, kind):
            return error_code, what
    return "cut", "could not be talked to"


def _judged(call: Request, answer: Answer) -> Answer:
    if 300 <= answer.status < 400:
        _refuse_redirect(call)
    parsed = _parsed(answer)
    if answer.status == 429:
        now = call.clock.now()
        seconds = call.retry_after(parsed) if call.retry_after else None
        seconds = header_seconds(answer, now) if seconds is None else seconds
        raise RateLimited(
            f"{call.platform} asks to slow down", retry_at=retry_moment(seconds, now), platform=call.platform
        )
    if answer.status in call.nothing_done:
        raise Transient(
            f"{call.platform} is busy", error_code=f"http-{answer.status}", platform=call.platform
        )
    if answer.status >= 500:
        raise doubtful(call, f"{call.platform} answered with error {answer.status}", f"http-{answer.status}")
    if answer.status < 400 and parsed.data is None and answer.body.strip() and not call.any_body:
        raise doubtful(call, f"{call.platform} gave an answer that cannot be read", "unreadable")
    return parsed


def _parsed(answer: Answer) -> Answer:
    try:
        data = json.loads(answer.body, parse_constant=_no_number, parse_float=_finite, parse_int=_countable)
    except (ValueError, RecursionError):
        return answer
    return Answer(answer.status, answer.headers, answer.body, data)


def _finite(text: str) -> float:
    value = float(text)
    return value if math.isfinite(value) else _no_number(text)


def _countable(text: str) -> int:
    return int(text) if len(text) <= _LONGEST_NUMBER else _no_number(text[:20])


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number that JSON has")


def _refuse_redirect(call: Request) -> NoReturn:
    raise Rejected(
        f"the address set for {call.platform} sends us elsewhere; set the address it leads to",
        error_code="redirect",
        platform=call.platform,
    )
