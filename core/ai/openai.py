"""How is an OpenAI-compatible server asked? Chat completions over plain HTTP: OpenAI, routers, models on one's desk.

One request becomes one call, after at most a few refusals that cost nothing and teach what the server takes, and one
more when the answer is not of the given shape. All of it is within the request's one time limit.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import structlog

from core.ai import openai_answers, openai_wire, prices, sse
from core.ai.growing import Growing
from core.ai.openai_answers import NotOfShape, Said
from core.ai.openai_stream import Assembly
from core.ai.openai_wire import Dialect, Repair
from core.ai.provider import (
    Answer,
    BadKey,
    BadRequest,
    Charge,
    Completion,
    InvalidAnswer,
    ProviderError,
    Request,
    Terms,
    TimedOut,
    Unreachable,
    Usage,
)
from core.config import Settings

log = structlog.get_logger(__name__)

DEFAULT_BASE_URL = "https://api.openai.com/v1"
_CONNECT_SECONDS = 10.0
_SHORTEST_SECRET = 6  # characters; "ollama" and the like are words that local servers are given for a key
_LONGEST_ANSWER = 4 * 1024 * 1024  # bytes
_TEACHING = frozenset({400, 422, 501})
# What servers accept, by address and model: learned from their refusals, forgotten with the process.
_learned: dict[tuple[str, str], Dialect] = {}


@dataclass(frozen=True, slots=True)
class _Answered:
    status: int
    headers: Mapping[str, str]
    body: bytes


class OpenAIProvider:
    """The provider over one open session; made by ``opened``."""

    def __init__(self, http: aiohttp.ClientSession, base_url: str, key: str) -> None:
        self._http = http
        self._base_url = base_url
        self._key = key
        base = urlsplit(base_url)
        self._url = base._replace(path=base.path.rstrip("/") + "/chat/completions").geturl()
        # Newer models of OpenAI refuse the old name, most other servers know no other.
        self._dialect = Dialect(
            tokens="max_completion_tokens" if _is_openais(base.hostname or "") else "max_tokens"
        )
        self.terms = Terms(price_list=prices.list_for(base_url), repairs=True)

    async def complete(
        self, request: Request[Answer], on_text: Callable[[str], None] | None = None
    ) -> Completion[Answer]:
        """Ask once, and once more when the answer is not of the given shape. Raises ``ProviderError``."""
        growing = Growing(request.shown, on_text) if on_text else None
        try:
            async with asyncio.timeout(request.time_limit):
                return await self._complete(request, growing)
        except TimeoutError:
            raise TimedOut(f"no answer within {request.time_limit:g} s") from None

    async def _complete(self, request: Request[Answer], growing: Growing | None) -> Completion[Answer]:
        first = await self._ask(request, growing=growing)
        try:
            return Completion(openai_answers.read(request.answer, first.text), first.model, first.usage)
        except NotOfShape as wrong:
            repair = Repair(first.text, str(wrong))
        try:
            second = await self._ask(request, repair)
        except ProviderError as error:
            raise _with(first, error) from None
        usage = _sum(first.usage, second.usage)
        try:
            return Completion(openai_answers.read(request.answer, second.text), second.model, usage)
        except NotOfShape as wrong:
            raise InvalidAnswer(
                f"not of the given shape, twice: {str(wrong)[:200]}", usage=usage, model=second.model
            ) from None

    async def _ask(
        self, request: Request[Any], repair: Repair | None = None, *, growing: Growing | None = None
    ) -> Said:
        """Ask in the dialect that is known so far, and learn from refusals. A repair is not shown: it is said again."""
        place = (self._base_url, request.model)
        dialect = _learned.get(place, self._dialect)
        while True:
            body = openai_wire.body(request, dialect, repair, streamed=growing is not None)
            answered = await self._post(body, request, growing)
            if answered.status == 200:
                # A model without room for this text may have it for the next one.
                _learned[place] = replace(dialect, small=False)
                return openai_answers.said(answered.body, request.model)
            words = openai_answers.complaint(answered.body)
            milder = openai_wire.adjusted(dialect, words) if answered.status in _TEACHING else None
            if milder is None:
                raise openai_answers.failure(answered.status, self._hidden(words), answered.headers)
            log.info("ai_server_refused_a_part", model=request.model, reason=self._hidden(words)[:200])
            dialect = milder

    async def _post(self, body: dict[str, Any], request: Request[Any], growing: Growing | None) -> _Answered:
        headers = {"Authorization": f"Bearer {self._key}"} if self._key else {}
        try:
            # A redirect is not followed: it would take the key to an address that nobody chose.
            async with self._http.post(
                self._url, json=body, headers=headers, allow_redirects=False
            ) as response:
                if response.content_type == "text/event-stream" and response.status == 200:
                    content = await _streamed(response.content.iter_any(), request, growing)
                else:
                    content = await _whole(response.content.iter_chunked(64 * 1024))
                return _Answered(response.status, response.headers.copy(), content)
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            raise BadRequest("OPENAI_BASE_URL is not a web address") from None
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            never_made = Unreachable(f"no connection: {type(error).__name__}")
            never_made.charge = Charge.NONE
            raise never_made from None
        except (aiohttp.ClientError, ConnectionError) as error:
            raise Unreachable(f"no answer: {type(error).__name__}") from None

    def _hidden(self, words: str) -> str:
        """Some servers repeat the key in their complaint about it."""
        return words.replace(self._key, "•••") if len(self._key) >= _SHORTEST_SECRET else words


@asynccontextmanager
async def opened(settings: Settings) -> AsyncGenerator[OpenAIProvider]:
    """Open a session with the installation's address and key, and close it.

    Raises ``BadKey`` when the key cannot be one, or when OpenAI itself would be asked without any.
    """
    key = settings.openai_api_key.get_secret_value() if settings.openai_api_key else ""
    if not key and settings.openai_base_url is None:
        raise BadKey("OPENAI_API_KEY is not set")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise BadKey("OPENAI_API_KEY cannot be a key: it has characters no header may hold")
    async with aiohttp.ClientSession(
        # No kept connections: one that the server has just closed looks like a call that was cut off.
        connector=aiohttp.TCPConnector(force_close=True),
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None, sock_connect=_CONNECT_SECONDS),
        trust_env=False,
    ) as http:
        yield OpenAIProvider(http, base_url(settings), key)


def base_url(settings: Settings) -> str:
    """Return the address of the server, without a slash at the end."""
    return str(settings.openai_base_url or DEFAULT_BASE_URL).rstrip("/")


def shown_url(settings: Settings) -> str:
    """Return the address for people to read: what stands behind a question mark may be secret."""
    return base_url(settings).partition("?")[0]


async def _whole(chunks: AsyncIterator[bytes]) -> bytes:
    content = bytearray()
    async for chunk in chunks:
        content += chunk
        if len(content) > _LONGEST_ANSWER:
            raise _too_long()
    return bytes(content)


async def _streamed(chunks: AsyncIterator[bytes], request: Request[Any], growing: Growing | None) -> bytes:
    """The completion out of its chunks. How much of a broken one is charged, nobody says."""
    assembly = Assembly(growing)
    limits = {"idle_limit": request.idle_limit, "first_limit": request.time_limit}
    try:
        async with aclosing(sse.events(chunks, **limits)) as events:
            async for event in events:
                assembly.take(event)
    except InvalidAnswer as error:
        error.charge = Charge.UNKNOWN
        raise
    if not assembly.ended:
        raise Unreachable("the stream ended before the answer did")
    return assembly.body


def _is_openais(host: str) -> bool:
    return host == "api.openai.com" or host.endswith(".openai.azure.com")


def _too_long() -> InvalidAnswer:
    error = InvalidAnswer("the answer is longer than any chat completion")
    error.charge = Charge.UNKNOWN
    return error


def _with(first: Said, error: ProviderError) -> ProviderError:
    """``error`` of the repair, with what the first call used. One that may have cost anything stays so."""
    if error.charge is Charge.UNKNOWN:
        return error
    error.usage = _sum(first.usage, error.usage) if error.usage is not None else first.usage
    error.model = error.model or first.model
    error.charge = Charge.KNOWN
    return error


def _sum(first: Usage, second: Usage) -> Usage:
    if not (first.reported and second.reported):
        return Usage()  # half a count would pass for a whole one
    return Usage(
        first.input_tokens + second.input_tokens,
        first.output_tokens + second.output_tokens,
        _added(first.reported, second.reported),
    )


def _added(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    """The numbers of both objects, summed by name; the rest is as in ``one``."""
    total = dict(one)
    for name, value in other.items():
        mine = total.get(name)
        if isinstance(value, Mapping):
            total[name] = _added(mine if isinstance(mine, Mapping) else {}, value)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            total[name] = value + (mine if isinstance(mine, int | float) else 0)
        else:
            total.setdefault(name, value)
    return total
